"""Who sees programmes and the strategy plan, and who may import it."""

from typing import Any

from grants.accounts.permissions import has_role, is_staff_member
from grants.accounts.states import Role
from workflows.policy import is_excluded


def can_view_programmes(user: Any, obj: Any = None) -> bool:
    """Everybody who works for the funder sees programmes and plans."""
    return is_staff_member(user)


def can_view_programme(user: Any, programme: Any) -> bool:
    """One programme: not for those who are kept away from its case."""
    return can_view_programmes(user) and not is_excluded(user, programme.case_id)


def can_import_strategy(user: Any, plan: Any = None) -> bool:
    """Coordinators and the programme head import the strategy document."""
    return has_role(user, Role.COORDINATOR, Role.HEAD)


def can_manage_programmes(user: Any, programme: Any = None) -> bool:
    """Coordinators and the programme head begin programmes."""
    return has_role(user, Role.COORDINATOR, Role.HEAD)
