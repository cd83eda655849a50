"""Who sees programmes and the strategy plan, and who may import it."""

from typing import Any

from grants.accounts.permissions import has_role, is_staff_member
from grants.accounts.states import Role


def can_view_programmes(user: Any, obj: Any = None) -> bool:
    """Everybody who works for the funder sees programmes and plans."""
    return is_staff_member(user)


def can_import_strategy(user: Any, plan: Any = None) -> bool:
    """Coordinators and the programme head import the strategy document."""
    return has_role(user, Role.COORDINATOR, Role.HEAD)


def can_manage_programmes(user: Any, programme: Any = None) -> bool:
    """Coordinators and the programme head begin programmes."""
    return has_role(user, Role.COORDINATOR, Role.HEAD)
