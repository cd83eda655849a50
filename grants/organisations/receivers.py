"""What organisations tell the engine, and what follows from a decision about a request to join."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from grants.accounts.permissions import holds
from grants.accounts.states import Role
from grants.organisations.models import OrganisationClaim
from grants.organisations.permissions import member_roles
from grants.organisations.selectors import (
    active_admins,
    helpers_of,
    people_of,
    waiting_without_admin,
)
from grants.organisations.services.members import add_member
from grants.organisations.states import ADMIN_ROLES, EDITING_ROLES, SUBMITTING_ROLES
from workflows.actors import SYSTEM
from workflows.navigation import register_nav, signed_in
from workflows.policy import register_audiences
from workflows.services.messages import queue_message
from workflows.signals import transitioned


def _keys(prefix: str, user: Any, roles: frozenset[str]) -> set[str]:
    return {f"{prefix}:{pk}" for pk, role in member_roles(user).items() if role in roles}


register_audiences(
    "org",
    of=lambda user: _keys("org", user, EDITING_ROLES),
    people=lambda value: people_of(value, EDITING_ROLES),
    for_funder=False,
)
register_audiences(
    "org-submit",
    of=lambda user: _keys("org-submit", user, SUBMITTING_ROLES),
    people=lambda value: people_of(value, SUBMITTING_ROLES),
    for_funder=False,
)
register_audiences(
    "org-admin",
    of=lambda user: _keys("org-admin", user, ADMIN_ROLES),
    people=lambda value: people_of(value, ADMIN_ROLES),
    for_funder=False,
)
register_audiences(
    "org-help",
    of=lambda user: {f"org-help:{pk}" for pk in waiting_without_admin(user)},
    people=helpers_of,
)


register_nav(
    "organisations",
    _("Organisations"),
    "organisations:list",
    visible=signed_in,
    order=33,
    first_for=holds(Role.ADMINISTRATOR),
)


@receiver(transitioned, sender=OrganisationClaim, dispatch_uid="grants.organisations.claim_decided")
def claim_decided(sender: Any, obj: OrganisationClaim, record: Any, by: Any, **kwargs: Any) -> None:
    """Make the person a member when the request is allowed, and tell them and the administrators what was decided."""
    if record.transition not in {"allow", "decline"}:
        return
    context = {
        "organisation": str(obj.organisation),
        "path": obj.organisation.get_absolute_url(),
        "claim_path": obj.get_absolute_url(),
        "is_allowed": record.transition == "allow",
        "role": obj.get_role_display,
        "person": str(obj.user),
    }
    if record.transition == "allow":
        admins = [membership.user for membership in active_admins(obj.organisation_id).select_related("user")]
        add_member(organisation=obj.organisation, user=obj.user, role=obj.role, by=SYSTEM)
        for admin in [one for one in admins if one != by]:
            queue_message(
                "member_joined", admin, case=obj.case, context=context, dedupe=f"member_joined:{obj.pk}:{admin.pk}"
            )
    queue_message("claim_decided", obj.user, case=obj.case, context=context, dedupe=f"claim_decided:{obj.pk}")
