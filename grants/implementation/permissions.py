"""Who may do what while a project is carried out.

Whoever puts a payment forward does not approve it, and whoever approves it does not pay it. Nobody acts for the
funder on a project of an organisation that they also act for.
"""

from typing import Any

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from grants.organisations.permissions import may_edit_for, may_submit_for
from grants.projects.permissions import can_view_as_staff, is_on_team
from workflows.policy import is_excluded


def can_view_implementation(user: Any, project: Any) -> bool:
    """The team and the staff who see the project; a reviewer of the application has no part in what comes after it."""
    return is_on_team(user, project) or can_view_as_staff(user, project)


def can_read_report(user: Any, report: Any) -> bool:
    """What is being written belongs to the grantee's team; the funder reads what was handed in."""
    if is_on_team(user, report.project):
        return True
    return report.submitted_at is not None and can_view_as_staff(user, report.project)


def can_write(user: Any, obj: Any) -> bool:
    """The grantee's people who may write for the organisation."""
    return may_edit_for(user, obj.project.organisation_id)


def can_hand_in(user: Any, obj: Any) -> bool:
    """The grantee's people who may submit in the organisation's name."""
    return may_submit_for(user, obj.project.organisation_id)


def acts_for_funder(user: Any, obj: Any, *roles: Role) -> bool:
    """Whether the person has one of the roles, is not kept away from the case and is nobody of the grantee's team."""
    return has_role(user, *roles) and not is_excluded(user, obj.case_id) and not is_on_team(user, obj.project)


def can_coordinate(user: Any, obj: Any) -> bool:
    """Coordinators and the head."""
    return acts_for_funder(user, obj, Role.COORDINATOR, Role.HEAD)


def can_judge(user: Any, obj: Any) -> bool:
    """Whoever accepts or returns what the grantee handed in."""
    return can_coordinate(user, obj)


def can_approve_payment(user: Any, payment: Any) -> bool:
    """The head or finance approves what somebody else put forward, or returns it."""
    return payment.requested_by_id != user.pk and acts_for_funder(user, payment, Role.HEAD, Role.FINANCE)


def can_pay(user: Any, payment: Any) -> bool:
    """Finance records that money left which somebody else approved."""
    return payment.approved_by_id != user.pk and acts_for_funder(user, payment, Role.FINANCE)


def can_terminate(user: Any, obj: Any) -> bool:
    """Only the programme's head ends an agreement early."""
    return acts_for_funder(user, obj, Role.HEAD)
