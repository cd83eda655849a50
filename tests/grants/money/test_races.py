"""Many at once on PostgreSQL with real threads: the last money is given once."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from grants.money.models import LedgerEntry
from grants.money.selectors import balance_of
from grants.money.services import commit, load_sources, open_funding, pay
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked
from workflows.models import Case

pytestmark = pytest.mark.postgres
THREADS = 8


def at_once(attempts):
    """Start all attempts at the same moment; answers what each returned or the refusal it met."""
    barrier, outcomes = threading.Barrier(len(attempts)), [None] * len(attempts)

    def run(number, attempt):
        try:
            connection.ensure_connection()
            barrier.wait(20)
            outcomes[number] = attempt()
        except Blocked as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


@pytest.fixture
def money(committed_db):
    return open_funding(source=load_sources()["es"], year=2026, stage="confirmed", amount=Decimal(1000), by=SYSTEM)


def cases(count):
    return [Case.objects.create(kind="project", number=f"R-{number}", title="x") for number in range(count)]


def test_the_last_money_is_committed_once(committed_db, money):
    for turn in range(3):
        left = balance_of(money).available
        amount = Decimal(300)

        def attempt(case, amount=amount, turn=turn):
            return lambda: commit(funding=money, case=case, amount=amount, by=SYSTEM, key=f"{turn}:{case.pk}")

        some = [Case.objects.create(kind="project", number=f"L-{turn}-{n}", title="x") for n in range(THREADS)]
        outcomes = at_once([attempt(case) for case in some])
        wins = [outcome for outcome in outcomes if isinstance(outcome, LedgerEntry)]
        assert len(wins) == int(left // amount)
        assert all(isinstance(outcome, LedgerEntry | Blocked) for outcome in outcomes)
        assert balance_of(money).available == left - amount * len(wins) >= 0


def test_exactly_one_wins_what_only_suffices_for_one(committed_db, money):
    outcomes = at_once(
        [
            lambda case=case: commit(funding=money, case=case, amount=Decimal(1000), by=SYSTEM, key=f"one:{case.pk}")
            for case in cases(THREADS)
        ]
    )
    assert sum(isinstance(outcome, LedgerEntry) for outcome in outcomes) == 1
    losers = [outcome for outcome in outcomes if isinstance(outcome, Blocked)]
    assert {loser.obstacles[0].code for loser in losers} == {"over_commit"}
    assert len(losers) == THREADS - 1


def test_one_key_at_once_is_one_entry(committed_db, money):
    (case,) = cases(1)
    outcomes = at_once(
        [lambda: commit(funding=money, case=case, amount=Decimal(10), by=SYSTEM, key="same") for _ in range(THREADS)]
    )
    assert {outcome.pk for outcome in outcomes} == {LedgerEntry.objects.get().pk}


def test_a_commitment_is_paid_once(committed_db, money):
    (case,) = cases(1)
    commit(funding=money, case=case, amount=Decimal(500), by=SYSTEM, key="c")
    outcomes = at_once(
        [lambda n=n: pay(funding=money, case=case, amount=Decimal(500), by=SYSTEM, key=f"p{n}") for n in range(THREADS)]
    )
    assert sum(isinstance(outcome, LedgerEntry) for outcome in outcomes) == 1
    assert balance_of(money).paid == Decimal(500)
