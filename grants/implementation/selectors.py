"""Reading implementation: agreements, payments, reports, and spending by budget line."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from grants.calls.zones import day_ends
from grants.implementation.models import Agreement, AwardLine, Milestone, Payment, ProgressReport
from grants.implementation.states import ReportState
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to


def of_visible_projects(queryset: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Rows of projects that the person may see."""
    return queryset.filter(project__in=projects_visible_to(user).values("pk"))


def agreements_visible_to(user: Any) -> QuerySet[Agreement]:
    """Agreements of projects that the person may see."""
    return of_visible_projects(Agreement.objects.all(), user)


def milestones_visible_to(user: Any) -> QuerySet[Milestone]:
    """Milestones of projects that the person may see."""
    return of_visible_projects(Milestone.objects.all(), user)


def payments_visible_to(user: Any) -> QuerySet[Payment]:
    """Payments of projects that the person may see."""
    return of_visible_projects(Payment.objects.all(), user)


def reports_visible_to(user: Any) -> QuerySet[ProgressReport]:
    """Reports of projects that the person may see."""
    return of_visible_projects(ProgressReport.objects.all(), user)


def end_of(day: date | None, project: Project) -> datetime | None:
    """The instant at which a day is over in the zone of the project's call; what is due on a day is due until then."""
    return None if day is None else day_ends(day, project.call.time_zone)


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


def spent_of_paid(project: Project) -> Decimal | None:
    """What part of the money paid so far was reported spent, per cent; None before the first payment."""
    paid = project.payments.filter(state="paid").aggregate(total=Sum("amount"))["total"]
    if not paid:
        return None
    reported = sum((row.reported for row in spending_of(project)), Decimal(0))
    return Decimal(100) * reported / paid
