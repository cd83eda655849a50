"""Members of an organisation: joining, changing of role, leaving."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grants.organisations.models import Membership, Organisation
from grants.organisations.permissions import can_manage_members, forget_memberships
from grants.organisations.selectors import active_admins
from grants.organisations.states import ROLE_RANK, MemberRole
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.obstacles import Obstacle


@transaction.atomic
def add_member(*, organisation: Organisation, user: Any, role: str, by: Any) -> Membership:
    """Let the person act for the organisation. Who acts for it already keeps the higher of the two roles.

    `by` is somebody who manages the members, or SYSTEM for what an invitation or a decision has settled.
    Raises NotPermitted for anybody else.
    """
    if by is not SYSTEM and not can_manage_members(by, organisation):
        raise NotPermitted
    lock(organisation)
    current = Membership.objects.filter(organisation=organisation, user=user, left_at__isnull=True).first()
    if current is not None and ROLE_RANK[current.role] >= ROLE_RANK[role]:
        return current
    return _replace(current, organisation=organisation, user=user, role=role, by=by)


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Any) -> Membership:
    """Give a member another role; the row with the earlier role ends and stays as history.

    Returns the membership that is active after it. Raises NotPermitted, or Blocked when the organisation would be
    left without an administrator.
    """
    current = _managed(membership, by)
    if current.left_at is not None or current.role == role:
        return current
    if role != MemberRole.ADMIN:
        _keep_one_admin(current)
    return _replace(current, organisation=current.organisation, user=current.user, role=role, by=by)


@transaction.atomic
def end_membership(*, membership: Membership, by: Any) -> Membership:
    """End a membership now: by who manages the members, or by the member. Drafts stay with the organisation.

    Twice leaves the first end as it was. Raises NotPermitted, or Blocked for the last administrator.
    """
    current = _managed(membership, by, own_too=True)
    if current.left_at is not None:
        return current
    _keep_one_admin(current)
    _end(current, by)
    return current


def lock(organisation: Organisation) -> None:
    """Hold the organisation until the transaction ends: two last administrators must not leave at once."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _managed(membership: Membership, by: Any, *, own_too: bool = False) -> Membership:
    is_own = own_too and membership.user_id == by.pk
    if not is_own and not can_manage_members(by, membership.organisation):
        raise NotPermitted
    lock(membership.organisation)
    return Membership.objects.select_related("organisation", "user").get(pk=membership.pk)


def _keep_one_admin(membership: Membership) -> None:
    others = active_admins(membership.organisation_id).exclude(pk=membership.pk)
    if membership.role == MemberRole.ADMIN and not others.exists():
        raise Blocked(
            [
                Obstacle(
                    "last_admin",
                    _("This is the organisation's last administrator. Make another member an administrator first."),
                    membership.organisation.get_absolute_url(),
                )
            ]
        )


def _replace(current: Membership | None, *, organisation: Organisation, user: Any, role: str, by: Any) -> Membership:
    if current is not None:
        _end(current, by)
    added_by = None if by is SYSTEM else by
    forget_memberships(user)
    return Membership.objects.create(
        organisation=organisation, user=user, role=role, joined_at=clock.now(), added_by=added_by
    )


def _end(membership: Membership, by: Any) -> None:
    membership.left_at = clock.now()
    membership.ended_by = None if by is SYSTEM else by
    membership.save(update_fields=["left_at", "ended_by"])
    forget_memberships(membership.user)
