"""What the policy table says about people and their roles."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.accounts.permissions import can_change_roles, can_view_grant, roles_of
from grants.accounts.selectors import role_grants_visible_to
from grants.accounts.states import Role
from workflows.policy import register_verb
from workflows.policy_table import register_roles, register_situations
from workflows.reasons import register_reasons

register_roles({role.value: role.label for role in Role})
register_roles({
    "nobody": _("signed in, without any role"),
    "superuser": _("Django's superuser without any role"),
    "signed_out": _("not signed in"),
})  # fmt: skip
register_situations("user", {"other": _("somebody else")})
register_situations("rolegrant", {"head": _("of the programme head")})
register_verb("user.change_roles", _("give and end roles"), model="grants.user", can=can_change_roles)
register_verb(
    "rolegrant.view",
    _("see who holds a role"),
    model="grants.rolegrant",
    can=can_view_grant,
    visible_to=role_grants_visible_to,
)


def roles_held(person: Any, case: Any) -> Iterable[tuple[Any, Any]]:
    """The roles that the person holds for the funder."""
    held = [str(Role(role).label) for role in sorted(roles_of(person))]
    yield _("Roles held"), ", ".join(held) or _("none")
    if person.is_superuser:
        yield _("Superuser"), _("yes, which opens nothing")


register_reasons(roles_held, order=20)
