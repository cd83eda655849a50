"""Conditions of implementation, each with its sentence and the way to mend it."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.calls.zones import local_date
from grants.implementation.states import (
    OPEN_MILESTONES,
    SETTLED_PAYMENTS,
    AgreementState,
    ReportKind,
    ReportState,
)
from grants.projects.states import RUNNING_STATES, ProjectState
from workflows.formatting import date_long, euro
from workflows.moves import Move
from workflows.obstacles import Obstacle


def project_running(obj: Any, move: Move) -> Obstacle | None:
    """Only while the project is being implemented, and not on hold."""
    project = obj.project
    if project.state != ProjectState.IMPLEMENTATION:
        return Obstacle("not_running", _("The project is not being implemented now."), project.get_absolute_url())
    return _held(project)


def project_not_over(payment: Any, move: Move) -> Obstacle | None:
    """Money is paid while the project is carried out or evaluated (the last instalment follows the final report)."""
    project = payment.project
    if project.state not in RUNNING_STATES:
        return Obstacle("over", _("The project is over; nothing more is paid for it."), project.get_absolute_url())
    return _held(project)


def _held(project: Any) -> Obstacle | None:
    if project.held_since is None:
        return None
    return Obstacle("held", _("The project is on hold."), project.get_absolute_url())


def budget_adds_up(agreement: Any, move: Move) -> Obstacle | None:
    """The lines of the award make the awarded sum, to the cent; money without an application has no lines."""
    lines = [line.awarded for line in agreement.lines.all()]
    total = sum(lines, Decimal(0))
    if not lines or total == agreement.amount:
        return None
    url = reverse("implementation:budget", args=[agreement.project_id])
    text = _("The lines of the budget make %(lines)s together; the award is %(award)s.")
    return Obstacle("budget_differs", text % {"lines": euro(total), "award": euro(agreement.amount)}, url)


def signing_days_given(agreement: Any, move: Move) -> Obstacle | None:
    """Both days of signing are named, none of them in the future."""
    if move.asking:
        return None
    days = [move.data.get("grantee_on"), move.data.get("funder_on")]
    if not all(days):
        return Obstacle("days_missing", _("Name the day on which each side signed."))
    today = local_date(move.now, agreement.project.call.time_zone)
    if any(day > today for day in days if day):
        return Obstacle("day_ahead", _("A day of signing cannot lie ahead."))
    decided = agreement.project.decided_at
    if decided is not None and any(day < local_date(decided, agreement.project.call.time_zone) for day in days if day):
        return Obstacle("day_too_early", _("The agreement cannot have been signed before the decision."))
    return None


def evidence_given(milestone: Any, move: Move) -> Obstacle | None:
    """A milestone is reported done with what shows it."""
    if move.asking or move.data.get("evidence", "").strip() or milestone.evidence:
        return None
    return Obstacle("evidence_missing", _("Say what shows that the milestone is reached."))


def reached_by_now(milestone: Any, move: Move) -> Obstacle | None:
    """What is reported done has been reached: its day does not lie ahead."""
    day = move.data.get("reached_on")
    if day is None or day <= local_date(move.now, milestone.project.call.time_zone):
        return None
    return Obstacle("reached_ahead", _("The day on which it was reached cannot lie ahead."))


def agreement_signed(payment: Any, move: Move) -> Obstacle | None:
    """No payment before the agreement is signed."""
    if payment.agreement.state == AgreementState.SIGNED:
        return None
    url = payment.project.get_absolute_url()
    return Obstacle("agreement_open", _("The agreement is not signed."), url)


def named_report_accepted(payment: Any, move: Move) -> Obstacle | None:
    """An instalment that follows a report waits until that report is accepted."""
    if not payment.after_report:
        return None
    reports = [one for one in payment.project.reports.all() if one.key == payment.after_report]
    if not reports:
        text = _("The report that this instalment follows is not scheduled.")
        return Obstacle("report_not_scheduled", text, payment.project.get_absolute_url())
    waited_for = [one for one in reports if one.state != ReportState.ACCEPTED]
    report = min(waited_for, key=lambda one: (one.due_on, one.ordinal), default=None)
    if report is None:
        return None
    text = _("“%(report)s” is not accepted yet.") % {"report": report.label}
    return Obstacle("report_not_accepted", text, report.get_absolute_url())


def condition_confirmed(payment: Any, move: Move) -> Obstacle | None:
    """A condition in words is confirmed by a person, with what shows it."""
    if not payment.condition or payment.condition_note or move.data.get("condition_note", "").strip():
        return None
    text = _("Confirm the condition: %(condition)s.") % {"condition": payment.condition_words}
    return Obstacle("condition_open", text, payment.get_absolute_url())


def earlier_instalments_settled(payment: Any, move: Move) -> Obstacle | None:
    """Instalments go in their order."""
    earlier = [one for one in payment.project.payments.all() if one.ordinal < payment.ordinal]
    open_ones = [one for one in earlier if one.state not in SETTLED_PAYMENTS]
    first = min(open_ones, key=lambda one: one.ordinal, default=None)
    if first is None:
        return None
    return Obstacle(
        "earlier_open", _("“%(payment)s” comes first.") % {"payment": first.label}, first.get_absolute_url()
    )


def paid_on_given(payment: Any, move: Move) -> Obstacle | None:
    """The day on which money left is named and does not lie ahead."""
    if move.asking:
        return None
    day = move.data.get("paid_on")
    if day is None or day > local_date(move.now, payment.project.call.time_zone):
        return Obstacle("paid_on_wrong", _("Name the day on which the money left; it cannot lie ahead."))
    if day < payment.agreement.signed_on:
        return Obstacle("paid_too_early", _("The money cannot have left before both sides had signed the agreement."))
    return None


def report_complete(report: Any, move: Move) -> Obstacle | None:
    """The service passes what is missing; the page shows it beside the fields."""
    missing = move.data.get("missing", [])
    if move.asking or not missing:
        return None
    return Obstacle("report_incomplete", " ".join(str(item) for item in missing))


def period_over(report: Any, move: Move) -> Obstacle | None:
    """A report tells of a whole period: it waits for its last day, or until all that was planned is done earlier.

    That everything is done is what the milestones say: each is reported done, accepted or waived. Where the agreement
    names none, the final report alone says that the work is finished, so it alone may come early.
    """
    if local_date(move.now, report.project.call.time_zone) >= report.period_end:
        return None
    milestones = list(report.project.milestones.all())
    finished = all(one.state not in OPEN_MILESTONES for one in milestones)
    if finished and (milestones or report.kind == ReportKind.FINAL):
        return None
    text = _(
        "The period that this report covers ends on %(day)s. It can be handed in earlier once every milestone is "
        "reported done."
    )
    day = {"day": date_long(report.period_end)}
    return Obstacle("period_not_over", text % day, report.project.get_absolute_url())
