"""The funder's help for an organisation that nobody can manage any more: one invitation, with a reason, told to all."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grants.accounts.permissions import is_staff_member
from grants.accounts.selectors import people_with_address
from grants.organisations.models import Invitation, Organisation
from grants.organisations.permissions import can_help
from grants.organisations.selectors import active_members, open_invitations
from grants.organisations.services.invitations import send_once, staff_obstacle
from grants.organisations.services.members import lock
from grants.organisations.states import MemberRole
from workflows.exceptions import Blocked, NotPermitted
from workflows.obstacles import Obstacle
from workflows.services.messages import queue_message


@transaction.atomic
def help_organisation(*, organisation: Organisation, email: str, reason: str, by: Any) -> Invitation:
    """Invite an address of the organisation's own domain to be its administrator, and tell its members why.

    The invitation, its reason and who sent it stay in the organisation's log. Raises NotPermitted unless `by` is an
    administrator of the funder, from outside, and the organisation has no active administrator; Blocked for an
    address of another domain or of somebody who works for the funder.
    """
    lock(organisation)
    if not can_help(by, organisation):
        raise NotPermitted
    if obstacle := _obstacle(organisation, email, reason):
        raise Blocked([obstacle])
    earlier = open_invitations(organisation).filter(email__iexact=email).first()
    invitation, is_new = send_once(
        earlier, organisation=organisation, email=email, role=MemberRole.ADMIN, by=by, reason=reason
    )
    if is_new:
        _tell_members(invitation)
    return invitation


def _obstacle(organisation: Organisation, email: str, reason: str) -> Obstacle | None:
    domain = organisation.domain.strip().lower()
    if not reason:
        return Obstacle("reason", _("Write the reason: the members of the organisation will read it."))
    if not domain:
        words = _("No internet domain of this organisation is known. Let its people ask to join and decide on that.")
        return Obstacle("no_domain", words)
    if email.lower().rpartition("@")[2] != domain:
        return Obstacle("other_domain", _("Write an address of the organisation itself, one that ends in its domain."))
    if any(is_staff_member(person) for person in people_with_address(email)):
        return staff_obstacle()
    return None


def _tell_members(invitation: Invitation) -> None:
    """Everybody who acts for the organisation reads whom the funder has invited, and why."""
    context = {
        "organisation": str(invitation.organisation),
        "address": invitation.email,
        "inviter": str(invitation.invited_by),
        "reason": invitation.reason,
        "path": invitation.organisation.get_absolute_url(),
    }
    for membership in active_members(invitation.organisation).filter(user__is_active=True):
        key = f"organisation_helped:{invitation.pk}:{membership.user_id}"
        queue_message("organisation_helped", membership.user, context=context, dedupe=key)
