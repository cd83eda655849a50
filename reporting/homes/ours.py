"""The projects of one's own organisations as a home page tells of them, read in three queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import pgettext

from grants.applications.models import SubmittedVersion
from grants.calls.models import CallDate
from grants.calls.zones import local_date
from grants.implementation.models import Milestone, Payment, ProgressReport
from grants.implementation.states import OPEN_MILESTONES, OPEN_REPORTS, SETTLED_PAYMENTS, PaymentState, ReportState
from grants.projects.models import Project
from grants.projects.selectors import projects_of_team
from workflows.moves import Move
from workflows.registry import machine_of


def of_team(user: Any, now: datetime) -> list[Any]:
    """All projects of the team, the youngest first, with what the home page says of each. Three queries."""
    coming = CallDate.objects.filter(
        call=OuterRef("call"), planned_at__gt=now, planned_at__gte=OuterRef("call__closes_at")
    )
    dates = coming.order_by("planned_at", "order")
    versions = SubmittedVersion.objects.filter(application=OuterRef("pk")).order_by("-number")
    milestones = Milestone.objects.filter(project=OuterRef("pk"), state__in=OPEN_MILESTONES).order_by("due_on", "order")
    found = projects_of_team(user).annotate(
        next_key=Subquery(dates.values("key")[:1]),
        next_at=Subquery(dates.values("planned_at")[:1]),
        receipt=Subquery(versions.values("receipt_number")[:1]),
        milestone=Subquery(milestones.values("title")[:1]),
        milestone_on=Subquery(milestones.values("due_on")[:1]),
        milestone_pk=Subquery(milestones.values("pk")[:1]),
    )
    return list(_with_parts(found).order_by("-pk"))


def _with_parts(projects: QuerySet[Project]) -> QuerySet[Project]:
    payments = Payment.objects.select_related("agreement").order_by("ordinal")
    reports = ProgressReport.objects.order_by("due_on", "ordinal")
    related = projects.select_related("application", "call", "organisation", "case")
    return related.prefetch_related(Prefetch("payments", payments), Prefetch("reports", reports))


def public_word(project: Any) -> Any:
    """Where a project stands, in the words for everybody."""
    state = machine_of(Project).state(project.state)
    return state.public or state.label


@dataclass(frozen=True)
class Draft:
    """A draft: how far it is and what stands in the way of submitting it."""

    project: Any

    @property
    def application(self) -> Any:
        """What is filled in; none where the project was begun without one."""
        return getattr(self.project, "application", None)

    @property
    def percent(self) -> int:
        """The share of sections that are complete, per cent, rounded down."""
        form = self.application
        return 100 * form.sections_done // form.sections_total if form and form.sections_total else 0


@dataclass(frozen=True)
class Submitted:
    """What was submitted: where it stands in the public's words, and what happens next, by when."""

    project: Any

    @property
    def status(self) -> Any:
        """The plain public word."""
        return public_word(self.project)

    @property
    def next(self) -> tuple[Any, date] | None:
        """The next date of the call's timetable and what happens then."""
        if not self.project.next_key:
            return None
        at = self.project.next_at
        return CallDate(key=self.project.next_key).label, local_date(at, self.project.call.time_zone)

    @property
    def receipt_url(self) -> str:
        """The page of the receipt."""
        return reverse("applications:receipt", args=[self.project.receipt]) if self.project.receipt else ""


@dataclass(frozen=True)
class UnderWay:
    """A project under way: the next payment and why it waits, the next milestone, the next report."""

    project: Any
    user: Any
    now: datetime

    @property
    def status(self) -> Any:
        """The plain public word."""
        return public_word(self.project)

    @property
    def payment(self) -> Any:
        """The first instalment that is not settled."""
        return next((one for one in self.project.payments.all() if one.state not in SETTLED_PAYMENTS), None)

    @property
    def waits_for(self) -> list[Any]:
        """Why it is not paid yet: obstacles, or whose turn it is."""
        payment = self.payment
        payment.project = self.project
        if payment.state == PaymentState.PLANNED:
            move = Move("request", self.user, self.now, asking=True)
            return [obstacle for _guard, obstacle in payment.obstacles(move) if obstacle]
        return []

    @property
    def payment_turn(self) -> str:
        """In a few words, who acts on a payment that waits for nothing else."""
        words = {
            PaymentState.PLANNED: pgettext("payment", "the coordinator puts it forward"),
            PaymentState.REQUESTED: pgettext("payment", "the programme head approves it"),
            PaymentState.APPROVED: pgettext("payment", "it is being paid"),
            PaymentState.FAILED: pgettext("payment", "the bank returned it; the coordinator mends it"),
        }
        return words[PaymentState(self.payment.state)]

    @property
    def report(self) -> Any:
        """The next report to write."""
        return next((one for one in self.project.reports.all() if one.state in OPEN_REPORTS), None)

    @property
    def report_returned(self) -> bool:
        """Whether that report came back to be mended."""
        return self.report is not None and self.report.state == ReportState.RETURNED

    @property
    def milestone_url(self) -> str:
        """The page of the next milestone."""
        return reverse("implementation:milestone", args=[self.project.milestone_pk])
