"""Asking an applicant to clarify, and answering."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.applications.forms import AnswerForm, ClarifyForm
from grants.applications.models import Application
from grants.applications.permissions import can_answer, can_check
from grants.applications.selectors import clarifications_visible_to, progress_of
from grants.applications.services import answer_clarification, ask_clarification, default_days
from grants.applications.states import ClarificationState
from grants.applications.views.checking import checked_application
from grants.applications.views.common import crumbs_to, name_of, posted, tried
from grants.applications.views.tasks import obstacle_links
from grants.projects.permissions import is_on_team
from workflows.services import options_for
from workflows.text import current_language, localized


@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Pick the sections to open, say what to clarify and by when."""
    application = checked_application(request, pk)
    if not can_check(request.user, application.project):
        raise PermissionDenied
    sections = [(s["id"], localized(s["title"])) for s in application.sheet.questionnaire.definition["sections"]]
    initial = {"days": default_days(application.project.call)}
    form = ClarifyForm(posted(request), sections=sections, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = tried(
            request, form,
            lambda: ask_clarification(
                application=application, by=request.user, sections=values["sections"], question=values["question"],
                working_days=values["days"], key=values["key"],
            ),
            _("The applicant is asked; only the chosen sections are open for changes."),
        )  # fmt: skip
        if done:
            return redirect("applications:eligibility", pk=pk)
    context = {
        "title": _("Ask for clarification"), "lead": name_of(application),
        "consequences": [
            _("Only the sections that you choose are open for changes, until the day that you set."),
            _("The check waits meanwhile. The team's answer is a new version; the earlier one stays."),
        ],
        "form": form, "action_label": _("Ask the applicant"), "action_kind": "", "possible": True, "obstacles": [],
        "back_url": application.get_absolute_url(), "crumbs": crumbs_to(application),
    }  # fmt: skip
    return render(request, "grants/applications/step.html", context, status=400 if form.errors else 200)


@login_required
def clarification(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, what is open for changes, and the button that answers with a new version."""
    asked = get_object_or_404(clarifications_visible_to(request.user), pk=pk)
    application = Application.objects.select_related("sheet__questionnaire").get(pk=asked.project_id)
    application.project = asked.project
    progress = progress_of(application)
    may_answer = can_answer(request.user, asked) and asked.state == ClarificationState.ASKED
    form = AnswerForm(posted(request))
    if request.method == "POST":
        if not can_answer(request.user, asked):
            raise PermissionDenied(_("Your role does not let you answer. Ask a member who may submit."))
        if form.is_valid():
            done = tried(
                request, form,
                lambda: answer_clarification(
                    clarification=asked, by=request.user, answer=form.cleaned_data["answer"],
                    key=form.cleaned_data["key"], language=current_language(),
                ),
                _("Your answer is sent as a new version."),
            )  # fmt: skip
            if done:
                asked.refresh_from_db()
                return redirect(asked.answer_version)
    context = {
        "clarification": asked, "application": application, "project": asked.project, "name": name_of(application),
        "options": options_for([asked], request.user)[asked.pk],
        "own": is_on_team(request.user, asked.project), "may_answer": may_answer, "form": form,
        "sections": [s for s in progress.sections if s.id in asked.sections],
        "obstacles": obstacle_links(application, progress.obstacles) if may_answer else [],
        "crumbs": crumbs_to(application),
    }  # fmt: skip
    return render(request, "grants/applications/clarification.html", context, status=400 if form.errors else 200)
