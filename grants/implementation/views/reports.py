"""Reports: written by the grantee, read and judged by the funder."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.implementation.forms import ExpenseForm, ReportForm
from grants.implementation.models import Expense, ProgressReport
from grants.implementation.permissions import can_hand_in, can_write
from grants.implementation.selectors import reports_visible_to, spending_of
from grants.implementation.services import remove_expense, save_expense, save_report, submit_report
from grants.implementation.services.reports import missing_in
from grants.implementation.states import OPEN_REPORTS
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.services import options_for


@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: the grantee writes and submits; staff read, accept or return."""
    found = get_object_or_404(
        reports_visible_to(request.user).select_related("project__call", "project__organisation", "case"), pk=pk
    )
    writing = found.state in OPEN_REPORTS and can_write(request.user, found)
    form = ReportForm(request.POST or None, report=found) if writing else None
    if request.method == "POST":
        if form is None:
            raise NotPermitted
        if form.is_valid():
            answer = _save_or_submit(request, found, form)
            if answer is not None:
                return answer
    expenses = list(found.expenses.select_related("line__category"))
    context = {
        "report": found, "project": found.project, "form": form, "expenses": expenses,
        "total": sum((expense.amount for expense in expenses), 0), "spending": spending_of(found.project),
        "missing": missing_in(found) if writing else [], "may_submit": can_hand_in(request.user, found),
        "options": [o for o in options_for([found], request.user)[found.pk] if o.name != "submit"],
    }  # fmt: skip
    return render(request, "grants/implementation/report.html", context, status=400 if form and form.errors else 200)


def _save_or_submit(request: HttpRequest, found: ProgressReport, form: ReportForm) -> HttpResponse | None:
    """Save always; submit where asked. What is missing becomes errors, and everything stays."""
    save_report(report=found, by=request.user, **form.cleaned_data)
    if "submit" not in request.POST:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect(found)
    try:
        submit_report(report=found, by=request.user)
    except Blocked:
        for item in missing_in(found):
            form.add_error(item.field if item.field in form.fields else None, item.message)
        return None
    messages.success(request, _("The report is submitted."))
    return redirect(found)


@login_required
def expense(request: HttpRequest, pk: int, expense_pk: int | None = None) -> HttpResponse:
    """Add a cost to a report, or change one."""
    found = get_object_or_404(reports_visible_to(request.user).select_related("project__call", "case"), pk=pk)
    if not can_write(request.user, found):
        raise NotPermitted
    known = get_object_or_404(Expense, pk=expense_pk, report=found) if expense_pk else None
    form = ExpenseForm(request.POST or None, report=found, expense=known)
    if request.method == "POST" and form.is_valid():
        try:
            save_expense(report=found, by=request.user, expense=known, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The cost is saved."))
            return redirect(found)
    context = {
        "title": _("A cost of the report"), "lead": str(found), "form": form, "action_label": _("Save the cost"),
        "back_url": found.get_absolute_url(), "back_label": _("Back to the report"),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def expense_remove(request: HttpRequest, pk: int, expense_pk: int) -> HttpResponse:
    """Take a cost out of a report that is still being written."""
    found = get_object_or_404(reports_visible_to(request.user), pk=pk)
    remove_expense(expense=get_object_or_404(Expense, pk=expense_pk, report=found), by=request.user)
    messages.success(request, _("The cost is removed."))
    return redirect(found)
