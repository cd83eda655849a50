"""Jobs: how far one is, stopping it, fetching what it made."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from workflows.delivery_policy import jobs_visible_to
from workflows.jobs import job_label
from workflows.models import Job
from workflows.services.job_runs import can_cancel, cancel_job


def _job(request: HttpRequest, key: str) -> Job:
    return get_object_or_404(jobs_visible_to(request.user).select_related("case", "requested_by"), key=key)


@login_required
@never_cache
@require_GET
def job_page(request: HttpRequest, key: str) -> HttpResponse:
    """How far a job is; the part that changes alone where the page asks for it again by itself."""
    job = _job(request, key)
    context = {
        "job": job,
        "kind": job_label(job.kind),
        "percent": 100 * job.done // job.total if job.total else None,
        "may_cancel": not job.is_finished and job.cancel_requested_at is None and can_cancel(request.user, job),
        "result_url": _safe_url(job),
        "result_label": job.result.get("label") if isinstance(job.result, dict) else None,
    }
    part = request.headers.get("HX-Request") == "true"
    # htmx stops asking when it gets 286 instead of 200.
    status = 286 if part and job.is_finished else 200
    return render(request, "workflows/_job.html" if part else "workflows/job.html", context, status=status)


def _safe_url(job: Job) -> str:
    """The result's address, if it leads into the product."""
    url = job.result.get("url") if isinstance(job.result, dict) else None
    return url if isinstance(url, str) and url.startswith("/") and not url.startswith(("//", "/\\")) else ""


@login_required
@require_POST
def cancel_job_page(request: HttpRequest, key: str) -> HttpResponse:
    """Stop a job."""
    job = cancel_job(job=_job(request, key), by=request.user)
    if job.state == Job.State.CANCELLED:
        messages.success(request, _("It will not be done."))
    elif job.is_finished:
        messages.info(request, _("It was finished before it could be stopped."))
    else:
        messages.success(request, _("It stops at the next step."))
    return redirect(job)


@login_required
@never_cache
@require_GET
def job_file_page(request: HttpRequest, key: str) -> FileResponse:
    """The file that a finished job made; 404 where it made none or the file is gone."""
    job = _job(request, key)
    if not job.file or job.state != Job.State.DONE:
        raise Http404
    try:
        content = job.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=job.file_name)
