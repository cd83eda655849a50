"""Who somebody is for the funder, and who may change it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from grants.accounts.models import RoleGrant, User
from grants.accounts.permissions import can_change_roles, can_view_roles, has_role, is_staff_member, roles_of
from grants.accounts.selectors import people_with_role, person_by_email, role_grants_visible_to
from grants.accounts.states import Role

pytestmark = pytest.mark.django_db


def someone(name: str, *roles: str, **fields: object) -> User:
    user = User.objects.create_user(f"{name}@example.org", full_name=name.title(), **fields)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role)
    return user


#                       role            staff  view roles  change another's  change own
RIGHTS = [
    (None, False, False, False, False),
    (Role.COORDINATOR, True, False, False, False),
    (Role.FINANCE, True, False, False, False),
    (Role.HEAD, True, False, False, False),
    (Role.ADMINISTRATOR, True, True, True, False),
    (Role.AUDITOR, True, True, False, False),
]


@pytest.mark.parametrize(("role", "staff", "views", "changes", "changes_own"), RIGHTS)
def test_what_each_role_may(role: str | None, staff: bool, views: bool, changes: bool, changes_own: bool) -> None:
    user, other = someone("rasa", *([role] if role else [])), someone("jonas")

    assert is_staff_member(user) is staff
    assert can_view_roles(user) is views
    assert can_change_roles(user, other) is changes
    assert can_change_roles(user, user) is changes_own


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_nobody_holds_no_role(nobody: object) -> None:
    assert roles_of(nobody) == frozenset()


def test_a_closed_account_holds_no_role() -> None:
    assert roles_of(someone("rasa", Role.COORDINATOR, is_active=False)) == frozenset()


def test_superuser_opens_nothing() -> None:
    root = User.objects.create_superuser("root@example.org", "labai-ilgas-slaptazodis")

    assert not is_staff_member(root)
    assert not can_view_roles(root)


def test_one_person_holds_several_roles_and_they_are_read_once(django_assert_num_queries: object) -> None:
    user = someone("rasa", Role.COORDINATOR, Role.FINANCE)

    with django_assert_num_queries(1):
        assert roles_of(user) == {"coordinator", "finance"}
        assert has_role(user, Role.HEAD, Role.FINANCE)
        assert not has_role(user, Role.HEAD)
        assert is_staff_member(user)


def test_people_with_role_leaves_out_ended_roles_and_closed_accounts() -> None:
    rasa = someone("rasa", Role.COORDINATOR)
    someone("jonas", Role.FINANCE)
    someone("ona", Role.COORDINATOR, is_active=False)
    ended = someone("petras", Role.COORDINATOR).role_grants.get()
    RoleGrant.objects.filter(pk=ended.pk).update(until=ended.since)

    assert list(people_with_role(Role.COORDINATOR)) == [rasa]


def test_others_roles_are_visible_to_administrators_and_auditors_only() -> None:
    rasa, jonas = someone("rasa", Role.ADMINISTRATOR), someone("jonas", Role.COORDINATOR)
    ona = someone("ona", Role.AUDITOR)

    assert role_grants_visible_to(rasa).count() == 3
    assert role_grants_visible_to(ona).count() == 3
    assert [grant.role for grant in role_grants_visible_to(jonas)] == ["coordinator"]
    assert role_grants_visible_to(AnonymousUser()).count() == 0


def test_a_person_is_found_by_address_in_any_case() -> None:
    rasa = someone("rasa")

    assert person_by_email(" Rasa@EXAMPLE.org ") == rasa
    assert person_by_email("niekas@example.org") is None


IMPOSSIBLE = [
    ("the same role twice", lambda user: RoleGrant(user=user, role="coordinator"), "role_held_once"),
    ("an unknown role", lambda user: RoleGrant(user=user, role="king"), "role_known"),
    ("granted to oneself", lambda user: RoleGrant(user=user, role="head", granted_by=user), "role_not_granted"),
]


@pytest.mark.parametrize(("case", "make", "constraint"), IMPOSSIBLE)
def test_the_database_refuses(case: str, make: object, constraint: str) -> None:
    user = someone("rasa", Role.COORDINATOR)

    with pytest.raises(IntegrityError), transaction.atomic():
        make(user).save()


def test_the_database_refuses_a_role_that_ends_before_it_begins() -> None:
    grant = someone("rasa", Role.COORDINATOR).role_grants.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.filter(pk=grant.pk).update(until="2001-01-01T00:00:00Z")


def test_the_database_refuses_one_address_twice_in_other_case() -> None:
    someone("rasa")

    with pytest.raises(IntegrityError), transaction.atomic():
        User(email="RASA@example.org").save()
