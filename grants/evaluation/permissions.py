"""Who measures, and who approves: the grantee and the funder, never the same person."""

from typing import Any

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from grants.organisations.permissions import may_edit_for
from grants.projects.permissions import can_view_as_staff, can_view_project, is_on_team
from workflows.policy import is_excluded


def can_measure(user: Any, indicator: Any) -> bool:
    """The grantee's people who may write for the organisation."""
    return may_edit_for(user, indicator.project.organisation_id)


def can_hand_in(user: Any, measurement: Any) -> bool:
    """Whoever may measure hands the measurement in."""
    return can_measure(user, measurement.indicator)


def can_judge(user: Any, measurement: Any) -> bool:
    """Coordinators and the head, unless kept away; never somebody of the grantee, nor whoever handed it in."""
    if measurement.submitted_by_id == user.pk or is_on_team(user, measurement.indicator.project):
        return False
    return has_role(user, Role.COORDINATOR, Role.HEAD) and not is_excluded(user, measurement.case_id)


def can_view_indicator(user: Any, indicator: Any) -> bool:
    """Whoever sees the project sees what it promised to change."""
    return can_view_project(user, indicator.project)


def can_view_values(user: Any, project: Any) -> bool:
    """Whether the person follows what is measured: the team and the staff; an evaluator only reads the promise."""
    return is_on_team(user, project) or can_view_as_staff(user, project)


def can_view_measurement(user: Any, measurement: Any) -> bool:
    """The grantee's team, and the funder's side once it was handed in; evaluators' work ended with the selection."""
    project = measurement.indicator.project
    if is_on_team(user, project):
        return True
    return measurement.submitted_by_id is not None and can_view_as_staff(user, project)
