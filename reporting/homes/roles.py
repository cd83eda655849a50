"""How a role of the funder becomes a home: who holds it, and whose work it gathers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from reporting.homes.parts import Home, Page


def home_of_role(role: Role, label: Any, build: Callable[[Any, datetime], Page]) -> Home:
    """The home of a role: its holders see it, and the work addressed to the role stands on it."""
    return Home(
        key=role.value,
        label=label,
        holds=lambda user: has_role(user, role),
        gathers=lambda audience: audience == f"role:{role.value}",
        build=build,
    )
