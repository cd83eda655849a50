"""Who may do what with a call. Everybody reads a published call; the funder's staff runs it."""

from typing import Any

from grants.accounts.permissions import has_role, is_staff_member
from grants.accounts.states import Role
from workflows import clock
from workflows.policy import is_excluded


def is_public(call: Any) -> bool:
    """Whether anybody may read the call: it was scheduled and the day of its publication has come."""
    return call.scheduled_at is not None and call.published_at <= clock.now()


def can_view_call(user: Any, call: Any) -> bool:
    """A published call is for everybody; an unpublished one for the funder's staff that is not kept away."""
    return is_public(call) or can_view_call_as_staff(user, call)


def can_view_call_as_staff(user: Any, call: Any) -> bool:
    """The working side of a call: dates with their reasons, obstacles, history."""
    return is_staff_member(user) and not is_excluded(user, call.case_id)


def can_load_calls(user: Any, call: Any = None) -> bool:
    """Coordinators and the programme's head bring calls in."""
    return has_role(user, Role.COORDINATOR, Role.HEAD)


def can_manage_call(user: Any, call: Any) -> bool:
    """Coordinators and the programme's head run a call from its draft to its archive."""
    return has_role(user, Role.COORDINATOR, Role.HEAD) and not is_excluded(user, call.case_id)


def can_cancel_call(user: Any, call: Any) -> bool:
    """Only the programme's head gives a call up."""
    return has_role(user, Role.HEAD) and not is_excluded(user, call.case_id)


def can_change_dates(user: Any, call: Any) -> bool:
    """Whoever runs the call may move its dates, with a reason."""
    return can_manage_call(user, call)
