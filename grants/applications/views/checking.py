"""The eligibility check, for the funder's people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.applications.forms import CheckForm, IneligibleForm, KeyForm
from grants.applications.models import Application
from grants.applications.permissions import can_check
from grants.applications.prechecks import advise
from grants.applications.selectors import (
    answers_of,
    checklist_items,
    clarifications_of,
    facts_of,
    latest_version,
    projects_to_check,
)
from grants.applications.services import accept_application, find_ineligible, record_checks
from grants.applications.views.common import crumbs_to, name_of, posted, tried
from workflows.services import options_for
from workflows.text import localized


def checked_application(request: HttpRequest, pk: int) -> Application:
    """A submitted application whose checklist the reader may see: 404 for everybody else, the applicant too."""
    project = get_object_or_404(
        projects_to_check(request.user).select_related(
            "application__sheet__questionnaire", "call", "organisation", "nomination", "case"
        ),
        pk=pk,
    )
    application: Application = project.application
    application.project = project
    return application


@login_required
def eligibility(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklist: each point with what the rules advise, the officer's answer and note; then accept or not."""
    application = checked_application(request, pk)
    version = latest_version(application)
    if version is None:
        raise Http404
    may_check = can_check(request.user, application.project)
    if request.method == "POST" and not may_check:
        raise PermissionDenied
    forms = _forms(request, application)
    step = KeyForm(posted(request))
    if request.method == "POST" and step.is_valid() and all(form.is_valid() for form in forms.values()):
        given = {
            k: (f.cleaned_data["answer"], f.cleaned_data["note"]) for k, f in forms.items() if f.cleaned_data["answer"]
        }
        record_checks(project=application.project, answers=given, by=request.user)
        if "accept" not in request.POST:
            messages.success(request, _("The answers are saved."))
            return redirect(request.path)
        project, key = application.project, step.cleaned_data["key"]
        done = _("The application goes on to assessment.")
        if tried(request, step, lambda: accept_application(project=project, by=request.user, key=key), done):
            return redirect(application)
    context = {
        "application": application, "project": application.project, "name": name_of(application), "version": version,
        "points": _points(application, version, forms), "forms": list(forms.values()), "step": step,
        "may_check": may_check, "options": _options(request, application), "crumbs": crumbs_to(application),
        "clarifications": clarifications_of(application.project),
    }  # fmt: skip
    wrong = any(form.errors for form in (step, *forms.values()))
    return render(request, "grants/applications/eligibility.html", context, status=400 if wrong else 200)


def _forms(request: HttpRequest, application: Application) -> dict[str, CheckForm]:
    """One form per point, in the checklist's order."""
    answers = answers_of(application.project)
    found = {}
    for item in checklist_items(application.project.call):
        known = answers.get(item["id"])
        initial = {"answer": known.answer, "note": known.note} if known else {}
        found[item["id"]] = CheckForm(posted(request), prefix=item["id"], initial=initial)
    return found


def _points(application: Application, version: Any, forms: dict[str, CheckForm]) -> list[dict[str, Any]]:
    """What the page shows of each point."""
    facts, answers = facts_of(application, version), answers_of(application.project)
    return [
        {
            "id": item["id"], "label": localized(item["label"]), "correctable": item.get("correctable", False),
            "advice": advise(item["id"], facts), "form": forms[item["id"]], "known": answers.get(item["id"]),
        }
        for item in checklist_items(application.project.call)
    ]  # fmt: skip


def _options(request: HttpRequest, application: Application) -> dict[str, Any]:
    options = options_for([application.project], request.user)[application.project.pk]
    return {option.name: option for option in options}


@login_required
def ineligible(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the rule that is not met, and why; the applicant is told both."""
    application = checked_application(request, pk)
    project = application.project
    if not can_check(request.user, project):
        raise PermissionDenied
    failed = [key for key, answer in answers_of(project).items() if answer.answer == "no"]
    notes = [answers_of(project)[key].note for key in failed]
    initial = {"item": failed[0], "reason": notes[0]} if failed else {}
    form = IneligibleForm(posted(request), items=checklist_items(project.call), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = tried(
            request, form,
            lambda: find_ineligible(project=project, by=request.user, item=values["item"], reason=values["reason"],
                                    key=values["key"]),
            _("The application is found not eligible; the applicant gets a letter with the rule and the reason."),
        )  # fmt: skip
        if done:
            return redirect(application)
    option = _options(request, application).get("find_ineligible")
    context = {
        "title": _("Find the application not eligible?"), "lead": name_of(application),
        "consequences": [
            _("It does not go on to assessment."),
            _("The applicant's whole team is told the rule and the reason."),
            _("The programme's head can reinstate it, with a reason."),
        ],
        "form": form, "action_label": _("Find not eligible"), "action_kind": "danger", "done": "",
        "back_url": application.get_absolute_url(), "crumbs": crumbs_to(application),
        "obstacles": option.obstacles if option else [], "possible": option is not None and option.allowed,
    }  # fmt: skip
    return render(request, "grants/applications/step.html", context, status=400 if form.errors else 200)
