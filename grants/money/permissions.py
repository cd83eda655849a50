"""Who sees the funder's money and who may act on it."""

from typing import Any

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from workflows.policy import is_excluded

SEE_MONEY = (Role.FINANCE, Role.COORDINATOR, Role.HEAD, Role.AUDITOR)


def can_view_money(user: Any, obj: Any = None) -> bool:
    """Finance, coordinators, the programme head and auditors see sources, balances and the ledger."""
    return has_role(user, *SEE_MONEY)


def can_record_funding(user: Any, funding: Any = None) -> bool:
    """Finance and the programme head record what is planned, promised, confirmed and received."""
    return has_role(user, Role.FINANCE, Role.HEAD)


def can_override_limit(user: Any, funding: Any = None) -> bool:
    """Only the programme head commits more than a funding has left, and says why."""
    return has_role(user, Role.HEAD)


def can_view_entry(user: Any, entry: Any) -> bool:
    """Whoever sees money reads the entries of cases that they are not kept away from."""
    return can_view_money(user) and not (entry.case_id and is_excluded(user, entry.case_id))
