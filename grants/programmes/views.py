"""Pages of programmes and of the strategy plan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from grants.programmes import services
from grants.programmes.display import shown_plan, source_names
from grants.programmes.forms import ConfirmForm, UploadForm
from grants.programmes.models import StrategyUpload
from grants.programmes.permissions import can_import_strategy, can_view_programmes
from grants.programmes.selectors import (
    plans_in_force,
    plans_visible_to,
    programmes_visible_to,
    rows_of,
    uploads_visible_to,
    versions_of,
)
from grants.programmes.strategy_changes import ChangeKind
from workflows.exceptions import Stale
from workflows.panels import panels_for

PANELS = "programmes.plan"
"""Place for panels (workflows.panels.Panel) of later rooms on the page of a plan."""


@login_required
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """All programmes, and the plans in force."""
    if not can_view_programmes(request.user):
        raise PermissionDenied
    context = {
        "programmes": programmes_visible_to(request.user),
        "plans": plans_in_force(),
        "may_import": can_import_strategy(request.user),
    }
    return render(request, "grants/programmes/programmes.html", context)


@login_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a plan: the tree with sums that add up, sets of sources, upper bounds, other versions."""
    shown = get_object_or_404(plans_visible_to(request.user), pk=pk)
    versions = list(versions_of(shown))
    context = {
        "plan": shown,
        "shown": shown_plan(rows_of(shown), shown.years, source_names()),
        "versions": versions,
        "in_force": versions[0],
        "may_import": can_import_strategy(request.user),
        "panels": panels_for(PANELS, shown, request.user),
    }
    return render(request, "grants/programmes/plan.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_import(request: HttpRequest) -> HttpResponse:
    """Take a document: with errors its findings are shown and nothing is kept, else its preview follows."""
    if not can_import_strategy(request.user):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    findings = []
    if request.method == "POST" and form.is_valid():
        document = form.cleaned_data["document"]
        try:
            upload = services.keep_upload(data=document.read(), name=document.name or "", by=request.user)
        except services.BrokenDocument as refusal:
            findings = refusal.findings
        else:
            return redirect(upload)
    context = {"form": form, "findings": findings}
    return render(request, "grants/programmes/import.html", context, status=400 if form.errors or findings else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What a kept document changes in the plan in force, and its confirmation."""
    kept = get_object_or_404(uploads_visible_to(request.user), pk=pk)
    stale = False
    if request.method == "POST":
        try:
            result = services.confirm_upload(upload=kept, by=request.user, seen_plan=ConfirmForm(request.POST).seen())
        except Stale:
            stale = True
        else:
            done = _("The plan is imported.") if result.created else _("The plan already says the same.")
            messages.success(request, done)
            return redirect(result.plan)
    if kept.plan is not None:
        return redirect(kept.plan)
    return _preview(request, kept, stale=stale)


def _preview(request: HttpRequest, kept: StrategyUpload, *, stale: bool) -> HttpResponse:
    preview = services.preview_upload(kept)
    names = source_names()
    context = {
        "upload": kept,
        "preview": preview,
        "changes": preview.changes,
        "sections": [
            ("added", preview.changes.of_kind(ChangeKind.ADDED), _("Added")),
            ("changed", preview.changes.of_kind(ChangeKind.CHANGED), _("Changed")),
            ("removed", preview.changes.of_kind(ChangeKind.REMOVED), _("Removed")),
        ],
        "names": names,
        "shown": shown_plan(preview.reading.rows, preview.reading.years, names),
        "form": ConfirmForm(initial={"seen_plan": preview.current.pk if preview.current else None}),
        "stale": stale,
    }
    return render(request, "grants/programmes/upload.html", context, status=409 if stale else 200)
