"""Reports: written and saved, expenses line by line, submitted whole, returned or accepted."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from grants.calls.rules import as_decimal
from grants.calls.zones import local_date
from grants.implementation.models import AwardLine, Expense, ProgressReport
from grants.implementation.permissions import can_write
from grants.implementation.services.editions import edition
from grants.implementation.states import OPEN_REPORTS, ReportKind, ReportState
from grants.money.arithmetic import to_cents
from grants.projects.models import Project
from workflows import clock
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.formatting import euro
from workflows.models import TransitionRecord
from workflows.services import perform, reread
from workflows.services.log import locked_case

WORDS = ("done", "difficulties", "next_steps")
"""The fields of a report that are written in words."""


def _opened(report: ProgressReport, by: Any) -> None:
    """Lock the case and see that the report can be written by this person; the first word begins it."""
    if not can_write(by, report):
        raise NotPermitted
    reread(report)
    if report.state == ReportState.SCHEDULED:
        perform(report, "start", by=by)
    if report.state not in OPEN_REPORTS:
        raise Stale(url=report.get_absolute_url())


def edition_of(report: ProgressReport) -> str:
    """A mark of the words that are saved; another one means that somebody saved others meanwhile."""
    return edition(*(getattr(report, name) for name in WORDS))


def save_report(
    *, report: ProgressReport, by: Any, done: str, difficulties: str, next_steps: str, seen: str | None = None
) -> ProgressReport:
    """Keep what is written so far. seen: the edition that the person's page showed.

    Raises NotPermitted, or Stale once it is submitted or where others' words were saved after `seen`.
    """
    words = (done.strip(), difficulties.strip(), next_steps.strip())
    with clock.reading(), transaction.atomic():
        _opened(report, by)
        known = tuple(getattr(report, name) for name in WORDS)
        if seen is not None and seen != edition_of(report) and words != known:
            raise Stale(url=report.get_absolute_url())
        report.done, report.difficulties, report.next_steps = words
        report.save(update_fields=list(WORDS))
    return report


def save_expense(
    *, report: ProgressReport, by: Any, line: AwardLine, description: str, document: str, spent_on: date,
    amount: Decimal, expense: Expense | None = None, seen: str | None = None,
) -> Expense:  # fmt: skip
    """Add an expense, or change one. seen: the `edition_of_expense` that the person's page showed.

    Raises Refused for a day outside the project or ahead, for another's line, and for a cost that is entered already;
    Stale where somebody changed or removed the expense since.
    """
    with clock.reading(), transaction.atomic():
        _opened(report, by)
        if line.agreement.project_id != report.project_id:
            raise Refused(_("Choose a line of this project's budget."))
        _check_day(report.project, spent_on)
        known = expense
        if known is not None:
            known = report.expenses.filter(pk=known.pk).first()
            if known is None or (seen is not None and seen != edition_of_expense(known)):
                raise Stale(url=report.get_absolute_url())
        expense = known or Expense(report=report)
        expense.line, expense.description, expense.document = line, description.strip(), document.strip()
        expense.spent_on, expense.amount = spent_on, amount
        _check_entered_once(expense)
        expense.save()
    return expense


def edition_of_expense(expense: Expense) -> str:
    """A mark of an expense as it is saved."""
    return edition(expense.line_id, expense.description, expense.document, expense.spent_on, to_cents(expense.amount))


def _check_day(project: Project, spent_on: date) -> None:
    if spent_on > local_date(clock.now(), project.call.time_zone):
        raise Refused(_("A cost cannot be paid on a day that lies ahead."))
    if project.starts_on and spent_on < project.starts_on:
        raise Refused(_("Costs paid before the project began are not eligible."))


def _check_entered_once(expense: Expense) -> None:
    """Refuse a cost that some report of the project has already: each is counted once, whatever its period."""
    twins = Expense.objects.filter(
        report__project=expense.report.project_id, line=expense.line, description=expense.description,
        document=expense.document, spent_on=expense.spent_on, amount=expense.amount,
    )  # fmt: skip
    twin = twins.exclude(pk=expense.pk).select_related("report").first()
    if twin is not None:
        text = _("“%(report)s” has this cost already. If there were two, tell them apart by the document.")
        raise Refused(text % {"report": twin.report.label})


def remove_expense(*, report: ProgressReport, expense_pk: int, by: Any) -> None:
    """Take an expense out of a report that is still being written; one that is gone already stays gone."""
    with clock.reading(), transaction.atomic():
        _opened(report, by)
        report.expenses.filter(pk=expense_pk).delete()


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a report from being submitted: the field and a sentence."""

    field: str
    message: str

    def __str__(self) -> str:
        return self.message


def missing_in(report: ProgressReport) -> list[Missing]:
    """Everything that is missing; a quarterly report needs only its spending, the others also words.

    No category of the budget may be overspent by more than the call lets shift: then an amendment comes first.
    """
    missing = []
    if report.kind != ReportKind.QUARTERLY:
        if not report.done:
            missing.append(Missing("done", _("Say what was done.")))
        if not report.difficulties:
            missing.append(Missing("difficulties", _("Say what was hard, or that nothing was.")))
    missing += [Missing("expenses", sentence) for sentence in overspending(report.project)]
    return missing


def overspending(project: Project) -> list[str]:
    """A sentence for each category on which more is reported than its budget and the call's free shift allow.

    Between the lines of a category money moves freely. A category may pass its budget by so many per cent of it as the
    call lets shift without approval (none where it says nothing), and the whole never passes the whole budget.
    """
    planned: dict[str, Decimal] = defaultdict(Decimal)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    lines = AwardLine.objects.filter(agreement__project=project).select_related("category").order_by("order")
    for line in lines.annotate(total=Sum("expenses__amount")):
        planned[str(line.category)] += line.awarded + line.own
        spent[str(line.category)] += line.total or Decimal(0)
    free = free_shift_percent(project)
    found = []
    for category, budget in planned.items():
        most = to_cents(budget * (100 + free) / 100)
        if spent[category] > most:
            text = _("“%(category)s”: reported %(spent)s, allowed without an amendment %(most)s (budget %(budget)s).")
            sums = {"spent": euro(spent[category]), "most": euro(most), "budget": euro(budget)}
            found.append(text % ({"category": category} | sums))
    whole, total = sum(planned.values(), Decimal(0)), sum(spent.values(), Decimal(0))
    if total > whole:
        text = _("All costs together: reported %(spent)s, the whole budget is %(budget)s.")
        found.append(text % {"spent": euro(total), "budget": euro(whole)})
    return found


def free_shift_percent(project: Project) -> Decimal:
    """By how many per cent a category may pass its budget without approval, as the call says; 0 where it does not."""
    return as_decimal(project.call.terms.part("amendments", "budget_shift_without_approval_percent")) or Decimal(0)


def submit_report(
    *, report: ProgressReport, by: Any, key: str | None = None, seen_version: int | None = None
) -> TransitionRecord:
    """Hand the report in. Raises Blocked with everything that is missing."""
    with clock.reading(), transaction.atomic():
        locked_case(report.case_id)
        return perform(report, "submit", by=by, key=key, seen_version=seen_version, missing=missing_in(report))


def return_report(*, report: ProgressReport, by: Any, note: str) -> TransitionRecord:
    """Return a report with what is missing or unclear."""
    return perform(report, "return_report", by=by, note=note)


def accept_report(*, report: ProgressReport, by: Any, note: str = "") -> TransitionRecord:
    """Accept a report; its spending counts, and the instalment that waited for it can go on."""
    return perform(report, "accept", by=by, note=note)
