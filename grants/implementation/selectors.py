"""Reading implementation: agreements, payments, reports, and spending by budget line."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, When

from grants.calls.zones import day_ends
from grants.implementation.models import Agreement, AwardLine, Milestone, Payment, ProgressReport
from grants.implementation.states import ReportState
from grants.money.arithmetic import to_cents
from grants.projects.models import Project
from grants.projects.selectors import projects_of_team, projects_visible_to_staff
from workflows.models import ReasonText, TransitionRecord


def of_visible_projects(queryset: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Rows of the projects of one's own team, and of those that one sees as staff; reviewers have no part in them."""
    if not getattr(user, "is_authenticated", False):
        return queryset.none()
    own, staff = projects_of_team(user).values("pk"), projects_visible_to_staff(user).values("pk")
    return queryset.filter(Q(project__in=own) | Q(project__in=staff))


def agreements_visible_to(user: Any) -> QuerySet[Agreement]:
    """Agreements of projects that the person may see."""
    return of_visible_projects(Agreement.objects.all(), user)


def milestones_visible_to(user: Any) -> QuerySet[Milestone]:
    """Milestones of projects that the person may see."""
    return of_visible_projects(Milestone.objects.all(), user)


def payments_visible_to(user: Any) -> QuerySet[Payment]:
    """Payments of projects that the person may see."""
    return of_visible_projects(Payment.objects.all(), user)


TURNS = ("requested", "approved", "failed", "planned", "paid", "cancelled")
"""States of payments, from what waits for somebody to what is settled."""


def in_order_of_turn(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """What waits for somebody first, the earliest due first; what has no day comes after what has one."""
    place = Case(*(When(state=state, then=at) for at, state in enumerate(TURNS)), default=len(TURNS))
    return payments.order_by(place, F("due_on").asc(nulls_last=True), "pk")


def reports_visible_to(user: Any) -> QuerySet[ProgressReport]:
    """Reports of projects that the person may see."""
    return of_visible_projects(ProgressReport.objects.all(), user)


def last_return_of(report: ProgressReport) -> str:
    """Why a report was last returned or opened again; empty where it never was or the words were erased."""
    texts = ReasonText.objects.filter(
        record__subject_label=report.subject_label, record__subject_id=report.pk,
        record__transition__in=["return_report", "reopen"],
    )  # fmt: skip
    return texts.order_by("-record__subject_version").values_list("text", flat=True).first() or ""


def setback_of(payment: Payment) -> TransitionRecord | None:
    """The step by which a payment failed or was returned, with its reason, while nothing has happened since."""
    last = TransitionRecord.objects.filter(subject_label=payment.subject_label, subject_id=payment.pk).order_by("-seq")
    found = last.select_related("actor", "reason").first()
    return found if found is not None and found.transition in {"fail", "return_request", "revoke"} else None


def end_of(day: date | None, project: Project) -> datetime | None:
    """The instant at which a day is over in the zone of the project's call; what is due on a day is due until then."""
    return None if day is None else day_ends(day, project.call.time_zone)


def grant_part(cost: Decimal, *, awarded: Decimal, own: Decimal) -> Decimal:
    """What of a budget line's cost the grant pays, EUR: cost × awarded ÷ (awarded + own), at most what was awarded.

    A report says what a line cost, not whose money paid it: grant and own money are used up evenly, as agreed.
    """
    return min(to_cents(cost * awarded / (awarded + own)), awarded) if awarded else Decimal(0)


@dataclass(frozen=True, slots=True)
class Spending:
    """One line of the budget with what was reported on it, EUR; accepted counts only reports that stand."""

    line: AwardLine
    reported: Decimal
    accepted: Decimal

    @property
    def planned(self) -> Decimal:
        """What the line may cost in all."""
        return self.line.awarded + self.line.own

    @property
    def grant(self) -> Decimal:
        """What of the reported costs the grant pays (`grant_part`)."""
        return grant_part(self.reported, awarded=self.line.awarded, own=self.line.own)

    @property
    def remaining(self) -> Decimal:
        """What is left of the line, by all that was reported."""
        return self.planned - self.reported

    @property
    def percent(self) -> Decimal:
        """What part of the line was reported, per cent of the plan."""
        return Decimal(100) * self.reported / self.planned if self.planned else Decimal(0)


def spending_of(project: Project) -> list[Spending]:
    """Spending by budget line, in two queries."""
    handed_in = Q(expenses__report__state__in=[ReportState.SUBMITTED, ReportState.ACCEPTED])
    accepted = Q(expenses__report__state=ReportState.ACCEPTED)
    lines = (
        AwardLine.objects.filter(agreement__project=project)
        .select_related("category")
        .annotate(reported=Sum("expenses__amount", filter=handed_in), accepted=Sum("expenses__amount", filter=accepted))
        .order_by("order")
    )
    return [Spending(line, line.reported or Decimal(0), line.accepted or Decimal(0)) for line in lines]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class SpentOfPaid:
    """The grant: what was paid of it and what reports say was spent of it; own money is told apart. EUR."""

    paid: Decimal
    grant: Decimal
    own: Decimal

    @property
    def percent(self) -> Decimal:
        """What part of the grant paid so far was spent, per cent; what the grantee has advanced is not in it."""
        return Decimal(100) * min(self.grant, self.paid) / self.paid

    @property
    def advanced(self) -> Decimal:
        """Costs of the grant's part beyond what was paid of it: the grantee has laid them out."""
        return max(self.grant - self.paid, Decimal(0))


def spent_of_paid(project: Project) -> SpentOfPaid | None:
    """What was spent of the grant paid so far, by reports that were handed in; None before the first payment."""
    paid = project.payments.filter(state="paid").aggregate(total=Sum("amount"))["total"]
    if not paid:
        return None
    rows = spending_of(project)
    grant = sum((row.grant for row in rows), Decimal(0))
    return SpentOfPaid(paid, grant, sum((row.reported for row in rows), Decimal(0)) - grant)
