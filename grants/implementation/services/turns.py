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
from workflows.models import WorkItem
from workflows.moves import Move
from workflows.services import clear_deadlines, close_work, open_work


def renew_payment_work(project: Project) -> None:
    """Tell the coordinators which planned instalment can be put forward now, inside the caller's transaction."""
    # A copy of its own: what the guards of all the instalments ask is read once, and the caller's stays as it is.
    known = Project.objects.select_related("call").prefetch_related("reports", "payments__agreement").get(pk=project.pk)
    payments = sorted(known.payments.all(), key=lambda one: one.ordinal)
    asked = WorkItem.objects.filter(
        subject_label=Payment._meta.label_lower, subject_id__in=[payment.pk for payment in payments],
        kind=PUT_FORWARD.kind, closed_at__isnull=True,
    )  # fmt: skip
    open_for = set(asked.values_list("subject_id", flat=True)) if payments else set()
    for payment in payments:
        payment.project = known
        if payment.state == PaymentState.PLANNED and is_ready(payment):
            open_work(payment, kind=PUT_FORWARD.kind, audience=f"role:{Role.COORDINATOR}",
                      url=payment.get_absolute_url(), due_at=end_of(payment.due_on, known))  # fmt: skip
        elif payment.pk in open_for:
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
