"""Reading of organisations, their members, invitations and requests to join."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet

from grants.accounts.permissions import has_role, is_staff_member
from grants.accounts.states import Role
from grants.organisations.folding import fold
from grants.organisations.models import Invitation, Membership, Organisation, OrganisationClaim, OrganisationName
from grants.organisations.permissions import member_roles
from grants.organisations.states import ClaimState, MemberRole
from workflows.policy import without_excluded

MANAGERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


def organisations_listed() -> QuerySet[Organisation]:
    """All organisations, š standing beside s rather than after z: that a library exists is public."""
    return Organisation.objects.select_related("municipality").order_by("search_text", "pk")


def find_organisations(queryset: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """The organisations whose names (earlier ones too), code and seat hold every word, with or without its marks."""
    for word in fold(words).split():
        queryset = queryset.filter(search_text__contains=word)
    return queryset


def my_memberships(user: Any) -> QuerySet[Membership]:
    """The organisations for which the person acts, each with `admins`: how many administrators it has."""
    active_admins = Q(
        organisation__memberships__role=MemberRole.ADMIN,
        organisation__memberships__left_at__isnull=True,
        organisation__memberships__user__is_active=True,
    )
    mine = Membership.objects.filter(user_id=user.pk, left_at__isnull=True)
    return (
        mine.select_related("organisation", "organisation__municipality")
        .annotate(admins=Count("organisation__memberships", filter=active_admins))
        .order_by("organisation__name", "pk")
    )


def members_visible_to(user: Any) -> QuerySet[Membership]:
    """The memberships, present and past, of which the person may know; always their own."""
    memberships = Membership.objects.select_related("user", "organisation")
    if is_staff_member(user):
        return memberships
    return memberships.filter(Q(organisation_id__in=member_roles(user)) | Q(user_id=user.pk))


def active_members(organisation: Organisation) -> QuerySet[Membership]:
    """Who acts for the organisation now, those who may most first."""
    members = Membership.objects.filter(organisation=organisation, left_at__isnull=True).select_related("user")
    return members.order_by("user__full_name", "user__email")


def active_admins(organisation_id: int) -> QuerySet[Membership]:
    """The organisation's administrators whose accounts are open."""
    return Membership.objects.filter(
        organisation_id=organisation_id, role=MemberRole.ADMIN, left_at__isnull=True, user__is_active=True
    )


def people_of(organisation_id: str, roles: frozenset[str]) -> QuerySet[Any]:
    """The people who act for the organisation in one of the roles now."""
    acting = Membership.objects.filter(organisation_id=organisation_id, role__in=roles, left_at__isnull=True)
    return get_user_model().objects.filter(pk__in=acting.values("user_id"))


def organisations_with_members_visible_to(user: Any) -> QuerySet[Organisation]:
    """The organisations whose members the person may see: the twin of `can_view_members`."""
    if is_staff_member(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=member_roles(user))


def organisations_managed_by(user: Any) -> QuerySet[Organisation]:
    """The organisations whose members the person decides on: the twin of `can_manage_members`."""
    if has_role(user, *MANAGERS):
        return Organisation.objects.all()
    administered = [pk for pk, role in member_roles(user).items() if role == MemberRole.ADMIN]
    return Organisation.objects.filter(pk__in=administered)


def invitations_visible_to(user: Any) -> QuerySet[Invitation]:
    """The invitations of organisations whose members the person decides on."""
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    return invitations.filter(organisation__in=organisations_managed_by(user))


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations neither accepted nor withdrawn; some may have expired."""
    return organisation.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


def claims_visible_to(user: Any) -> QuerySet[OrganisationClaim]:
    """A person's own requests, and for coordinators and administrators those that they are not kept away from."""
    claims = OrganisationClaim.objects.select_related("organisation", "user", "case")
    if not user.is_authenticated:
        return claims.none()
    own = claims.filter(user_id=user.pk)
    if not has_role(user, *MANAGERS):
        return own
    return own | without_excluded(claims, user)


def waiting_claim(user: Any, organisation: Organisation) -> OrganisationClaim | None:
    """The person's request that waits for a decision, if there is one."""
    return OrganisationClaim.objects.filter(user_id=user.pk, organisation=organisation, state=ClaimState.ASKED).first()


def former_names(organisation: Organisation) -> QuerySet[OrganisationName]:
    """The names that the organisation no longer bears, the latest first."""
    return organisation.names.filter(is_current=False)
