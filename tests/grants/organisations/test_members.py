"""What members may do for an organisation, and how they join, change and leave."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from grants.accounts.models import User
from grants.organisations.models import Membership, Organisation
from grants.organisations.permissions import (
    can_manage_members,
    can_view_members,
    is_admin_of,
    is_member_of,
    may_certify_for,
    may_edit_for,
    may_submit_for,
)
from grants.organisations.selectors import (
    members_visible_to,
    organisations_managed_by,
    organisations_with_members_visible_to,
)
from grants.organisations.services.members import add_member, change_role, end_membership
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.policy import audiences_of, people_in

Someone = Callable[..., User]
Join = Callable[..., User]

#          role        member  edit   submit certify admin  view   manage
RIGHTS = [
    (None, False, False, False, False, False, False, False),
    ("viewer", True, False, False, False, False, True, False),
    ("editor", True, True, False, False, False, True, False),
    ("submitter", True, True, True, False, False, True, False),
    ("certifier", True, True, True, True, False, True, False),
    ("admin", True, True, True, True, True, True, True),
]


@pytest.mark.parametrize("row", RIGHTS, ids=lambda row: str(row[0]))
def test_what_each_member_role_may(someone: Someone, join: Join, library: Organisation, row: tuple) -> None:
    role, *expected = row
    rasa = someone("rasa")
    if role:
        join(rasa, role)

    assert [
        is_member_of(rasa, library.pk),
        may_edit_for(rasa, library.pk),
        may_submit_for(rasa, library.pk),
        may_certify_for(rasa, library.pk),
        is_admin_of(rasa, library.pk),
        can_view_members(rasa, library),
        can_manage_members(rasa, library),
    ] == expected
    assert organisations_with_members_visible_to(rasa).filter(pk=library.pk).exists() is expected[5]
    assert organisations_managed_by(rasa).filter(pk=library.pk).exists() is expected[6]


#                  role        view   manage
STAFF = [("coordinator", True, False), ("administrator", True, False), ("finance", True, False), ("head", True, False),
         ("auditor", True, False)]  # fmt: skip


@pytest.mark.parametrize(("role", "views", "manages"), STAFF)
def test_what_staff_may(someone: Someone, library: Organisation, role: str, views: bool, manages: bool) -> None:
    rasa = someone("rasa", role)

    assert can_view_members(rasa, library) is views
    assert can_manage_members(rasa, library) is manages
    assert not may_edit_for(rasa, library.pk)
    assert organisations_with_members_visible_to(rasa).exists() is views
    assert organisations_managed_by(rasa).exists() is manages


def test_nobody_acts_for_nothing(library: Organisation) -> None:
    assert not is_member_of(AnonymousUser(), library.pk)
    assert not is_member_of(None, library.pk)
    assert not may_edit_for(AnonymousUser(), None)


AUDIENCES = [
    ("viewer", set()),
    ("editor", {"org"}),
    ("submitter", {"org", "org-submit"}),
    ("certifier", {"org", "org-submit"}),
    ("admin", {"org", "org-submit", "org-admin"}),
]


@pytest.mark.parametrize(("role", "prefixes"), AUDIENCES)
def test_audiences_of_members(
    someone: Someone, join: Join, library: Organisation, role: str, prefixes: set[str]
) -> None:
    rasa = join(someone("rasa", "finance"), role)
    own = {f"{prefix}:{library.pk}" for prefix in prefixes}

    assert audiences_of(rasa) == own | {f"user:{rasa.pk}", "role:finance"}
    for prefix in ("org", "org-submit", "org-admin"):
        assert (rasa in people_in(f"{prefix}:{library.pk}")) is (prefix in prefixes)
    assert list(people_in("role:finance")) == [rasa]
    assert list(people_in("role:coordinator")) == []


def test_joining_again_keeps_the_higher_role(someone: Someone, library: Organisation) -> None:
    rasa = someone("rasa")
    first = add_member(organisation=library, user=rasa, role="submitter", by=SYSTEM)

    assert add_member(organisation=library, user=rasa, role="editor", by=SYSTEM) == first
    assert add_member(organisation=library, user=rasa, role="admin", by=SYSTEM).role == "admin"
    assert Membership.objects.filter(user=rasa, left_at__isnull=True).count() == 1


def test_a_changed_role_leaves_the_earlier_one_as_history(someone: Someone, join: Join, library: Organisation) -> None:
    boss, rasa = join(someone("boss"), "admin"), join(someone("rasa"), "viewer")
    later = datetime(2030, 1, 1, tzinfo=UTC)
    with clock.replaced(later):
        changed = change_role(membership=rasa.memberships.get(), role="editor", by=boss)

    assert (changed.role, changed.joined_at, changed.added_by) == ("editor", later, boss)
    ended = rasa.memberships.get(left_at__isnull=False)
    assert (ended.role, ended.left_at, ended.ended_by) == ("viewer", later, boss)
    assert change_role(membership=changed, role="editor", by=boss) == changed
    assert change_role(membership=ended, role="admin", by=boss) == ended


@pytest.mark.parametrize("role", ["viewer", "editor", "submitter", "certifier"])
def test_only_administrators_change_members(someone: Someone, join: Join, role: str, library: Organisation) -> None:
    boss, rasa = join(someone("boss"), "admin"), join(someone("rasa"), role)

    with pytest.raises(NotPermitted):
        change_role(membership=boss.memberships.get(), role="viewer", by=rasa)
    with pytest.raises(NotPermitted):
        end_membership(membership=boss.memberships.get(), by=rasa)
    with pytest.raises(NotPermitted):
        change_role(membership=rasa.memberships.get(), role="admin", by=rasa)
    with pytest.raises(NotPermitted):
        add_member(organisation=library, user=someone("ona"), role="viewer", by=rasa)


def test_a_member_may_leave_and_leaving_twice_is_leaving_once(someone: Someone, join: Join) -> None:
    join(someone("boss"), "admin")
    rasa = join(someone("rasa"), "editor")
    membership = rasa.memberships.get()

    ended = end_membership(membership=membership, by=rasa)
    again = end_membership(membership=membership, by=rasa)

    assert (again.left_at, again.ended_by) == (ended.left_at, rasa)


def test_the_last_administrator_can_neither_leave_nor_step_down(someone: Someone, join: Join) -> None:
    boss = join(someone("boss"), "admin")
    join(someone("rasa"), "certifier")
    membership = boss.memberships.get()

    with pytest.raises(Blocked) as refusal:
        end_membership(membership=membership, by=boss)
    assert [obstacle.code for obstacle in refusal.value.obstacles] == ["last_admin"]
    with pytest.raises(Blocked):
        change_role(membership=membership, role="editor", by=boss)


@pytest.mark.parametrize("role", ["coordinator", "administrator", "head"])
def test_the_funder_manages_nobody(someone: Someone, join: Join, library: Organisation, role: str) -> None:
    boss, ona = join(someone("boss"), "admin"), someone("ona", role)
    membership = boss.memberships.get()

    for refused in (
        lambda: add_member(organisation=library, user=ona, role="viewer", by=ona),
        lambda: change_role(membership=membership, role="editor", by=ona),
        lambda: end_membership(membership=membership, by=ona),
    ):
        with pytest.raises(NotPermitted):
            refused()


def test_an_administrator_with_a_closed_account_does_not_count(someone: Someone, join: Join) -> None:
    boss, away = join(someone("boss"), "admin"), join(someone("away"), "admin")
    User.objects.filter(pk=away.pk).update(is_active=False)

    with pytest.raises(Blocked):
        end_membership(membership=boss.memberships.get(), by=boss)


def test_one_of_two_administrators_may_leave(someone: Someone, join: Join) -> None:
    boss, second = join(someone("boss"), "admin"), join(someone("second"), "admin")

    assert end_membership(membership=boss.memberships.get(), by=second).ended_by == second


def test_members_are_visible_to_members_and_staff(someone: Someone, join: Join) -> None:
    rasa, stranger, auditor = join(someone("rasa"), "viewer"), someone("jonas"), someone("ona", "auditor")

    assert members_visible_to(rasa).count() == 1
    assert members_visible_to(auditor).count() == 1
    assert members_visible_to(stranger).count() == 0


def test_the_database_refuses_two_active_memberships_of_one_person(
    someone: Someone, join: Join, library: Organisation
) -> None:
    rasa = join(someone("rasa"), "viewer")

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organisation=library, user=rasa, role="editor")


IMPOSSIBLE = [{"role": "king"}, {"left_at": datetime(2000, 1, 1, tzinfo=UTC)}]


@pytest.mark.parametrize("change", IMPOSSIBLE, ids=["unknown role", "left before joining"])
def test_the_database_refuses_an_impossible_membership(someone: Someone, join: Join, change: dict) -> None:
    rasa = join(someone("rasa"), "viewer")

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=rasa).update(**change)
