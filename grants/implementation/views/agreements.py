"""The agreement, its budget, and milestones."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.implementation.forms import BudgetForm, DocumentForm, MilestoneForm, SignForm
from grants.implementation.models import Agreement
from grants.implementation.pages import Crumbs, crumbs_of
from grants.implementation.permissions import can_coordinate, can_write
from grants.implementation.selectors import agreements_visible_to, milestones_visible_to, spending_of
from grants.implementation.services import change_budget, report_milestone, sign_agreement
from grants.implementation.services.agreements import period_of
from grants.implementation.services.budgets import budget_edition
from grants.implementation.services.papers import add_paper, may_add_paper, papers_of
from grants.implementation.states import OPEN_MILESTONES, AgreementState
from grants.projects.models import Project
from grants.questionnaires.file_check import FileRefused
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.formatting import euro
from workflows.services import options_for
from workflows.services.perform import stale


@login_required
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts of the agreement, its budget with spending, and the form that records the signatures."""
    found = get_object_or_404(
        agreements_visible_to(request.user).select_related("project__call", "project__organisation", "case"),
        project_id=pk,
    )
    may_sign = found.state == AgreementState.SENT and can_coordinate(request.user, found)
    form = SignForm(request.POST or None, initial=_planned(found.project)) if may_sign else None
    if request.method == "POST":
        if form is None:
            raise stale(found) if can_coordinate(request.user, found) else NotPermitted
        if form.is_valid():
            try:
                sign_agreement(agreement=found, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                for obstacle in refusal.obstacles:
                    form.add_error(None, str(obstacle))
            else:
                messages.success(request, _("The signatures are recorded. Payments and reports are scheduled."))
                return redirect(found)
    options = [o for o in options_for([found], request.user)[found.pk] if o.name != "sign"]
    context = {
        "agreement": found, "project": found.project, "form": form, "options": options,
        "crumbs": crumbs_of(found.project),
        "spending": spending_of(found.project), "payments": list(found.payments.order_by("ordinal")),
        "papers": papers_of(found), "may_add": may_add_paper(request.user, found),
        "may_change": found.state == AgreementState.DRAFT
        and (can_coordinate(request.user, found) or can_write(request.user, found)),
    }  # fmt: skip
    return render(request, "grants/implementation/agreement.html", context, status=400 if form and form.errors else 200)


def _planned(project: Project) -> dict[str, Any]:
    """The whole period that the call allows, to be made shorter where the project is."""
    first, last = period_of(project)
    return {"starts_on": first, "ends_on": last}


@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the signed copy of the agreement."""
    found = get_object_or_404(agreements_visible_to(request.user).select_related("project", "case"), project_id=pk)
    if not may_add_paper(request.user, found):
        raise NotPermitted
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*given)
    if request.method == "POST" and form.is_valid():
        try:
            add_paper(agreement=found, upload=form.cleaned_data["file"], by=request.user)
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The signed agreement is kept."))
            return redirect(found)
    context = {
        "title": _("Signed copy of %(number)s") % {"number": found.number}, "lead": found.project.title, "form": form,
        "action_label": _("Upload"), "back_url": found.get_absolute_url(), "back_label": _("Back to the agreement"),
        "crumbs": _crumbs_below(found),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=400 if form.errors else 200)


@login_required
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """Revise what the grant pays of each line, before the agreement is sent."""
    found = get_object_or_404(agreements_visible_to(request.user).select_related("project"), project_id=pk)
    if not (can_coordinate(request.user, found) or can_write(request.user, found)):
        raise NotPermitted
    if found.state != AgreementState.DRAFT:
        raise stale(found)
    form = BudgetForm(request.POST or None, agreement=found)
    status = 400 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"] or None
            change_budget(agreement=found, awarded=form.awarded(), by=request.user, seen=seen)
        except Stale:
            form, status = _shown_anew(form, found), 409
        except Refused as refusal:
            status = 400
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The budget is saved."))
            return redirect(found)
    context = {
        "title": _("Budget of %(number)s") % {"number": found.project.number},
        "lead": _("The lines must make the award together. Change what the grant pays of each."),
        "form": form, "action_label": _("Save the budget"), "back_url": found.get_absolute_url(),
        "back_label": _("Back to the agreement"), "crumbs": _crumbs_below(found),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=status)


def _shown_anew(form: BudgetForm, agreement: Agreement) -> BudgetForm:
    """The same sums again, beside what somebody else saved meanwhile; saving once more keeps these."""
    data = form.data.copy()
    data["seen"] = budget_edition(agreement)
    again = BudgetForm(data, agreement=agreement)
    again.is_valid()
    again.add_error(None, _("Somebody changed the budget since you opened this page. Save again to keep your sums."))
    for line in again.lines:
        if form.cleaned_data.get(f"line-{line.pk}") != line.awarded:
            again.add_error(f"line-{line.pk}", _("Saved now: %(sum)s") % {"sum": euro(line.awarded)})
    return again


def _crumbs_below(agreement: Agreement) -> Crumbs:
    return crumbs_of(agreement.project, (_("Agreement"), agreement.get_absolute_url()))


@login_required
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """One milestone: what was promised, what shows that it is reached, what can be done now."""
    found = get_object_or_404(milestones_visible_to(request.user).select_related("project__call", "case"), pk=pk)
    open_state = found.state in OPEN_MILESTONES
    form = None
    if open_state and can_write(request.user, found):
        form = MilestoneForm(request.POST or None, initial={"evidence": found.evidence})
    if request.method == "POST":
        if form is None:
            raise stale(found) if can_write(request.user, found) else NotPermitted
        if form.is_valid():
            try:
                report_milestone(milestone=found, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                for obstacle in refusal.obstacles:
                    form.add_error(None, str(obstacle))
            else:
                messages.success(request, _("The milestone is reported done."))
                return redirect(found.project)
    options = [o for o in options_for([found], request.user)[found.pk] if o.name != "submit"]
    context = {
        "milestone": found, "project": found.project, "form": form, "options": options,
        "crumbs": crumbs_of(found.project),
    }  # fmt: skip
    return render(request, "grants/implementation/milestone.html", context, status=400 if form and form.errors else 200)
