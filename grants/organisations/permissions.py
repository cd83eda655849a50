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
    """The organisation's administrators do; a coordinator or an administrator helps where none is left."""
    return is_admin_of(user, organisation.pk) or has_role(user, Role.COORDINATOR, Role.ADMINISTRATOR)


def can_view_membership(user: Any, membership: Any) -> bool:
    """One's own, those of one's organisations, and for staff all."""
    return membership.user_id == user.pk or can_view_members(user, membership.organisation)


def can_view_claim(user: Any, claim: Any) -> bool:
    """Whoever asked, and coordinators and administrators who are not kept away."""
    if asked_it(user, claim):
        return True
    return has_role(user, Role.COORDINATOR, Role.ADMINISTRATOR) and not is_excluded(user, claim.case_id)


def can_decide_claim(user: Any, claim: Any) -> bool:
    """Coordinators and administrators decide who may act for an organisation, but not about themselves."""
    is_theirs = has_role(user, Role.COORDINATOR, Role.ADMINISTRATOR) and claim.user_id != user.pk
    return is_theirs and not is_excluded(user, claim.case_id)


def asked_it(user: Any, claim: Any) -> bool:
    """The request is the person's own."""
    return claim.user_id == user.pk
