"""Questions about projects with the answer yes or no, asked of the database: `is:overdue`, `is:held`.

The same condition counts a number on a home page and lists its rows in the search, so the two cannot differ. A flag
says whose sight it needs: what only the funder knows is never true for anybody else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import pgettext_lazy

from grants.applications.models import Clarification
from grants.applications.states import ClarificationState
from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.states import MeasurementState, Wave
from grants.implementation.models import Agreement, Payment, ProgressReport
from grants.implementation.states import OPEN_REPORTS, AgreementState, PaymentState, ReportState
from grants.projects.selectors import projects_of_team, projects_visible_to_staff
from grants.projects.states import ENDED_STATES, REFUSED_STATES, RUNNING_STATES, ProjectState
from grants.selection.models import ConflictDeclaration, Review
from grants.selection.states import COUNTED_REVIEWS, OPEN_REVIEWS, ConflictState
from workflows.models import Deadline, TransitionRecord, WorkItem
from workflows.policy import visible_audiences

SILENT_DAYS = 60
"""A project under way in whose case nothing has happened for so many days is silent."""

TO_PAY = (PaymentState.REQUESTED, PaymentState.APPROVED, PaymentState.FAILED)


@dataclass(frozen=True)
class Flag:
    """One question: its words, the condition on Project, and whose sight it needs (staff, grant, anyone)."""

    key: str
    label: Any
    condition: Callable[[Any, datetime], Q]
    sight: str = "grant"


def _has(rows: QuerySet[Any], path: str = "project") -> Q:
    return Q(Exists(rows.filter(**{path: OuterRef("pk")})))


def _of_case(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(case=OuterRef("case"))))


def _overdue(user: Any, now: datetime) -> Q:
    """A deadline has passed: any for the funder, for others one that is theirs to keep."""
    late = Deadline.objects.filter(closed_at__isnull=True, paused_at__isnull=True, due_at__lt=now)
    return (_of_case(late) & _staff(user)) | _of_case(late.filter(visible_audiences(user)))


def _waiting(user: Any, now: datetime) -> Q:
    return _of_case(WorkItem.objects.filter(visible_audiences(user), closed_at__isnull=True))


def _late_report(user: Any, now: datetime) -> Q:
    """A report that is still to be written though its day is over where the programme is."""
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    running = Q(state__in=RUNNING_STATES, held_since__isnull=True)
    return running & _has(ProgressReport.objects.filter(state__in=OPEN_REPORTS, due_on__lt=today))


def _unmeasured(user: Any, now: datetime) -> Q:
    measured = Measurement.objects.filter(indicator=OuterRef("pk"), wave=Wave.ENDLINE, state=MeasurementState.APPROVED)
    open_ones = ProjectIndicator.objects.filter(~Exists(measured), required=True)
    return Q(state=ProjectState.EVALUATION) & _has(open_ones)


def _silent(user: Any, now: datetime) -> Q:
    recent = TransitionRecord.objects.filter(at__gte=now - timedelta(days=SILENT_DAYS))
    return Q(state__in=RUNNING_STATES, held_since__isnull=True) & ~_of_case(recent)


def _unassigned(user: Any, now: datetime) -> Q:
    return Q(state=ProjectState.SELECTION) & ~_has(Review.objects.filter(state__in=COUNTED_REVIEWS))


def _assessed(user: Any, now: datetime) -> Q:
    """Every review that was asked for is in."""
    given = _has(Review.objects.filter(state__in=COUNTED_REVIEWS))
    return Q(state=ProjectState.SELECTION) & given & ~_has(Review.objects.filter(state__in=OPEN_REVIEWS))


def _conflict(user: Any, now: datetime) -> Q:
    open_ones = ConflictDeclaration.objects.filter(state__in=[ConflictState.ASKED, ConflictState.POSSIBLE])
    return Q(state=ProjectState.SELECTION) & _has(open_ones)


def _ended(user: Any, now: datetime) -> Q:
    return Q(state__in=[*ENDED_STATES, *REFUSED_STATES])


FLAGS = {
    flag.key: flag
    for flag in (
        Flag("overdue", pgettext_lazy("flag", "overdue"), _overdue, "anyone"),
        Flag("mine", pgettext_lazy("flag", "my turn"), _waiting, "anyone"),
        Flag("ended", pgettext_lazy("flag", "over"), _ended, "anyone"),
        Flag("refused", pgettext_lazy("flag", "not funded"), lambda u, n: Q(state__in=REFUSED_STATES), "anyone"),
        Flag("running", pgettext_lazy("flag", "under way"), lambda u, n: Q(state__in=RUNNING_STATES), "anyone"),
        Flag("held", pgettext_lazy("flag", "on hold"), lambda u, n: Q(held_since__isnull=False)),
        Flag("clarifying", pgettext_lazy("flag", "asked to clarify"),
             lambda u, n: _has(Clarification.objects.filter(state=ClarificationState.ASKED))),
        Flag("unassigned", pgettext_lazy("flag", "without an evaluator"), _unassigned, "staff"),
        Flag("assessed", pgettext_lazy("flag", "all reviews are in"), _assessed, "staff"),
        Flag("conflict", pgettext_lazy("flag", "a conflict of interest is open"), _conflict, "staff"),
        Flag("unsigned", pgettext_lazy("flag", "agreement not signed"),
             lambda u, n: Q(state=ProjectState.IMPLEMENTATION)
             & _has(Agreement.objects.exclude(state=AgreementState.SIGNED))),
        Flag("late-report", pgettext_lazy("flag", "report is late"), _late_report),
        Flag("reported", pgettext_lazy("flag", "report to be read"),
             lambda u, n: _has(ProgressReport.objects.filter(state=ReportState.SUBMITTED))),
        Flag("paying", pgettext_lazy("flag", "payment under way"),
             lambda u, n: _has(Payment.objects.filter(state__in=TO_PAY))),
        Flag("no-baseline", pgettext_lazy("flag", "baseline missing"),
             lambda u, n: _has(ProjectIndicator.objects.filter(baseline__isnull=True))),
        Flag("unmeasured", pgettext_lazy("flag", "effect not measured"), _unmeasured),
        Flag("silent", pgettext_lazy("flag", "silent"), _silent, "staff"),
    )
}  # fmt: skip
"""Every question by the word after `is:`."""


def _staff(user: Any) -> Q:
    return Q(pk__in=projects_visible_to_staff(user).values("pk"))


def condition(flag: Flag, user: Any, now: datetime) -> Q:
    """The condition on projects with the sight it needs; a reader without that sight finds no project by it."""
    asked = flag.condition(user, now)
    if flag.sight == "anyone":
        return asked
    if flag.sight == "staff":
        return asked & _staff(user)
    return asked & (_staff(user) | Q(pk__in=projects_of_team(user).values("pk")))
