"""Reports: written and saved, expenses line by line, submitted whole, returned or accepted."""

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from grants.calls.zones import local_date
from grants.implementation.models import AwardLine, Expense, ProgressReport
from grants.implementation.permissions import can_write
from grants.implementation.states import OPEN_REPORTS, ReportKind, ReportState
from workflows import clock
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.models import TransitionRecord
from workflows.services import perform
from workflows.services.log import locked_case

WORDS = ("done", "difficulties", "next_steps")
"""The fields of a report that are written in words."""


def _opened(report: ProgressReport, by: Any) -> None:
    """Lock the case and see that the report can be written by this person; the first word begins it."""
    if not can_write(by, report):
        raise NotPermitted
    locked_case(report.case_id)
    report.refresh_from_db()
    if report.state == ReportState.SCHEDULED:
        perform(report, "start", by=by)
    if report.state not in OPEN_REPORTS:
        raise Stale(url=report.get_absolute_url())


def edition_of(report: ProgressReport) -> str:
    """A mark of the words that are saved; another one means that somebody saved others meanwhile."""
    words = "\x1f".join(getattr(report, name) for name in WORDS)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


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
    amount: Decimal, expense: Expense | None = None,
) -> Expense:  # fmt: skip
    """Add an expense, or change one. Raises Refused for a day outside the project or ahead, and for another's line."""
    with clock.reading(), transaction.atomic():
        _opened(report, by)
        project = report.project
        today = local_date(clock.now(), project.call.time_zone)
        if line.agreement.project_id != project.pk:
            raise Refused(_("Choose a line of this project's budget."))
        if spent_on > today:
            raise Refused(_("A cost cannot be paid on a day that lies ahead."))
        if project.starts_on and spent_on < project.starts_on:
            raise Refused(_("Costs paid before the project began are not eligible."))
        expense = expense or Expense(report=report)
        expense.line, expense.description, expense.document = line, description.strip(), document.strip()
        expense.spent_on, expense.amount = spent_on, amount
        expense.save()
    return expense


def remove_expense(*, expense: Expense, by: Any) -> None:
    """Take an expense out of a report that is still being written."""
    with clock.reading(), transaction.atomic():
        _opened(expense.report, by)
        expense.delete()


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a report from being submitted: the field and a sentence."""

    field: str
    message: str

    def __str__(self) -> str:
        return self.message


def missing_in(report: ProgressReport) -> list[Missing]:
    """Everything that is missing; a quarterly report needs only its spending, the others also words.

    No line of the budget may be overspent: then an amendment comes first.
    """
    missing = []
    if report.kind != ReportKind.QUARTERLY:
        if not report.done:
            missing.append(Missing("done", _("Say what was done.")))
        if not report.difficulties:
            missing.append(Missing("difficulties", _("Say what was hard, or that nothing was.")))
    for line in _overspent(report):
        text = _("“%(line)s”: EUR %(spent)s is reported, the grant pays EUR %(awarded)s of it.")
        words = {"line": line.description, "spent": line.total, "awarded": line.awarded}  # type: ignore[attr-defined]
        missing.append(Missing("expenses", text % words))
    return missing


def _overspent(report: ProgressReport) -> list[AwardLine]:
    """Lines on which more is reported than the grant and the own contribution allow together."""
    lines = AwardLine.objects.filter(agreement__project_id=report.project_id).annotate(total=Sum("expenses__amount"))
    return [line for line in lines if (line.total or Decimal(0)) > line.awarded + line.own]


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
