"""Reading of organisations, their members, invitations and requests to join."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from grants.accounts.permissions import has_role, is_staff_member
from grants.accounts.selectors import people_with_role
from grants.accounts.states import Role
from grants.organisations.folding import every_word
from grants.organisations.models import Invitation, Membership, Organisation, OrganisationClaim, OrganisationName
from grants.organisations.permissions import member_roles
from grants.organisations.states import ClaimState, MemberRole
from workflows.policy import without_excluded


def organisations_listed() -> QuerySet[Organisation]:
    """All organisations, š standing beside s rather than after z: that a library exists is public."""
    return Organisation.objects.select_related("municipality").order_by("search_text", "pk")


def find_organisations(queryset: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """The organisations whose names (earlier ones too), code and seat hold every word, with or without its marks."""
    return queryset.filter(every_word(words, "search_text"))


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
    administered = [pk for pk, role in member_roles(user).items() if role == MemberRole.ADMIN]
    return Organisation.objects.filter(pk__in=administered)


def locked_out() -> QuerySet[Organisation]:
    """The organisations that nobody with an open account can manage: the twin of `is_locked_out`."""
    managed = Membership.objects.filter(
        organisation_id=OuterRef("pk"), role=MemberRole.ADMIN, left_at__isnull=True, user__is_active=True
    )
    return Organisation.objects.filter(~Exists(managed))


def organisations_to_help(user: Any) -> QuerySet[Organisation]:
    """The organisations without administrators that the person may help: the twin of `can_help`."""
    if not has_role(user, Role.ADMINISTRATOR):
        return Organisation.objects.none()
    return locked_out().exclude(pk__in=member_roles(user))


def helpers_of(organisation_id: str) -> QuerySet[Any]:
    """The funder's administrators who may help the organisation; nobody while it has administrators of its own."""
    members = Membership.objects.filter(organisation_id=organisation_id, left_at__isnull=True)
    people = people_with_role(Role.ADMINISTRATOR).exclude(pk__in=members.values("user_id"))
    return people.filter(Exists(locked_out().filter(pk=organisation_id)))


def invitations_visible_to(user: Any) -> QuerySet[Invitation]:
    """The twin of `can_view_invitation`."""
    mine = Q(organisation__in=organisations_managed_by(user))
    if has_role(user, Role.ADMINISTRATOR):
        mine |= ~Q(reason="")
    return Invitation.objects.select_related("organisation", "invited_by", "accepted_by").filter(mine)


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations neither accepted nor withdrawn; some may have expired."""
    return organisation.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


def claims_visible_to(user: Any) -> QuerySet[OrganisationClaim]:
    """The twin of `can_view_claim`."""
    claims = OrganisationClaim.objects.select_related("organisation", "user", "case")
    if not user.is_authenticated:
        return claims.none()
    own = claims.filter(Q(user_id=user.pk) | Q(organisation__in=organisations_managed_by(user)))
    if not has_role(user, Role.ADMINISTRATOR):
        return own
    return own | without_excluded(claims, user)


def waiting_without_admin(user: Any) -> set[int]:
    """The organisations of which requests wait for this person of the funder, because nobody else could decide."""
    waiting = OrganisationClaim.objects.filter(state=ClaimState.ASKED).values("organisation_id")
    return set(organisations_to_help(user).filter(pk__in=waiting).values_list("pk", flat=True))


def waiting_claim(user: Any, organisation: Organisation) -> OrganisationClaim | None:
    """The person's request that waits for a decision, if there is one."""
    return OrganisationClaim.objects.filter(user_id=user.pk, organisation=organisation, state=ClaimState.ASKED).first()


@dataclass(frozen=True, slots=True)
class MemberEvent:
    """One line of the log of members. `kind` is joined, left, helped or withdrawn; `who` a person or an address."""

    at: datetime
    kind: str
    who: Any
    role: Any
    by: Any = None
    reason: str = ""


def events_of(organisation: Organisation) -> list[MemberEvent]:
    """Who joined and left, and every invitation by which the funder helped, the latest first; two queries."""
    events = []
    members = Membership.objects.filter(organisation=organisation).select_related("user", "added_by", "ended_by")
    for member in members:
        role = member.get_role_display()
        events.append(MemberEvent(member.joined_at, "joined", member.user, role, member.added_by))
        if member.left_at is not None:
            events.append(MemberEvent(member.left_at, "left", member.user, role, member.ended_by))
    for help_ in organisation.invitations.exclude(reason="").select_related("invited_by"):
        role, email = help_.get_role_display(), help_.email
        events.append(MemberEvent(help_.invited_at, "helped", email, role, help_.invited_by, help_.reason))
        if help_.withdrawn_at is not None:
            events.append(MemberEvent(help_.withdrawn_at, "withdrawn", email, role))
    return sorted(events, key=lambda event: event.at, reverse=True)


def former_names(organisation: Organisation) -> QuerySet[OrganisationName]:
    """The names that the organisation no longer bears, the latest first."""
    return organisation.names.filter(is_current=False)
