"""What the states of agreements, milestones, payments and reports mean, and whose turn it is in each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices
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
from grants.implementation.states import (
    SETTLED_MILESTONES,
    SETTLED_PAYMENTS,
    AgreementState,
    MilestoneState,
    PaymentState,
    ReportState,
)
from workflows.registry import Due, Machine, State, Work, register_machine, register_work

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


def work(kind: str, title: Any, audience: Any, due: Due | None = None, why: Any = "") -> Work:
    """One thing to do, on the page of the row itself."""
    return Work(kind=kind, title=title, audience=audience, url=lambda o: o.get_absolute_url(), due=due, why=why)


def states(choices: type[TextChoices], final: Iterable[str], **tasks: Work) -> dict[Any, State]:
    """The states of a machine in their order. tasks: by the state's value, what somebody has to do in it."""
    return {
        one: State(
            label=one.label, stage=STAGE, final=one in final, work=[tasks[one.value]] if one.value in tasks else []
        )
        for one in choices
    }


WRITE_REPORT = work("report_write", _("Write the report"), grantee, due_on("due_on", "report"))

PUT_FORWARD = register_work(
    Work(
        kind="payment_request",
        title=_("Put the payment forward"),
        audience=coordinators,
        why=_("What the instalment waits for is there."),
    )
)
"""Opened by `services.turns` once what an instalment waits for is there: that is no state of the payment itself."""

register_machine(
    Machine(
        model=Agreement,
        reads=("project", "project__call"),
        field="state",
        label=pgettext_lazy("agreement", "agreement"),
        description=_("Opened with the award; signed by both sides."),
        visible_to=agreements_visible_to,
        states=states(
            AgreementState,
            final=(AgreementState.TERMINATED,),
            draft=work("agreement_prepare", _("Prepare the agreement"), coordinators, due_on("sign_by", "agreement")),
            sent=work("agreement_sign", _("Record the signatures of the agreement"), coordinators,
                      due_on("sign_by", "agreement")),
        ),
        urls={"sign": Agreement.get_absolute_url},
    )
)  # fmt: skip

register_machine(
    Machine(
        model=Milestone,
        reads=("project", "project__call"),
        field="state",
        label=pgettext_lazy("milestone", "milestone"),
        description=_("Reported done with what shows it; accepted by somebody else."),
        visible_to=milestones_visible_to,
        states=states(
            MilestoneState,
            final=SETTLED_MILESTONES,
            planned=work("milestone_report", _("Report the milestone done"), grantee, due_on("due_on", "milestone")),
            submitted=work("milestone_judge", _("Accept or return the milestone"), coordinators),
            returned=work("milestone_mend", _("Mend what was reported of the milestone"), grantee,
                          due_on("due_on", "milestone"), _("It was returned.")),
        ),
        urls={"submit": Milestone.get_absolute_url},
    )
)  # fmt: skip

register_machine(
    Machine(
        model=Payment,
        reads=("project", "project__call"),
        field="state",
        label=pgettext_lazy("payment", "payment"),
        description=_("Put forward when its conditions are met, approved by another, recorded with the ledger."),
        visible_to=payments_visible_to,
        states=states(
            PaymentState,
            final=SETTLED_PAYMENTS,
            requested=work("payment_approve", _("Approve the payment"), approvers, due_on("due_on", "payment"),
                           _("Somebody else put it forward.")),
            approved=work("payment_pay", _("Pay, and record it"), payers, due_on("due_on", "payment"),
                          _("Somebody else approved it.")),
            failed=work("payment_mend", _("Mend the failed payment"), coordinators),
        ),
        urls={"request": Payment.get_absolute_url, "pay": Payment.get_absolute_url},
    )
)  # fmt: skip

register_machine(
    Machine(
        model=ProgressReport,
        reads=("project", "project__call"),
        field="state",
        label=pgettext_lazy("report", "report"),
        description=_("Written by the grantee, accepted or returned with a reason."),
        visible_to=reports_visible_to,
        states=states(
            ReportState,
            final=(),
            scheduled=WRITE_REPORT,
            draft=WRITE_REPORT,
            submitted=work("report_judge", _("Accept or return the report"), coordinators),
            returned=work("report_mend", _("Mend the report"), grantee, due_on("due_on", "report"),
                          _("It was returned.")),
        ),
        urls={"submit": ProgressReport.get_absolute_url},
    )
)  # fmt: skip

register_panels()
