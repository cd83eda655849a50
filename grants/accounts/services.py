"""What can be changed about people: how they are addressed, and which roles they hold."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grants.accounts.models import RoleGrant, User
from grants.accounts.names import tidy_line
from grants.accounts.permissions import can_change_roles, forget_roles
from grants.accounts.selectors import person_by_email
from grants.accounts.states import Role
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.obstacles import Obstacle


@transaction.atomic
def open_account(
    *, email: str, full_name: str, by: Any, language: str = "lt", password: str | None = None, is_demo: bool = False
) -> User:
    """Make an account whose address counts as verified; a known address keeps its account as it is.

    For the demonstration and for the first administrator. Raises NotPermitted unless `by` is SYSTEM.
    """
    if by is not SYSTEM:
        raise NotPermitted
    person = person_by_email(email)
    if person is None:
        fields = {"full_name": tidy_line(full_name), "language": language, "is_demo": is_demo}
        person = User.objects.create_user(email, password, **fields)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def change_profile(*, person: User, full_name: str, language: str, time_zone: str, by: User) -> None:
    """Change how the person is named and in which language and zone the product speaks to them.

    Raises NotPermitted unless the person does it themselves.
    """
    if by.pk != person.pk:
        raise NotPermitted
    person.full_name, person.language, person.time_zone = full_name, language, time_zone
    person.save(update_fields=["full_name", "language", "time_zone"])


def change_language(*, person: User, language: str, by: User) -> None:
    """Remember the language that the person has just switched to; raises NotPermitted for another's account."""
    if by.pk != person.pk:
        raise NotPermitted
    User.objects.filter(pk=person.pk).update(language=language)
    person.language = language


@transaction.atomic
def grant_role(*, person: User, role: str, by: Any, reason: str = "") -> RoleGrant:
    """Give the person a role, from now on; a role already held stays as it was granted.

    `by` is an administrator, or SYSTEM for the first one. Raises NotPermitted for one's own roles and for anybody else.
    """
    if by is not SYSTEM and not can_change_roles(by, person):
        raise NotPermitted
    User.objects.select_for_update().get(pk=person.pk)
    grant, _is_new = RoleGrant.objects.get_or_create(
        user=person,
        role=role,
        until=None,
        defaults={"granted_by": None if by is SYSTEM else by, "reason": reason, "since": clock.now()},
    )
    forget_roles(person)
    return grant


@transaction.atomic
def revoke_role(*, grant: RoleGrant, by: User, reason: str) -> RoleGrant:
    """End a role now. Twice leaves the first end as it was.

    Raises NotPermitted for one's own roles, Blocked for the last administrator.
    """
    if not can_change_roles(by, grant.user):
        raise NotPermitted
    # All administrators are locked, not only this one: two of them must not revoke each other at once.
    administrators = list(
        RoleGrant.objects.select_for_update()
        .filter(role=Role.ADMINISTRATOR, until__isnull=True, user__is_active=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if grant.until is not None:
        return grant
    if administrators == [grant.pk]:
        raise Blocked([Obstacle("last_administrator", _("This is the last administrator. Appoint another one first."))])
    grant.until, grant.revoked_by, grant.revocation_reason = clock.now(), by, reason
    grant.save(update_fields=["until", "revoked_by", "revocation_reason"])
    forget_roles(grant.user)
    return grant
