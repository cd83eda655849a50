"""Who may do what with an application: the team writes the draft, the funder reads what was submitted and checks it."""

from typing import Any

from grants.organisations.permissions import may_edit_for, may_submit_for
from grants.projects.permissions import can_coordinate, can_view_as_staff, can_view_project, is_on_team
from grants.projects.states import ProjectState

S = ProjectState


def can_view_application(user: Any, application: Any) -> bool:
    """Whoever sees the project sees that it has an application, and what of it was submitted."""
    return can_view_project(user, application.project)


def can_view_draft(user: Any, application: Any) -> bool:
    """What is not submitted yet belongs to the team alone."""
    return is_on_team(user, application.project)


def can_edit_application(user: Any, application: Any) -> bool:
    """The team's writers, as long as the application is a draft or some of its sections are open for clarification."""
    return may_edit_for(user, application.project.organisation_id) and application.project.state in (
        S.CALL,
        S.APPLICATION,
    )


def can_submit_application(user: Any, application: Any) -> bool:
    """Only who may submit in the applicant's name."""
    return may_submit_for(user, application.project.organisation_id)


def can_view_attempts(user: Any, application: Any) -> bool:
    """Both sides read when somebody tried to submit, and what came of it."""
    return is_on_team(user, application.project) or can_view_as_staff(user, application.project)


def can_check(user: Any, project: Any) -> bool:
    """Coordinators and the head check an application that has been submitted."""
    return can_coordinate(user, project) and project.state == S.APPLICATION


def can_view_check(user: Any, project: Any) -> bool:
    """The funder's side reads the checklist; the applicant is told its outcome."""
    return can_view_as_staff(user, project) and project.state != S.CALL


def can_answer(user: Any, clarification: Any) -> bool:
    """Only who may submit in the applicant's name answers for it."""
    return may_submit_for(user, clarification.project.organisation_id)


def can_cancel_clarification(user: Any, clarification: Any) -> bool:
    """Whoever may ask may take the question back."""
    return can_coordinate(user, clarification.project)


def can_view_version(user: Any, version: Any) -> bool:
    """Whoever sees the project reads what was submitted."""
    return can_view_project(user, version.application.project)


def can_download_version(user: Any, version: Any) -> bool:
    """The received file as a whole, accounts and telephones in it, is for the team and the funder's staff."""
    project = version.application.project
    return is_on_team(user, project) or can_view_as_staff(user, project)


def can_view_clarification(user: Any, clarification: Any) -> bool:
    """The team, and the funder's side."""
    return is_on_team(user, clarification.project) or can_view_as_staff(user, clarification.project)


def nobody(user: Any, obj: Any) -> bool:
    """No person: only the clock."""
    return False
