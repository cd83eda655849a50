"""Who acts for an organisation, and in which role. Read once per person and request."""

from typing import Any

from grants.accounts.permissions import has_role, is_staff_member
from grants.accounts.states import Role
from grants.organisations.states import CERTIFYING_ROLES, EDITING_ROLES, SUBMITTING_ROLES, MemberRole
from workflows.policy import is_excluded

CACHE = "_roles_in_organisations"


def member_roles(user: Any) -> dict[int, str]:
    """The role of the person in each organisation that they act for now, by the organisation's key."""
    if user is None or not user.is_authenticated or not user.is_active:
        return {}
    if CACHE not in user.__dict__:
        active = user.memberships.filter(left_at__isnull=True)
        user.__dict__[CACHE] = dict(active.values_list("organisation_id", "role"))
    return user.__dict__[CACHE]


def forget_memberships(user: Any) -> None:
    """Read the memberships anew at the next question: one of this person's has just changed."""
    user.__dict__.pop(CACHE, None)


def is_member_of(user: Any, organisation_id: int | None) -> bool:
    """Whether the person acts for the organisation in any role."""
    return organisation_id in member_roles(user)


def may_edit_for(user: Any, organisation_id: int | None) -> bool:
    """Whether the person may write for the organisation."""
    return member_roles(user).get(organisation_id or 0, "") in EDITING_ROLES


def may_submit_for(user: Any, organisation_id: int | None) -> bool:
    """Whether the person may submit in the organisation's name."""
    return member_roles(user).get(organisation_id or 0, "") in SUBMITTING_ROLES


def may_certify_for(user: Any, organisation_id: int | None) -> bool:
    """Whether the person may certify figures and agreements in the organisation's name."""
    return member_roles(user).get(organisation_id or 0, "") in CERTIFYING_ROLES


def is_admin_of(user: Any, organisation_id: int | None) -> bool:
    """Whether the person decides who the members of the organisation are."""
    return member_roles(user).get(organisation_id or 0) == MemberRole.ADMIN


def can_view_members(user: Any, organisation: Any) -> bool:
    """Members see each other; staff see the members of all organisations."""
    return is_member_of(user, organisation.pk) or is_staff_member(user)


def can_manage_members(user: Any, organisation: Any) -> bool:
    """The organisation's own administrators, and nobody of the funder: else staff could plant people in a team."""
    return is_admin_of(user, organisation.pk)


def is_locked_out(organisation: Any) -> bool:
    """Whether nobody with an open account can manage the members: the one case in which the funder may help."""
    admins = organisation.memberships.filter(role=MemberRole.ADMIN, left_at__isnull=True, user__is_active=True)
    return not admins.exists()


def can_help(user: Any, organisation: Any) -> bool:
    """The funder's administrator helps an organisation without administrators, unless it is their own."""
    is_theirs = has_role(user, Role.ADMINISTRATOR) and not is_member_of(user, organisation.pk)
    return is_theirs and is_locked_out(organisation)


def can_view_invitation(user: Any, invitation: Any) -> bool:
    """Who manages the members; and the funder's administrators those by which they helped."""
    if can_manage_members(user, invitation.organisation):
        return True
    return bool(invitation.reason) and has_role(user, Role.ADMINISTRATOR)


def can_view_membership(user: Any, membership: Any) -> bool:
    """One's own, those of one's organisations, and for staff all."""
    return membership.user_id == user.pk or can_view_members(user, membership.organisation)


def can_view_claim(user: Any, claim: Any) -> bool:
    """Whoever asked, the organisation's administrators, and the funder's who are not kept away."""
    if asked_it(user, claim) or is_admin_of(user, claim.organisation_id):
        return True
    return has_role(user, Role.ADMINISTRATOR) and not is_excluded(user, claim.case_id)


def can_decide_claim(user: Any, claim: Any) -> bool:
    """The organisation's administrators; where none is left, the funder's, and never about one of the funder."""
    if asked_it(user, claim):
        return False
    if is_admin_of(user, claim.organisation_id):
        return True
    is_theirs = can_help(user, claim.organisation) and not is_excluded(user, claim.case_id)
    return is_theirs and not is_staff_member(claim.user)


def asked_it(user: Any, claim: Any) -> bool:
    """The request is the person's own."""
    return claim.user_id == user.pk
