"""Giving and ending roles, and one's own profile."""

from datetime import UTC, datetime

import pytest

from grants.accounts import services
from grants.accounts.models import RoleGrant, User
from grants.accounts.permissions import has_role
from grants.accounts.selectors import verified_addresses
from grants.accounts.states import Role
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def someone(name: str, *roles: str) -> User:
    user = User.objects.create_user(f"{name}@example.org", full_name=name.title())
    for role in roles:
        services.grant_role(person=user, role=role, by=SYSTEM)
    return user


def test_a_granted_role_says_who_when_and_why() -> None:
    rasa, jonas = someone("rasa", Role.ADMINISTRATOR), someone("jonas")

    assert not has_role(jonas, Role.COORDINATOR)
    with clock.replaced(NOON):
        grant = services.grant_role(person=jonas, role=Role.COORDINATOR, by=rasa, reason="New coordinator")

    assert (grant.granted_by, grant.since, grant.reason, grant.until) == (rasa, NOON, "New coordinator", None)
    assert has_role(jonas, Role.COORDINATOR)


def test_granting_twice_keeps_the_first_grant() -> None:
    rasa, jonas = someone("rasa", Role.ADMINISTRATOR), someone("jonas")

    first = services.grant_role(person=jonas, role=Role.HEAD, by=rasa, reason="First")
    second = services.grant_role(person=jonas, role=Role.HEAD, by=rasa, reason="Second click")

    assert (second.pk, second.reason) == (first.pk, "First")


@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.FINANCE, Role.HEAD, Role.AUDITOR])
def test_only_an_administrator_changes_roles(role: str | None) -> None:
    someone("root", Role.ADMINISTRATOR)
    rasa, jonas = someone("rasa", *([role] if role else [])), someone("jonas", Role.COORDINATOR)

    with pytest.raises(NotPermitted):
        services.grant_role(person=jonas, role=Role.HEAD, by=rasa)
    with pytest.raises(NotPermitted):
        services.revoke_role(grant=jonas.role_grants.get(), by=rasa, reason="No")


def test_nobody_changes_their_own_roles() -> None:
    someone("jonas", Role.ADMINISTRATOR)
    rasa = someone("rasa", Role.ADMINISTRATOR)

    with pytest.raises(NotPermitted):
        services.grant_role(person=rasa, role=Role.FINANCE, by=rasa)
    with pytest.raises(NotPermitted):
        services.revoke_role(grant=rasa.role_grants.get(), by=rasa, reason="Tired")


def test_a_revoked_role_ends_and_its_row_stays() -> None:
    rasa, jonas = someone("rasa", Role.ADMINISTRATOR), someone("jonas", Role.HEAD)

    with clock.replaced(datetime(2027, 1, 1, tzinfo=UTC)):
        grant = services.revoke_role(grant=jonas.role_grants.get(), by=rasa, reason="Left the job")
        again = services.revoke_role(grant=grant, by=rasa, reason="Second click")

    assert (grant.until, grant.revoked_by, grant.revocation_reason) == (
        datetime(2027, 1, 1, tzinfo=UTC),
        rasa,
        "Left the job",
    )
    assert again.revocation_reason == "Left the job"
    assert not has_role(User.objects.get(pk=jonas.pk), Role.HEAD)


def test_a_role_can_be_granted_again_after_its_end() -> None:
    rasa, jonas = someone("rasa", Role.ADMINISTRATOR), someone("jonas", Role.HEAD)
    services.revoke_role(grant=jonas.role_grants.get(), by=rasa, reason="Leave of absence")

    services.grant_role(person=jonas, role=Role.HEAD, by=rasa, reason="Back again")

    assert RoleGrant.objects.filter(user=jonas, role=Role.HEAD).count() == 2


def test_the_last_administrator_stays() -> None:
    rasa, jonas = someone("rasa", Role.ADMINISTRATOR), someone("jonas", Role.ADMINISTRATOR)
    services.revoke_role(grant=jonas.role_grants.get(), by=rasa, reason="One is enough")
    # Whom an old page still holds as an administrator cannot end the last one's role either.
    with pytest.raises(NotPermitted):
        services.revoke_role(grant=rasa.role_grants.get(), by=User.objects.get(pk=jonas.pk), reason="Revenge")


def test_the_last_administrator_with_an_open_account_stays() -> None:
    rasa, jonas = someone("rasa", Role.ADMINISTRATOR), someone("jonas", Role.ADMINISTRATOR)
    assert has_role(jonas, Role.ADMINISTRATOR)
    User.objects.filter(pk=jonas.pk).update(is_active=False)

    with pytest.raises(Blocked) as refusal:
        services.revoke_role(grant=rasa.role_grants.get(), by=jonas, reason="Mine")

    assert [obstacle.code for obstacle in refusal.value.obstacles] == ["last_administrator"]


def test_profile_is_changed_by_its_owner_only() -> None:
    rasa, jonas = someone("rasa"), someone("jonas", Role.ADMINISTRATOR)

    services.change_profile(person=rasa, full_name="Rasa R.", language="en", time_zone="Europe/Riga", by=rasa)
    with pytest.raises(NotPermitted):
        services.change_profile(person=rasa, full_name="X", language="lt", time_zone="UTC", by=jonas)
    with pytest.raises(NotPermitted):
        services.change_language(person=rasa, language="lt", by=jonas)

    rasa.refresh_from_db()
    assert (rasa.full_name, rasa.language, rasa.time_zone) == ("Rasa R.", "en", "Europe/Riga")


def test_only_the_system_opens_accounts_without_signing_up() -> None:
    with pytest.raises(NotPermitted):
        services.open_account(email="ona@example.org", full_name="Ona", by=someone("rasa", Role.ADMINISTRATOR))


def test_an_opened_account_is_verified_and_opened_once() -> None:
    first = services.open_account(email="Ona@example.org", full_name=" Ona ", by=SYSTEM, is_demo=True)
    second = services.open_account(email="ona@example.org", full_name="Kita", by=SYSTEM)

    assert (second.pk, second.full_name, second.is_demo) == (first.pk, "Ona", True)
    assert verified_addresses(first) == {"ona@example.org"}


def test_an_account_needs_an_address() -> None:
    with pytest.raises(ValueError, match="needs an e-mail"):
        User.objects.create_user("")
