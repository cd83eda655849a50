"""Invitations to act for an organisation: signed, expiring, used once."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from grants.accounts.permissions import is_staff_member
from grants.accounts.selectors import verified_addresses
from grants.organisations.models import Invitation, Membership, Organisation
from grants.organisations.permissions import can_manage_members, can_view_invitation, is_locked_out
from grants.organisations.selectors import active_members, open_invitations
from grants.organisations.services.members import add_member, lock
from grants.organisations.states import INVITATION_DAYS, OPEN_INVITATIONS
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.obstacles import Obstacle
from workflows.services.messages import queue_message

SALT = "grants.organisations.invitation"


def token_of(invitation: Invitation) -> str:
    """The signed word of the link; nobody can make one for another invitation."""
    return signing.Signer(salt=SALT).sign_object({"invitation": invitation.pk}, compress=False)


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind the word, in whatever state; None when the word was not signed here."""
    try:
        key = signing.Signer(salt=SALT).unsign_object(token)["invitation"]
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    return Invitation.objects.select_related("organisation", "invited_by").filter(pk=key).first()


def accept_url(invitation: Invitation) -> str:
    """Where the invitation is accepted."""
    return reverse("organisations:accept", args=[token_of(invitation)])


@transaction.atomic
def invite_member(*, organisation: Organisation, email: str, role: str, by: Any) -> Invitation:
    """Invite the address by mail. The same invitation within a minute (a double click) is sent once.

    An earlier invitation of the same address ends. Raises NotPermitted, or Blocked when the person acts for the
    organisation already or too many invitations wait.
    """
    if not can_manage_members(by, organisation):
        raise NotPermitted
    lock(organisation)
    now = clock.now()
    if active_members(organisation).filter(user__email__iexact=email).exists():
        raise Blocked([Obstacle("member_already", _("This person is a member already. Change their role instead."))])
    earlier = open_invitations(organisation).filter(email__iexact=email).first()
    if earlier is None and open_invitations(organisation).filter(expires_at__gt=now).count() >= OPEN_INVITATIONS:
        raise Blocked([Obstacle("too_many", _("Too many invitations wait. Withdraw some that nobody will use."))])
    return send_once(earlier, organisation=organisation, email=email, role=role, by=by)[0]


def send_once(
    earlier: Invitation | None, *, organisation: Organisation, email: str, role: str, by: Any, reason: str = ""
) -> tuple[Invitation, bool]:
    """The invitation, and whether it is new: the same one within a minute is answered again, else `earlier` ends.

    The caller holds the organisation's lock and has asked who may.
    """
    now = clock.now()
    same = earlier is not None and (earlier.role, earlier.reason) == (role, reason)
    if earlier is not None and same and now - earlier.invited_at < timedelta(minutes=1):
        return earlier, False
    if earlier is not None:
        _withdraw(earlier)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        invited_by=by,
        invited_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
        reason=reason,
    )
    _send(invitation)
    return invitation, True


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Any) -> Invitation:
    """Make an invitation useless; one accepted or withdrawn before stays as it is. Raises NotPermitted."""
    if not can_view_invitation(by, invitation):
        raise NotPermitted
    lock(invitation.organisation)
    invitation.refresh_from_db(fields=["accepted_at", "withdrawn_at"])
    if invitation.accepted_at is None and invitation.withdrawn_at is None:
        _withdraw(invitation)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: Any) -> Membership:
    """Make the invited person a member, once. A second click of the same person answers the same membership.

    Raises Blocked when the invitation is used, withdrawn, expired, or was sent to an address that is not theirs.
    """
    lock(invitation.organisation)
    invitation = Invitation.objects.select_related("organisation").get(pk=invitation.pk)
    if invitation.accepted_by_id == by.pk:
        mine = Membership.objects.filter(organisation=invitation.organisation, user=by, left_at__isnull=True).first()
        if mine is not None:
            return mine
    if obstacle := obstacle_of(invitation) or address_obstacle(invitation, by):
        raise Blocked([obstacle])
    invitation.accepted_at, invitation.accepted_by = clock.now(), by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return add_member(organisation=invitation.organisation, user=by, role=invitation.role, by=SYSTEM)


def obstacle_of(invitation: Invitation) -> Obstacle | None:
    """Why nobody can use the invitation any more, and what helps; None while it is good."""
    if invitation.accepted_at is not None:
        return Obstacle("used", _("This invitation has been used. Each works once; ask for another one."))
    if invitation.withdrawn_at is not None:
        return Obstacle("withdrawn", _("This invitation has been withdrawn. Ask the organisation for another one."))
    if invitation.reason and not is_locked_out(invitation.organisation):
        return Obstacle("not_needed", _("The organisation has an administrator again. Ask them to invite you."))
    if invitation.expires_at <= clock.now():
        return Obstacle("expired", _("This invitation has expired. Ask the organisation for another one."))
    return None


def address_obstacle(invitation: Invitation, user: Any) -> Obstacle | None:
    """Why this person cannot use it: a link that was forwarded opens nothing; None where the address is theirs."""
    if invitation.reason and is_staff_member(user):
        return staff_obstacle()
    if invitation.email.lower() in verified_addresses(user):
        return None
    return Obstacle(
        "other_address",
        _("The invitation was sent to another address than yours. Sign in with that address, or ask to be invited."),
    )


def staff_obstacle() -> Obstacle:
    """The funder lets none of its own into the team of an applicant."""
    return Obstacle("staff_member", _("This person works for the funder and cannot be let into an applicant's team."))


def _withdraw(invitation: Invitation) -> None:
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])


def _send(invitation: Invitation) -> None:
    queue_message(
        kind="organisation_invitation",
        to=invitation.email,
        context={
            "organisation": str(invitation.organisation),
            "role": invitation.get_role_display,
            "inviter": str(invitation.invited_by),
            "path": accept_url(invitation),
            "expires_at": invitation.expires_at,
        },
        dedupe=f"organisation_invitation:{invitation.pk}",
        language=get_language(),
    )
