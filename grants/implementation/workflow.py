"""What the states of agreements, milestones, payments and reports mean, and whose turn it is in each."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.accounts.states import Role
from grants.implementation.models import Agreement, Milestone, Payment, ProgressReport
from grants.implementation.panels import register_panels
from grants.implementation.selectors import (
    agreements_visible_to,
    end_of,
    milestones_visible_to,
    payments_visible_to,
    reports_visible_to,
)
from grants.implementation.states import AgreementState, MilestoneState, PaymentState, ReportState
from workflows.registry import Due, Machine, State, Work, register_machine

STAGE = "implementation"


def coordinators(obj: Any) -> list[str]:
    """The coordinators of the funder."""
    return [f"role:{Role.COORDINATOR}"]


def approvers(obj: Any) -> list[str]:
    """The head, and finance."""
    return [f"role:{Role.HEAD}", f"role:{Role.FINANCE}"]


def payers(obj: Any) -> list[str]:
    """Finance."""
    return [f"role:{Role.FINANCE}"]


def grantee(obj: Any) -> list[str]:
    """Those of the grantee who may write."""
    return [f"org:{obj.project.organisation_id}"]


def due_on(field: str, kind: str) -> Due:
    """Due by the end of a day of the row, in the zone of the call."""
    return Due(
        at=lambda obj: end_of(getattr(obj, field), obj.project),
        kind=kind,
        time_zone=lambda obj: obj.project.call.time_zone,
        rule=field,
    )


def work(kind: str, title: Any, audience: Any, due: Due | None = None, why: Any = "") -> list[Work]:
    """One thing to do, on the page of the row itself."""
    return [Work(kind=kind, title=title, audience=audience, url=lambda o: o.get_absolute_url(), due=due, why=why)]


register_machine(
    Machine(
        model=Agreement,
        field="state",
        label=pgettext_lazy("agreement", "agreement"),
        description=_("Opened with the award; signed by both sides."),
        visible_to=agreements_visible_to,
        states={
            AgreementState.DRAFT: State(
                label=AgreementState.DRAFT.label, stage=STAGE,
                work=work("agreement_prepare", _("Prepare the agreement"), coordinators,
                          due_on("sign_by", "agreement")),
            ),
            AgreementState.SENT: State(
                label=AgreementState.SENT.label, stage=STAGE,
                work=work("agreement_sign", _("Record the signatures of the agreement"), coordinators,
                          due_on("sign_by", "agreement")),
            ),
            AgreementState.SIGNED: State(label=AgreementState.SIGNED.label, stage=STAGE),
            AgreementState.TERMINATED: State(label=AgreementState.TERMINATED.label, stage=STAGE, final=True),
        },
        urls={"sign": Agreement.get_absolute_url},
    )
)  # fmt: skip

register_machine(
    Machine(
        model=Milestone,
        field="state",
        label=pgettext_lazy("milestone", "milestone"),
        description=_("Reported done with what shows it; accepted by somebody else."),
        visible_to=milestones_visible_to,
        states={
            MilestoneState.PLANNED: State(
                label=MilestoneState.PLANNED.label, stage=STAGE,
                work=work("milestone_report", _("Report the milestone done"), grantee, due_on("due_on", "milestone")),
            ),
            MilestoneState.SUBMITTED: State(
                label=MilestoneState.SUBMITTED.label, stage=STAGE,
                work=work("milestone_judge", _("Accept or return the milestone"), coordinators),
            ),
            MilestoneState.RETURNED: State(
                label=MilestoneState.RETURNED.label, stage=STAGE,
                work=work("milestone_report", _("Report the milestone done"), grantee, due_on("due_on", "milestone")),
            ),
            MilestoneState.ACCEPTED: State(label=MilestoneState.ACCEPTED.label, stage=STAGE, final=True),
            MilestoneState.WAIVED: State(label=MilestoneState.WAIVED.label, stage=STAGE, final=True),
        },
        urls={"submit": Milestone.get_absolute_url},
    )
)  # fmt: skip

register_machine(
    Machine(
        model=Payment,
        field="state",
        label=pgettext_lazy("payment", "payment"),
        description=_("Put forward when its conditions are met, approved by another, recorded with the ledger."),
        visible_to=payments_visible_to,
        states={
            PaymentState.PLANNED: State(label=PaymentState.PLANNED.label, stage=STAGE),
            PaymentState.REQUESTED: State(
                label=PaymentState.REQUESTED.label, stage=STAGE,
                work=work("payment_approve", _("Approve the payment"), approvers, due_on("due_on", "payment"),
                          _("Somebody else put it forward.")),
            ),
            PaymentState.APPROVED: State(
                label=PaymentState.APPROVED.label, stage=STAGE,
                work=work("payment_pay", _("Pay, and record it"), payers, due_on("due_on", "payment")),
            ),
            PaymentState.PAID: State(label=PaymentState.PAID.label, stage=STAGE, final=True),
            PaymentState.FAILED: State(
                label=PaymentState.FAILED.label, stage=STAGE,
                work=work("payment_mend", _("Mend the failed payment"), coordinators),
            ),
            PaymentState.CANCELLED: State(label=PaymentState.CANCELLED.label, stage=STAGE, final=True),
        },
        urls={"request": Payment.get_absolute_url, "pay": Payment.get_absolute_url},
    )
)  # fmt: skip

register_machine(
    Machine(
        model=ProgressReport,
        field="state",
        label=pgettext_lazy("report", "report"),
        description=_("Written by the grantee, accepted or returned with a reason."),
        visible_to=reports_visible_to,
        states={
            ReportState.SCHEDULED: State(
                label=ReportState.SCHEDULED.label, stage=STAGE,
                work=work("report_write", _("Write the report"), grantee, due_on("due_on", "report")),
            ),
            ReportState.DRAFT: State(
                label=ReportState.DRAFT.label, stage=STAGE,
                work=work("report_write", _("Write the report"), grantee, due_on("due_on", "report")),
            ),
            ReportState.SUBMITTED: State(
                label=ReportState.SUBMITTED.label, stage=STAGE,
                work=work("report_judge", _("Accept or return the report"), coordinators),
            ),
            ReportState.RETURNED: State(
                label=ReportState.RETURNED.label, stage=STAGE,
                work=work("report_write", _("Write the report"), grantee, due_on("due_on", "report"),
                          _("It was returned.")),
            ),
            ReportState.ACCEPTED: State(label=ReportState.ACCEPTED.label, stage=STAGE),
        },
        urls={"submit": ProgressReport.get_absolute_url},
    )
)  # fmt: skip

register_panels()
