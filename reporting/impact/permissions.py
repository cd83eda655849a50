"""Who asks for impact reports, publishes them and reads them."""

from typing import Any

from grants.accounts.permissions import has_role, is_staff_member
from grants.accounts.states import Role
from grants.organisations.permissions import is_member_of
from reporting.impact.states import FROZEN_STATES, ReportState, Scope
from workflows.policy import is_excluded

SEEING_EVERYTHING = (Role.COORDINATOR, Role.FINANCE, Role.HEAD, Role.AUDITOR)


def can_request_reports(user: Any) -> bool:
    """Coordinators and the head ask for reports."""
    return has_role(user, Role.COORDINATOR, Role.HEAD)


def can_request(user: Any, subject: Any) -> bool:
    """Coordinators and the head, of what they are not kept away from; subject has a case."""
    return can_request_reports(user) and not is_excluded(user, subject.case_id)


def can_publish(user: Any, report: Any) -> bool:
    """Coordinators and the head publish what they are not kept away from; what the head took back only the head."""
    return can_withdraw(user, report) if report.state == ReportState.WITHDRAWN else can_request(user, report)


def can_withdraw(user: Any, report: Any) -> bool:
    """Only the programme's head takes back what the public has read."""
    return has_role(user, Role.HEAD) and not is_excluded(user, report.case_id)


def can_assemble(user: Any, report: Any) -> bool:
    """No person: the job puts the figures in."""
    return False


def can_view_report(user: Any, report: Any) -> bool:
    """Everybody once it is published; before and after that staff, and the team of the project it is about."""
    if report.state == ReportState.PUBLISHED:
        return True
    if not getattr(user, "is_authenticated", False):
        return False
    if report.scope == Scope.PROJECT and report.state in FROZEN_STATES and _is_of_team(user, report):
        return True
    return is_staff_member(user) and not is_excluded(user, report.case_id)


def opens_rows(user: Any, report: Any) -> bool:
    """Whether the pages behind the rows open for the person: who sees every project, and the team of the only one."""
    return has_role(user, *SEEING_EVERYTHING) or (report.scope == Scope.PROJECT and _is_of_team(user, report))


def _is_of_team(user: Any, report: Any) -> bool:
    return is_member_of(user, report.project.organisation_id)
