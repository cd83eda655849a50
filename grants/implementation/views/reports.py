"""Reports: written by the grantee, read and judged by the funder."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.implementation.forms import ExpenseForm, ReportForm
from grants.implementation.models import Expense, ProgressReport
from grants.implementation.pages import crumbs_of
from grants.implementation.permissions import can_hand_in, can_read_report, can_write
from grants.implementation.selectors import last_return_of, reports_visible_to, spending_of
from grants.implementation.services import remove_expense, save_expense, save_report, submit_report
from grants.implementation.services.reports import WORDS, edition_of, free_shift_percent, missing_in
from grants.implementation.states import OPEN_REPORTS, ReportState
from grants.money.arithmetic import add_up
from grants.projects.permissions import is_on_team
from grants.projects.states import ProjectState
from grants.questionnaires.typed import signed_in_keeping_text, wants_json
from workflows import clock
from workflows.exceptions import Blocked, NotPermitted, Refused, Stale
from workflows.formatting import moment_text
from workflows.services import options_for
from workflows.services.perform import stale

EDITION = "v-report"
"""The hidden field with the edition that the page showed; js/forms.js renews it after each save."""


@signed_in_keeping_text
def report(request: Any, pk: int) -> HttpResponse:
    """One report: the grantee writes and submits; staff read, accept or return."""
    found = get_object_or_404(
        reports_visible_to(request.user).select_related("project__call", "project__organisation", "case"), pk=pk
    )
    writing = _is_written(found) and can_write(request.user, found)
    if request.method != "POST":
        form = ReportForm(request.kept, report=found) if writing else None
        return _page(request, found, form, kept=writing and request.kept is not None)
    if not can_write(request.user, found):
        raise NotPermitted
    form = ReportForm(request.POST, report=found)
    return _in_background(request, found, form) if wants_json(request) else _as_page(request, found, form)


def _is_written(found: ProgressReport) -> bool:
    """Whether the grantee still writes the report; with the end of the project that ends too."""
    return found.state in OPEN_REPORTS and found.project.state == ProjectState.IMPLEMENTATION


def _as_page(request: HttpRequest, found: ProgressReport, form: ReportForm) -> HttpResponse:
    """Save, and submit where asked; whatever stands in the way leaves the words where they are."""
    if not form.is_valid():
        return _page(request, found, form, status=400)
    try:
        answer = _save_or_submit(request, found, form)
    except Stale:
        found.refresh_from_db()
        return _page(request, found, form, status=409)
    except Blocked as refusal:
        for obstacle in refusal.obstacles:
            form.add_error(None, str(obstacle))
        answer = None
    return answer or _page(request, found, form, status=400)


def _save_or_submit(request: HttpRequest, found: ProgressReport, form: ReportForm) -> HttpResponse | None:
    """Save always; submit where asked. What is missing becomes errors, and everything stays."""
    same = all(form.cleaned_data[name].strip() == getattr(found, name) for name in WORDS)
    if "submit" in request.POST and found.state == ReportState.SUBMITTED and same:
        return redirect(found)  # the second half of a double click
    save_report(report=found, by=request.user, seen=request.POST.get(EDITION), **form.cleaned_data)
    if "submit" not in request.POST:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect(found)
    try:
        submit_report(report=found, by=request.user)
    except Blocked as refusal:
        missing = missing_in(found)
        for item in missing:
            form.add_error(item.field if item.field in form.fields else None, item.message)
        for obstacle in refusal.obstacles if not missing else []:
            form.add_error(None, str(obstacle))
        return None
    messages.success(request, _("The report is submitted."))
    return redirect(found)


def _in_background(request: HttpRequest, found: ProgressReport, form: ReportForm) -> JsonResponse:
    """The answer to js/forms.js: that it is saved and the new edition, or why not."""
    failed = _("Not saved. Your text is still here.")
    if not form.is_valid():
        words = [str(message) for errors in form.errors.values() for message in errors]
        return JsonResponse({"text": " ".join([failed, *words])}, status=400)
    try:
        save_report(report=found, by=request.user, seen=request.POST.get(EDITION), **form.cleaned_data)
    except Stale:
        text = _("Somebody saved this report meanwhile. Your text is still here; save the page to see both.")
        return JsonResponse({"text": text, "conflicts": [{"text": text}]}, status=409)
    except Refused as refusal:
        return JsonResponse({"text": f"{failed} {refusal}"}, status=400)
    at = moment_text(clock.now(), found.project.call.time_zone)
    return JsonResponse({"text": _("Saved %(time)s") % {"time": at}, "tokens": {"report": edition_of(found)}})


def _page(
    request: HttpRequest, found: ProgressReport, form: ReportForm | None, *, status: int = 200, kept: bool = False
) -> HttpResponse:
    readable, written = can_read_report(request.user, found), _is_written(found)
    expenses = list(found.expenses.select_related("line__category")) if readable else []
    late = status == 409
    theirs = [(form.fields[name].label, getattr(found, name)) for name in WORDS
              if getattr(found, name) != form.cleaned_data.get(name)] if late and form else []  # fmt: skip
    steps = options_for([found], request.user)[found.pk]
    in_the_way = [obstacle for step in steps if step.name == "submit" for obstacle in step.obstacles]
    context = {
        "report": found, "project": found.project, "form": form, "expenses": expenses, "kept": kept,
        "readable": readable, "crumbs": crumbs_of(found.project), "free_shift": free_shift_percent(found.project),
        "being_mended": found.state == ReportState.RETURNED and not is_on_team(request.user, found.project),
        "total": add_up(expense.amount for expense in expenses), "spending": spending_of(found.project),
        "missing": [*in_the_way, *missing_in(found)] if form else [], "may_submit": can_hand_in(request.user, found),
        "edition": edition_of(found), "stale": late, "theirs": theirs, "open": written,
        "writes": written and form is not None,
        "returned": last_return_of(found) if found.state == ReportState.RETURNED else "",
        "options": [step for step in steps if step.name != "submit"],
    }  # fmt: skip
    return render(request, "grants/implementation/report.html", context, status=status)


@login_required
def expense(request: HttpRequest, pk: int, expense_pk: int | None = None) -> HttpResponse:
    """Add a cost to a report, or change one."""
    found = get_object_or_404(reports_visible_to(request.user).select_related("project__call", "case"), pk=pk)
    if not can_write(request.user, found):
        raise NotPermitted
    if not _is_written(found):
        raise stale(found)
    known = get_object_or_404(Expense, pk=expense_pk, report=found) if expense_pk else None
    form = ExpenseForm(request.POST or None, report=found, expense=known)
    if request.method == "POST" and form.is_valid():
        try:
            values = form.cleaned_data | {"seen": form.cleaned_data["seen"] or None}
            save_expense(report=found, by=request.user, expense=known, **values)
        except Stale:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The cost is saved."))
            return redirect(found)
    context = {
        "title": _("A cost of the report"),
        "lead": _("Enter each cost once, in the report of the time in which it was paid."),
        "form": form, "action_label": _("Save the cost"),
        "back_url": found.get_absolute_url(), "back_label": _("Back to the report"),
        "crumbs": crumbs_of(found.project, (found.label, found.get_absolute_url())),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def expense_remove(request: HttpRequest, pk: int, expense_pk: int) -> HttpResponse:
    """Take a cost out of a report that is still being written."""
    found = get_object_or_404(reports_visible_to(request.user), pk=pk)
    remove_expense(report=found, expense_pk=expense_pk, by=request.user)
    messages.success(request, _("The cost is removed."))
    return redirect(found)
