"""What implementation shows on the pages of others: the project, the menu."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.accounts.permissions import has_role, holds
from grants.accounts.states import Role
from grants.implementation.models import Agreement, Payment
from grants.implementation.permissions import can_view_implementation
from grants.implementation.selectors import spending_of
from grants.implementation.states import SIGNED_PAPER, PaymentState
from grants.projects.history import TEAM_HISTORY
from grants.projects.models import Project
from grants.projects.pages import PANELS as PROJECT_PANELS
from grants.questionnaires.permissions import register_document_policy
from workflows import clock
from workflows.moves import Move
from workflows.navigation import register_nav
from workflows.panels import Panel
from workflows.registry import contribute


def sees_payments(user: Any) -> bool:
    """Whether the person has the list of payments over all projects."""
    return has_role(user, Role.COORDINATOR, Role.HEAD, Role.FINANCE, Role.AUDITOR)


def implementation_of(project: Project, user: Any) -> dict[str, Any]:
    """The panel on a project's page: agreement, instalments and why the next one waits, milestones, reports, budget."""
    agreement = Agreement.objects.filter(project=project).first()
    if agreement is None or not can_view_implementation(user, project):
        return {}
    payments = list(project.payments.select_related("agreement").order_by("ordinal"))
    spending = spending_of(project)
    return {
        "agreement": agreement, "payments": payments, "next": _next_of(payments, project, user),
        "milestones": list(project.milestones.order_by("order")), "reports": list(project.reports.order_by("due_on")),
        "budget": sum((row.planned for row in spending), Decimal(0)),
        "reported": sum((row.reported for row in spending), Decimal(0)),
        "remaining": sum((row.remaining for row in spending), Decimal(0)),
    }  # fmt: skip


def _next_of(payments: list[Payment], project: Project, user: Any) -> dict[str, Any] | None:
    """The first instalment that is neither put forward nor settled, with what it waits for."""
    payment = next((one for one in payments if one.state in {PaymentState.PLANNED, PaymentState.FAILED}), None)
    if payment is None:
        return None
    payment.project = project
    move = Move("request", user, clock.now(), asking=True)
    return {"payment": payment, "obstacles": [obstacle for _guard, obstacle in payment.obstacles(move) if obstacle]}


def can_read_paper(user: Any, document: Any) -> bool:
    """The signed agreement is read by the team and by staff who see the project."""
    project = Project.objects.filter(case_id=document.case_id).first()
    return project is not None and can_view_implementation(user, project)


def register_panels() -> None:
    """Bring the parts to their places."""
    contribute(PROJECT_PANELS, Panel("grants/implementation/project_panel.html", implementation_of, order=40))
    for label in ("grants.agreement", "grants.milestone", "grants.payment", "grants.progressreport"):
        contribute(TEAM_HISTORY, label)
    register_document_policy(SIGNED_PAPER, can_read_paper)
    register_nav(
        "payments",
        _("Payments"),
        "implementation:payments",
        visible=sees_payments,
        order=40,
        first_for=holds(Role.COORDINATOR, Role.FINANCE),
    )
