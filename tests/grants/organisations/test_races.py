"""Two people at once, on PostgreSQL with real threads: an administrator always remains, an invitation works once."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection

from grants.accounts import services as accounts
from grants.accounts.models import RoleGrant, User
from grants.organisations.models import Membership, Organisation
from grants.organisations.selectors import active_admins
from grants.organisations.services.claims import claim_organisation
from grants.organisations.services.invitations import accept_invitation, invite_member
from grants.organisations.services.members import add_member, end_membership
from workflows.actors import SYSTEM
from workflows.exceptions import Refused

pytestmark = pytest.mark.postgres


def at_once(actions: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start every action at the same moment; answers what each gave or was refused with, in order."""
    barrier, outcomes = threading.Barrier(len(actions)), [None] * len(actions)

    def run(number: int, action: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            outcomes[number] = action()
        except Refused as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def person(name: str) -> User:
    return accounts.open_account(email=f"{name}@example.org", full_name=name, by=SYSTEM)


@pytest.fixture
def place(committed_db: Any) -> Organisation:
    return Organisation.objects.create(code="x-1", kind="partner", name="Vieta")


def test_two_last_administrators_never_both_leave(place: Organisation) -> None:
    for attempt in range(10):
        rasa, jonas = person(f"rasa{attempt}"), person(f"jonas{attempt}")
        there = Organisation.objects.create(code=f"y-{attempt}", kind="partner", name="Vieta")
        members = [add_member(organisation=there, user=user, role="admin", by=SYSTEM) for user in (rasa, jonas)]

        outcomes = at_once([lambda m=m: end_membership(membership=m, by=m.user) for m in members])

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Blocked", "Membership"]
        assert active_admins(there.pk).count() == 1


def test_two_administrators_of_the_product_never_revoke_each_other(committed_db: Any) -> None:
    rasa, jonas = person("rasa"), person("jonas")
    for _ in range(10):
        grants = [accounts.grant_role(person=user, role="administrator", by=SYSTEM) for user in (rasa, jonas)]

        pairs = [(rasa.pk, grants[1]), (jonas.pk, grants[0])]
        outcomes = at_once(
            [
                lambda pk=pk, g=g: accounts.revoke_role(grant=g, by=User.objects.get(pk=pk), reason="R")
                for pk, g in pairs
            ]
        )

        assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
        assert RoleGrant.objects.filter(role="administrator", until__isnull=True).count() == 1


def test_one_invitation_clicked_eight_times_at_once_makes_one_member(place: Organisation) -> None:
    boss, rasa = person("boss"), person("rasa")
    add_member(organisation=place, user=boss, role="admin", by=SYSTEM)
    invitation = invite_member(organisation=place, email=rasa.email, role="editor", by=boss)

    outcomes = at_once([lambda: accept_invitation(invitation=invitation, by=rasa)] * 8)

    assert {outcome.pk for outcome in outcomes} == {Membership.objects.get(user=rasa).pk}


def test_one_request_clicked_eight_times_at_once_is_one_request(place: Organisation) -> None:
    rasa = person("rasa")

    outcomes = at_once([lambda: claim_organisation(organisation=place, message="Esu", by=rasa)] * 8)

    assert len({outcome.pk for outcome in outcomes}) == 1


def test_one_role_granted_eight_times_at_once_is_one_grant(committed_db: Any) -> None:
    rasa = person("rasa")

    outcomes = at_once([lambda: accounts.grant_role(person=rasa, role="head", by=SYSTEM)] * 8)

    assert len({outcome.pk for outcome in outcomes}) == 1
