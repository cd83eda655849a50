"""Whose turn it is where no state says so: instalments that can be put forward, reports that nobody needs any more."""

from grants.accounts.states import Role
from grants.implementation.guards import condition_confirmed
from grants.implementation.models import Payment
from grants.implementation.models.payments import CONDITIONS
from grants.implementation.selectors import end_of
from grants.implementation.states import OPEN_REPORTS, PaymentState
from grants.implementation.workflow import PUT_FORWARD
from grants.projects.models import Project
from workflows import clock
from workflows.actors import SYSTEM
from workflows.moves import Move
from workflows.services import clear_deadlines, close_work, open_work


def renew_payment_work(project: Project) -> None:
    """Tell the coordinators which planned instalment can be put forward now, inside the caller's transaction."""
    for payment in project.payments.select_related("agreement").order_by("ordinal"):
        payment.project = project
        if payment.state == PaymentState.PLANNED and is_ready(payment):
            open_work(payment, kind=PUT_FORWARD.kind, audience=f"role:{Role.COORDINATOR}",
                      url=payment.get_absolute_url(), due_at=end_of(payment.due_on, project))  # fmt: skip
        else:
            close_work(payment, kind=PUT_FORWARD.kind)


def is_ready(payment: Payment) -> bool:
    """Whether everything is there but the condition in words, which the coordinator confirms in the same step."""
    move = Move("request", SYSTEM, clock.now(), asking=True)
    return not any(guard(payment, move) for guard in CONDITIONS if guard is not condition_confirmed)


def stop_asking_for_reports(project: Project) -> None:
    """Take open reports from everybody's work: the project ended, or its final report has said it all."""
    for report in project.reports.filter(state__in=OPEN_REPORTS):
        close_work(report)
        clear_deadlines(report)
