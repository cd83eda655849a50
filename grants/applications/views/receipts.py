"""Receipts, the copies of what was received, and the public page on which a receipt can be checked."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.applications.forms import VerifyForm
from grants.applications.models import SubmittedVersion
from grants.applications.permissions import can_download_version, can_view_draft
from grants.applications.selectors import counts_now, matches_receipt, next_dates, versions_visible_to
from grants.applications.views.common import crumbs_to, name_of, posted, visible_application
from grants.projects.permissions import reads_as
from grants.questionnaires.canonical import canonical_json
from grants.questionnaires.display import snapshot_for_display


@login_required
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt of one version: number, time, SHA-256, what happens next. It can be bookmarked and printed."""
    version = get_object_or_404(versions_visible_to(request.user), receipt_number=number)
    application = version.application
    project = application.project
    own = can_view_draft(request.user, application)
    context = {
        "version": version, "application": application, "project": project, "name": name_of(application), "own": own,
        "counts": counts_now(version), "dates": next_dates(project.call), "crumbs": crumbs_to(application),
        "may_download": can_download_version(request.user, version),
    }  # fmt: skip
    return render(request, "grants/applications/receipt.html", context)


@login_required
@require_safe
def content(request: HttpRequest, number: str) -> HttpResponse:
    """The received document itself, byte for byte what the SHA-256 was taken of."""
    version = get_object_or_404(versions_visible_to(request.user), receipt_number=number)
    if not can_download_version(request.user, version):
        raise PermissionDenied(_("The whole file is for the applicant and the funder's staff."))
    response = HttpResponse(canonical_json(version.snapshot).encode(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{version.receipt_number}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def record(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One submitted version for reading and printing, with the questions as they were asked."""
    application = visible_application(request, pk)
    version = get_object_or_404(
        SubmittedVersion.objects.select_related("submitted_by"), application=application, number=number
    )
    context = {
        "version": version, "application": application, "project": application.project, "name": name_of(application),
        "sections": snapshot_for_display(
            version.snapshot["content"], application.sheet.questionnaire,
            reader=reads_as(request.user, application.project),
        ),
        "versions": application.versions.order_by("number"), "crumbs": crumbs_to(application),
    }  # fmt: skip
    return render(request, "grants/applications/record.html", context)


def verify(request: HttpRequest) -> HttpResponse:
    """Anybody may ask whether a receipt's number and SHA-256 belong together; an unknown number answers the same no."""
    form = VerifyForm(posted(request))
    result = None
    if request.method == "POST" and form.is_valid():
        result = matches_receipt(form.cleaned_data["number"], form.cleaned_data["sha256"])
    context = {"form": form, "result": result}
    return render(request, "grants/applications/verify.html", context, status=400 if form.errors else 200)
