"""Whatever is asked of the ledger, in whatever order: the sums stay possible, and refusals change nothing."""

from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.money.arithmetic import ZERO
from grants.money.models import LedgerEntry
from grants.money.selectors import balance_of, call_balance, case_balance
from grants.money.services import commit, decommit, pay, release_reservation, reserve, return_money
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked

ACTS = (reserve, release_reservation, commit, decommit, pay, return_money)
CENTS = st.integers(1, 700_000).map(lambda cents: Decimal(cents) / 100)


def act_out(funding, cases, call_case, story):
    """Ask for each act; whatever is refused must have changed nothing."""
    for ordinal, (act, who, amount) in enumerate(story):
        subject = cases[who] if who < 2 else call_case
        before = balance_of(funding)
        try:
            act(
                funding=funding, case=subject, amount=amount, by=SYSTEM, key=f"{ordinal}",
                call_case=None if who == 2 else call_case,
            )  # fmt: skip
        except Blocked:
            assert balance_of(funding) == before


def check(funding, cases, call_case):
    """What must hold at any moment."""
    balance = balance_of(funding)
    everyone = [case_balance(case) for case in (*cases, call_case)]
    for one in (balance, *everyone):
        assert one.reserved >= ZERO
        assert ZERO <= one.paid <= one.committed
    assert balance.available >= ZERO
    assert balance.reserved + balance.committed + balance.available == balance.confirmed
    for name in ("reserved", "committed", "paid"):
        assert sum(getattr(one, name) for one in everyone) == getattr(balance, name)
        assert getattr(call_balance(call_case), name) == getattr(balance, name)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2), CENTS), max_size=12))
def test_sums_stay_possible(funding, case, other_case, call_case, story):
    with transaction.atomic():
        act_out(funding, (case, other_case), call_case, story)
        check(funding, (case, other_case), call_case)
        transaction.set_rollback(True)  # the next example begins with an empty ledger
    assert not LedgerEntry.objects.exists()


def test_cents_that_binary_numbers_cannot_add_are_committed_whole(funding, case, other_case, call_case):
    """0.1 + 0.2 of accounting: in binary 2.86 + 128.71 is more than 131.57."""
    story = [(reserve, 0, Decimal("2.86")), (reserve, 2, Decimal("128.71")), (commit, 0, Decimal("131.57"))]
    act_out(funding, (case, other_case), call_case, story)
    [entry] = LedgerEntry.objects.filter(kind="commit")
    assert (entry.amount, entry.own_reserved, entry.call_reserved) == (
        Decimal("131.57"), Decimal("2.86"), Decimal("128.71"),
    )  # fmt: skip
    check(funding, (case, other_case), call_case)
