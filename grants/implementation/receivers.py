"""Consequences inside the transaction, and what implementation adds to the steps of a project."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from grants.implementation.models import Agreement, Milestone, Payment, ProgressReport
from grants.implementation.services import open_agreement, terminate_agreement
from grants.implementation.services.turns import renew_payment_work, stop_asking_for_reports
from grants.implementation.states import (
    SETTLED_MILESTONES,
    SETTLED_PAYMENTS,
    AgreementState,
    PaymentState,
    ReportKind,
    ReportState,
)
from grants.money import services as money
from grants.money.models import Funding
from grants.money.selectors import case_balance
from grants.organisations.selectors import active_admins
from grants.projects.models import Project
from workflows.models import TransitionRecord, WorkflowModel
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.registry import contribute_guard
from workflows.services.messages import queue_message
from workflows.signals import transitioned


@receiver(transitioned, sender=Project, dispatch_uid="implementation.project")
def follow_the_project(sender: Any, obj: Project, record: TransitionRecord, by: Any, **kwargs: Any) -> None:
    """An award opens the agreement; a termination ends it, cancels what is not paid and frees its money."""
    if record.transition in {"award", "allocate"} and obj.call.terms.has("contract"):
        open_agreement(project=obj, by=by)
    if record.transition == "terminate":
        agreement = Agreement.objects.filter(project=obj).first()
        if agreement is not None:
            terminate_agreement(agreement=agreement, by=by, note=_("The project was terminated."))
        _free_money(obj, record, by)
    if record.transition == "complete":
        stop_asking_for_reports(obj)


def _free_money(project: Project, record: TransitionRecord, by: Any) -> None:
    for funding in Funding.objects.filter(entries__case=project.case).distinct().order_by("pk"):
        left = case_balance(project.case, funding=funding).to_pay
        if left > 0:
            money.decommit(
                funding=funding, case=project.case, call_case=project.call.case, amount=left, by=by,
                key=f"terminate-{project.pk}-{record.subject_version}-{funding.pk}", note=project.number,
            )  # fmt: skip


@receiver(transitioned, sender=ProgressReport, dispatch_uid="implementation.report")
def tell_about_reports(sender: Any, obj: ProgressReport, record: TransitionRecord, by: Any, **kwargs: Any) -> None:
    """The grantee hears when a report is returned or accepted."""
    kind = {"return_report": "report_returned", "accept": "report_accepted"}.get(record.transition)
    if kind is None or obj.submitted_by is None:
        return
    reason = getattr(record, "reason", None)
    queue_message(
        kind, obj.submitted_by, case=obj.case, dedupe=f"{kind}-{obj.pk}-{obj.version}",
        context={"report": obj, "project": obj.project, "reason": reason.text if reason else ""},
    )  # fmt: skip


AWAITED: dict[type[WorkflowModel], set[str]] = {
    Agreement: {AgreementState.SIGNED, AgreementState.TERMINATED},
    ProgressReport: {ReportState.ACCEPTED},
    Payment: {PaymentState.PLANNED, PaymentState.PAID, PaymentState.CANCELLED},
}
"""Where a step into a state, or out of it, can change which instalments can be put forward."""


@receiver(transitioned, sender=Agreement, dispatch_uid="implementation.agreement")
@receiver(transitioned, sender=ProgressReport, dispatch_uid="implementation.report.turns")
@receiver(transitioned, sender=Payment, dispatch_uid="implementation.payment.turns")
def renew_turns(sender: Any, obj: Any, record: TransitionRecord, by: Any, **kwargs: Any) -> None:
    """A step into or out of what an instalment waits for, or of an instalment that has others waiting behind it."""
    if record.transition != "begin" and not AWAITED[sender].isdisjoint({record.before, record.after}):
        renew_payment_work(obj.project)


@receiver(transitioned, sender=Payment, dispatch_uid="implementation.payment")
def tell_about_payments(sender: Any, obj: Payment, record: TransitionRecord, by: Any, **kwargs: Any) -> None:
    """The grantee's administrators hear when money has left."""
    if record.transition != "pay":
        return
    for membership in active_admins(obj.project.organisation_id):
        queue_message(
            "payment_paid", membership.user, case=obj.case, dedupe=f"paid-{obj.pk}-{obj.version}-{membership.user_id}",
            context={"payment": obj, "project": obj.project},
        )  # fmt: skip


def reports_accepted(project: Project, move: Move) -> Obstacle | None:
    """Implementation is complete once every interim and final report is accepted."""
    open_one = (
        project.reports.exclude(state=ReportState.ACCEPTED)
        .exclude(kind=ReportKind.QUARTERLY)
        .order_by("due_on")
        .first()
    )
    if open_one is None:
        return None
    return Obstacle("report_open", _("“%(report)s” is not accepted.") % {"report": open_one.label},
                    open_one.get_absolute_url())  # fmt: skip


def milestones_settled(project: Project, move: Move) -> Obstacle | None:
    """Every milestone is accepted or waived."""
    open_one: Milestone | None = project.milestones.exclude(state__in=SETTLED_MILESTONES).order_by("order").first()
    if open_one is None:
        return None
    return Obstacle("milestone_open", _("The milestone “%(title)s” is not settled.") % {"title": open_one.title},
                    open_one.get_absolute_url())  # fmt: skip


def payments_settled(project: Project, move: Move) -> Obstacle | None:
    """A project is closed once every instalment is paid or cancelled."""
    open_one = project.payments.exclude(state__in=SETTLED_PAYMENTS).order_by("ordinal").first()
    if open_one is None:
        return None
    return Obstacle("payment_open", _("“%(payment)s” is neither paid nor cancelled.") % {"payment": open_one.label},
                    open_one.get_absolute_url())  # fmt: skip


def agreement_was_signed(project: Project, move: Move) -> Obstacle | None:
    """A project with an agreement is complete only with a signed one."""
    agreement = Agreement.objects.filter(project=project).first()
    if agreement is None or agreement.state == AgreementState.SIGNED:
        return None
    return Obstacle("agreement_open", _("The agreement is not signed."), agreement.get_absolute_url())


for guard in (agreement_was_signed, reports_accepted, milestones_settled):
    contribute_guard("grants.Project", "complete", guard)
contribute_guard("grants.Project", "close", payments_settled)
