"""Reading of people and the roles that they hold."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Prefetch, Q, QuerySet

from grants.accounts.models import RoleGrant, User
from grants.accounts.permissions import can_view_roles
from grants.accounts.states import Role


def people_with_role(*roles: str) -> QuerySet[User]:
    """Everybody with an open account who holds at least one of the roles now."""
    held = RoleGrant.objects.filter(role__in=roles, until__isnull=True)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("full_name", "email")


def role_grants_visible_to(user: Any) -> QuerySet[RoleGrant]:
    """The roles that the reader may know of: all for administrators and auditors, else their own."""
    grants = RoleGrant.objects.select_related("user", "granted_by", "revoked_by")
    if can_view_roles(user):
        return grants
    return grants.filter(user_id=user.pk) if user.is_authenticated else grants.none()


def staff_with_roles() -> QuerySet[User]:
    """Everybody who holds a role now, with `grants_held`: their roles in the order of the list of roles."""
    held = RoleGrant.objects.filter(until__isnull=True).select_related("granted_by").order_by("role")
    return people_with_role(*Role.values).prefetch_related(Prefetch("role_grants", held, to_attr="grants_held"))


def past_grants() -> QuerySet[RoleGrant]:
    """Roles that ended, the latest first."""
    ended = RoleGrant.objects.filter(until__isnull=False)
    return ended.select_related("user", "granted_by", "revoked_by").order_by("-until", "-pk")


def person_by_email(email: str) -> User | None:
    """The open account with this address, in whatever case it was typed."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def people_with_address(email: str) -> QuerySet[User]:
    """Everybody to whom the address belongs, as the main one or as another."""
    owners = EmailAddress.objects.filter(email__iexact=email.strip()).values("user_id")
    return User.objects.filter(Q(email__iexact=email.strip()) | Q(pk__in=owners))


def verified_addresses(user: Any) -> set[str]:
    """The e-mail addresses, in lower case, that the person has proved to be theirs."""
    return {
        address.lower()
        for address in EmailAddress.objects.filter(user_id=user.pk, verified=True).values_list("email", flat=True)
    }
