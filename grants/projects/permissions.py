"""Who may do what with a project: its team for the applicant, the staff for the funder.

Later rooms widen the sight (an evaluator sees what is assigned) through the places `project.can_view` and
`project.visible_to`; a contributed sight ends where the person is kept away from the case.
"""

from typing import Any

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from grants.organisations.permissions import is_member_of, may_edit_for, may_submit_for
from grants.projects.states import NOT_SUBMITTED, WITH_AWARD
from grants.questionnaires.audience import Audience
from workflows.policy import is_excluded
from workflows.registry import contributions

CAN_VIEW = "project.can_view"
"""Place for functions can_view(user, project) -> bool of later rooms; twins of those in `project.visible_to`."""


def is_on_team(user: Any, project: Any) -> bool:
    """Whether the person acts for the applicant in any role."""
    return is_member_of(user, project.organisation_id)


def can_view_project(user: Any, project: Any) -> bool:
    """The team always; staff by their role and the stage; others whom a later room has given work on it."""
    if is_on_team(user, project):
        return True
    if not getattr(user, "is_authenticated", False) or is_excluded(user, project.case_id):
        return False
    return _staff_sees(user, project) or any(sees(user, project) for sees in contributions(CAN_VIEW))


def _staff_sees(user: Any, project: Any) -> bool:
    """Coordinators and the head see every project, the auditor what was submitted, finance what was awarded."""
    if has_role(user, Role.COORDINATOR, Role.HEAD):
        return True
    if has_role(user, Role.AUDITOR) and project.state not in NOT_SUBMITTED:
        return True
    return has_role(user, Role.FINANCE) and project.state in WITH_AWARD


def can_view_as_staff(user: Any, project: Any) -> bool:
    """The funder's side of a project: reasons of steps, internal notes."""
    return _staff_sees(user, project) and not is_excluded(user, project.case_id)


def reads_as(user: Any, project: Any) -> Audience:
    """Which answers of the project's application are for this person: evaluators see no accounts and telephones."""
    inside = is_on_team(user, project) or can_view_as_staff(user, project)
    return Audience.STAFF if inside else Audience.PANEL


def can_start_project(user: Any, organisation: Any) -> bool:
    """Whoever may write for the organisation may begin a project for it."""
    return may_edit_for(user, organisation.pk)


def can_edit_project(user: Any, project: Any) -> bool:
    """Whoever may write for the applicant fills in its project."""
    return may_edit_for(user, project.organisation_id)


def can_submit(user: Any, project: Any) -> bool:
    """Only who may submit in the applicant's name."""
    return may_submit_for(user, project.organisation_id)


def can_abandon(user: Any, project: Any) -> bool:
    """Whoever may write for the applicant may give a draft up."""
    return may_edit_for(user, project.organisation_id)


def can_withdraw(user: Any, project: Any) -> bool:
    """Only who may submit in the applicant's name takes an application back."""
    return may_submit_for(user, project.organisation_id)


def can_reopen(user: Any, project: Any) -> bool:
    """The applicant takes its own application back into work; a coordinator does so at its request."""
    return may_submit_for(user, project.organisation_id) or can_coordinate(user, project)


def can_coordinate(user: Any, project: Any) -> bool:
    """Coordinators and the programme's head lead a project through its stages."""
    return has_role(user, Role.COORDINATOR, Role.HEAD) and not is_excluded(user, project.case_id)


def can_decide(user: Any, project: Any) -> bool:
    """Who may put a decision into force; conditions come from the room of decisions."""
    return can_coordinate(user, project)


def can_overrule(user: Any, project: Any) -> bool:
    """Only the programme's head gives money without a competition, ends a project early or takes a decision back."""
    return has_role(user, Role.HEAD) and not is_excluded(user, project.case_id)
