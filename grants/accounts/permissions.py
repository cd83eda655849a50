"""Who somebody is for the funder, and who may change it. Read once per person and request."""

from collections.abc import Callable
from typing import Any

from grants.accounts.states import STAFF_ROLES, Role

CACHE = "_roles_held"


def roles_of(user: Any) -> frozenset[str]:
    """All roles that the person holds now; none for a stranger, a closed account or nobody."""
    if user is None or not user.is_authenticated or not user.is_active:
        return frozenset()
    if CACHE not in user.__dict__:
        held = user.role_grants.filter(until__isnull=True).values_list("role", flat=True)
        user.__dict__[CACHE] = frozenset(held)
    return user.__dict__[CACHE]


def forget_roles(user: Any) -> None:
    """Read the roles anew at the next question: a role of this person has just changed."""
    user.__dict__.pop(CACHE, None)


def has_role(user: Any, *roles: str) -> bool:
    """Whether the person holds at least one of the roles (`is_superuser` counts for nothing)."""
    return not roles_of(user).isdisjoint(roles)


def holds(*roles: str) -> Callable[[Any], bool]:
    """Return the question whether a person holds at least one of the roles, for registries that ask it later."""
    return lambda user: has_role(user, *roles)


def is_staff_member(user: Any) -> bool:
    """Whether the person works for the funder in any role."""
    return has_role(user, *STAFF_ROLES)


def can_view_roles(user: Any, holder: Any = None) -> bool:
    """Administrators manage the roles, auditors read who holds them."""
    return has_role(user, Role.ADMINISTRATOR, Role.AUDITOR)


def can_view_grant(user: Any, grant: Any) -> bool:
    """One's own roles, and for administrators and auditors everybody's."""
    return can_view_roles(user) or grant.user_id == user.pk


def can_change_roles(user: Any, holder: Any = None) -> bool:
    """An administrator changes anybody's roles but their own."""
    return has_role(user, Role.ADMINISTRATOR) and (holder is None or holder.pk != user.pk)
