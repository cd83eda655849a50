"""The S-curve of a project: instalments by the agreement, what was paid, what its reports say was spent."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.calls.zones import local_date
from grants.implementation.models import Expense, Payment
from grants.implementation.permissions import can_view_implementation
from grants.implementation.states import PaymentState, ReportState
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to
from reporting.pictures import Ask, Picture
from reporting.pictures.kinds.spending import Flow, spending_picture
from reporting.pictures.sources import as_of_now, by_id, csv_address
from workflows import clock

KIND = "spending"


def picture(user: Any, key: str, query: Mapping[str, str]) -> Picture | None:
    """The picture of a project by its id."""
    project = by_id(projects_visible_to(user).select_related("call"), key)
    return None if project is None else of_project(project, user)


def of_project(project: Project, user: Any) -> Picture | None:
    """The picture for this reader; None without instalments, and for whoever has no part in the implementation.

    Three queries. Costs count where the report with them is handed in, as on the page of the budget.
    """
    if not can_view_implementation(user, project):
        return None
    payments = [p for p in project.payments.order_by("ordinal") if p.state != PaymentState.CANCELLED]
    if not payments or not (project.starts_on and project.ends_on):
        return None
    reports = dict(project.reports.order_by("-due_on").values_list("key", "due_on"))
    spent = Expense.objects.filter(
        report__project=project, report__state__in=[ReportState.SUBMITTED, ReportState.ACCEPTED]
    )
    shown = spending_picture(
        plan=[Flow(_planned_on(payment, project.ends_on, reports), payment.amount) for payment in payments],
        paid=[Flow(payment.paid_on, payment.amount) for payment in payments if payment.paid_on],
        spent=[Flow(day, Decimal(amount)) for day, amount in spent.values_list("spent_on", "amount")],
        first=project.starts_on, last=project.ends_on, today=local_date(clock.now(), project.call.time_zone), name=KIND,
    )  # fmt: skip
    formula = _(
        "Planned: the instalments of the agreement on the days they are due, or the report that they follow is due. "
        "Paid: instalments that left. Spent: the costs in reports that were handed in, own money among them."
    )
    rows = reverse("implementation:agreement", args=[project.pk])
    ask = Ask(formula, as_of_now(), _("the agreement with its instalments and its budget"), rows)
    return shown.with_source(ask, csv_address(KIND, project.pk))


def _planned_on(payment: Payment, last: date, reports: Mapping[str, date]) -> date:
    """The day for which an instalment was planned: its own, else that of the report it follows, else the last."""
    return payment.due_on or reports.get(payment.after_report, last)


def panel(project: Project, user: Any) -> dict[str, Any]:
    """The picture on the project's page."""
    found = of_project(project, user)
    return {"picture": found} if found else {}
