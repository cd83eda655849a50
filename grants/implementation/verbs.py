"""What the policy table says about agreements, milestones, payments and reports."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grants.accounts.states import Role
from grants.implementation import permissions as may
from grants.implementation.selectors import (
    agreements_visible_to,
    milestones_visible_to,
    payments_visible_to,
    reports_visible_to,
)
from grants.organisations.models import Membership
from workflows.policy import people_with, register_verb
from workflows.policy_table import register_situations


def sees(user: Any, obj: Any) -> bool:
    """Whether the person follows the carrying out of the project that the row is of."""
    return may.can_view_implementation(user, obj.project)


def people_of_funder(obj: Any, *roles: Role) -> QuerySet[Any]:
    """The people behind roles of the funder, less those kept away and those of the grantee's own team."""
    team = Membership.objects.filter(organisation=obj.project.organisation_id, left_at__isnull=True).values("user")
    return people_with(obj.case_id, *(f"role:{role}" for role in roles)).exclude(pk__in=team)


LEADERS = (Role.COORDINATOR, Role.HEAD)

register_situations("agreement", {"draft": _("being prepared"), "signed": _("signed")})
register_situations("milestone", {"planned": _("planned"), "submitted": _("reported")})
register_situations(
    "payment", {"planned": _("planned"), "requested": _("put forward by the coordinator"), "paid": _("paid")}
)
register_situations("progressreport", {"draft": _("being written"), "accepted": _("accepted")})

for model, label, seen in (
    ("agreement", _("see an agreement"), agreements_visible_to),
    ("milestone", _("see a milestone"), milestones_visible_to),
    ("payment", _("see a payment"), payments_visible_to),
    ("progressreport", _("see a report"), reports_visible_to),
):
    register_verb(f"{model}.view", label, model=f"grants.{model}", can=sees, visible_to=seen)
register_verb(
    "progressreport.read",
    _("read what a report says"),
    model="grants.progressreport",
    can=may.can_read_report,
)
for name, label, model in (
    ("agreement.prepare", _("send an agreement and record its signatures"), "agreement"),
    ("milestone.waive", _("waive a milestone"), "milestone"),
    ("payment.request", _("put a payment forward"), "payment"),
):
    register_verb(
        name,
        label,
        model=f"grants.{model}",
        can=may.can_coordinate,
        who_may=lambda obj: people_of_funder(obj, *LEADERS),
    )
register_verb(
    "agreement.terminate",
    _("end an agreement early"),
    model="grants.agreement",
    can=may.can_terminate,
    who_may=lambda agreement: people_of_funder(agreement, Role.HEAD),
)
for name, label, model in (
    ("milestone.report", _("report a milestone done"), "milestone"),
    ("progressreport.write", _("write a report and its costs"), "progressreport"),
):
    register_verb(
        name,
        label,
        model=f"grants.{model}",
        can=may.can_write,
        who_may=lambda obj: people_with(obj.case_id, f"org:{obj.project.organisation_id}"),
    )
for name, label, model in (
    ("milestone.judge", _("accept or return a milestone"), "milestone"),
    ("progressreport.judge", _("accept or return a report"), "progressreport"),
):
    register_verb(
        name,
        label,
        model=f"grants.{model}",
        can=may.can_judge,
        who_may=lambda obj: people_of_funder(obj, *LEADERS),
    )
register_verb(
    "progressreport.submit",
    _("submit a report"),
    model="grants.progressreport",
    can=may.can_hand_in,
    who_may=lambda report: people_with(report.case_id, f"org-submit:{report.project.organisation_id}"),
)
register_verb(
    "payment.approve",
    _("approve a payment"),
    model="grants.payment",
    can=may.can_approve_payment,
    who_may=lambda payment: people_of_funder(payment, Role.HEAD, Role.FINANCE).exclude(pk=payment.requested_by_id),
)
register_verb(
    "payment.pay",
    _("pay, and record it"),
    model="grants.payment",
    can=may.can_pay,
    who_may=lambda payment: people_of_funder(payment, Role.FINANCE).exclude(pk=payment.approved_by_id),
)
