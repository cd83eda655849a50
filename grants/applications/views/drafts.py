"""Beginning an application, filling it in section by section, and reading it through before submitting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.applications.forms import StartForm
from grants.applications.models import Application
from grants.applications.permissions import can_edit_application, can_view_attempts, can_view_draft
from grants.applications.selectors import (
    attempts_count,
    latest_version,
    may_start_for,
    open_clarification,
    progress_of,
    sections_open_for_changes,
)
from grants.applications.services import save_section, start_application, start_obstacles
from grants.applications.views.common import crumbs_to, name_of, own_application, posted, visible_application
from grants.applications.views.tasks import next_section, obstacle_links, task_lines
from grants.calls.selectors import calls_visible_to
from grants.questionnaires.audience import Audience
from grants.questionnaires.display import answers_for_display
from grants.questionnaires.fields.rows import command_in
from grants.questionnaires.forms import build_section_form
from grants.questionnaires.selectors import context_of
from grants.questionnaires.services import SaveResult
from grants.questionnaires.submitted import UnknownSection
from grants.questionnaires.typed import autosave_response, signed_in_keeping_text, wants_json
from workflows.exceptions import Blocked
from workflows.services import options_for


@login_required
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """What a call asks for, and the button that begins an application to it."""
    call = get_object_or_404(calls_visible_to(request.user).select_related("questionnaire", "programme"), pk=pk)
    organisations = may_start_for(request.user)
    form = StartForm(posted(request), call=call, organisations=organisations)
    obstacles = start_obstacles(call, organisations[0]) if len(organisations) == 1 else []
    if request.method == "POST" and form.is_valid():
        try:
            started = start_application(
                call=call, organisation=form.cleaned_data["organisation"], by=request.user,
                nomination=form.cleaned_data.get("nomination"),
            )  # fmt: skip
        except Blocked as refusal:
            obstacles = refusal.obstacles
        else:
            if not started.is_new:
                messages.info(request, _("You have already begun this application: here it is."))
            return redirect(started.application)
    context = {
        "call": call, "form": form, "organisations": organisations,
        "obstacles": [o for o in obstacles if o.code != "no_nomination"],
        "sections": call.questionnaire.definition["sections"], "crumbs": [(call.title, call.get_absolute_url())],
    }  # fmt: skip
    return render(request, "grants/applications/start.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: the task list of a draft, the receipt and what comes next of a submitted one."""
    application = visible_application(request, pk)
    project, own = application.project, can_view_draft(request.user, application)
    asked = open_clarification(project)
    draft = own and (project.state == "call" or asked is not None)
    progress = progress_of(application) if draft else None
    context = {
        "application": application, "project": project, "name": name_of(application), "own": own, "draft": draft,
        "may_edit": can_edit_application(request.user, application),
        "progress": progress,
        "tasks": task_lines(application, progress) if progress else [],
        "obstacles": obstacle_links(application, progress.obstacles) if progress else [],
        "version": latest_version(application), "clarification": asked,
        "attempts": attempts_count(application) if can_view_attempts(request.user, application) else 0,
        "options": options_for([project], request.user)[project.pk], "crumbs": crumbs_to(application, page=False),
    }  # fmt: skip
    return render(request, "grants/applications/detail.html", context)


@signed_in_keeping_text
def section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """One section of the form: shown, saved as a page, or saved in the background."""
    return _section(request, pk, section, from_check=False)


@signed_in_keeping_text
def section_from_check(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """The same, come from the page where the answers are read through, and going back there."""
    return _section(request, pk, section, from_check=True)


def _section(request: Any, pk: int, section_id: str, *, from_check: bool) -> HttpResponse:
    application = own_application(request, pk)
    if not can_edit_application(request.user, application):
        if request.method == "POST" or not can_view_draft(request.user, application):
            raise PermissionDenied
        return redirect("applications:check", pk=pk)
    if request.method != "POST":
        if section_id not in sections_open_for_changes(application):
            _known_or_404(application, section_id)
            return redirect(application)
        return _show(request, application, section_id, from_check=from_check, data=request.kept)
    try:
        result = save_section(
            application=application, section_id=section_id, data=request.POST, by=request.user, files=request.FILES
        )
    except UnknownSection:
        raise Http404 from None
    if wants_json(request):
        return autosave_response(result)
    return _after_saving(request, application, section_id, result, from_check=from_check)


def _known_or_404(application: Application, section_id: str) -> None:
    if section_id not in {s["id"] for s in application.sheet.questionnaire.definition["sections"]}:
        raise Http404


def _after_saving(
    request: HttpRequest, application: Application, section_id: str, result: SaveResult, *, from_check: bool
) -> HttpResponse:
    """Stay where something is wrong or a row was added; else go where the pressed button leads."""
    stay = command_in(request.POST) or any(name.startswith("remove-file:") for name in request.POST)
    wrong = [line for line in result.problems if not line.missing]
    if result.conflicts or (wrong and not stay):
        application = own_application(request, application.pk)
        return _show(request, application, section_id, from_check=from_check, data=request.POST, result=result)
    if stay:
        return redirect(f"{request.path}#{result.anchor}")
    messages.success(request, _("Saved."))
    if from_check:
        return redirect("applications:check", pk=application.pk)
    following = next_section(application, section_id) if "next" in request.POST else None
    if following is None:
        return redirect(application)
    return redirect("applications:section", pk=application.pk, section=following)


def _show(
    request: HttpRequest, application: Application, section_id: str, *, from_check: bool, data: Any = None,
    result: SaveResult | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of a section; with `data` as just typed, with `result` with what is wrong with it."""
    conflicts = result.conflicts if result else {}
    form = build_section_form(application.sheet, section_id, data=data, result=result)
    progress = progress_of(application)
    context = {
        "application": application, "project": application.project, "name": name_of(application), "section": form,
        "progress": progress, "tasks": task_lines(application, progress, current=section_id),
        "lines": [line for line in result.problems if not line.missing] if result else [],
        "conflicts": conflicts, "kept": data is not None and result is None, "from_check": from_check,
        "is_last": next_section(application, section_id) is None, "crumbs": crumbs_to(application),
        "saved_at": application.saved_at,
    }  # fmt: skip
    status = 409 if conflicts else 400 if context["lines"] else 200
    return render(request, "grants/applications/section.html", context, status=status)


@login_required
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """All answers on one page, each with its way to change it, and what is still missing."""
    application = own_application(request, pk)
    form = context_of(application.sheet)
    progress = progress_of(application, context=form)
    open_sections = sections_open_for_changes(application)
    may_edit = can_edit_application(request.user, application) and bool(open_sections)
    context = {
        "application": application, "project": application.project, "name": name_of(application),
        "sections": answers_for_display(application.sheet, reader=Audience.STAFF, context=form),
        "progress": progress,
        "obstacles": obstacle_links(application, progress.obstacles),
        "change_url": reverse("applications:check", args=[pk]) if may_edit else "",
        "may_submit": application.project.state == "call", "crumbs": crumbs_to(application),
    }  # fmt: skip
    return render(request, "grants/applications/check.html", context)
