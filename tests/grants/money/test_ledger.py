"""The ledger: what each act does to the balance, and what it refuses."""

from decimal import Decimal

import pytest

from grants.money.models import LedgerEntry
from grants.money.selectors import balance_of, call_balance, case_balance
from grants.money.services import commit, decommit, pay, release_reservation, reserve, return_money
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted

ACTS = {
    "reserve": reserve,
    "release": release_reservation,
    "commit": commit,
    "decommit": decommit,
    "pay": pay,
    "return": return_money,
}


def money(text):
    return Decimal(text).quantize(Decimal("0.01"))


def play(funding, case, call_case, story):
    """Act a story such as "call reserve 6000; commit 2000"; acts of the call itself begin with `call`."""
    for ordinal, line in enumerate(filter(None, (part.strip() for part in story.split(";")))):
        words = line.split()
        subject = call_case if words[0] == "call" else case
        parent = None if words[0] == "call" else call_case
        act, amount = words[-2:]
        ACTS[act](
            funding=funding, case=subject, amount=money(amount), by=SYSTEM, key=f"story:{ordinal}", call_case=parent
        )


@pytest.mark.parametrize(
    ("story", "reserved", "committed", "paid", "available"),
    [
        ("", "0", "0", "0", "10000"),
        ("reserve 4000", "4000", "0", "0", "6000"),
        ("reserve 4000; release 1500", "2500", "0", "0", "7500"),
        ("commit 4000", "0", "4000", "0", "6000"),
        ("commit 10000", "0", "10000", "0", "0"),
        # What the case itself had reserved is used first
        ("reserve 4000; commit 3000", "1000", "3000", "0", "6000"),
        ("reserve 4000; commit 5000", "0", "5000", "0", "5000"),
        # then what its call had reserved
        ("call reserve 6000; commit 2000", "4000", "2000", "0", "4000"),
        ("call reserve 6000; reserve 1000; commit 2000", "5000", "2000", "0", "3000"),
        ("call reserve 6000; commit 7000", "0", "7000", "0", "3000"),
        ("call reserve 10000; commit 10000", "0", "10000", "0", "0"),
        # set free: to the funding, not back to the call's reservation
        ("call reserve 6000; commit 2000; decommit 2000", "4000", "0", "0", "6000"),
        ("commit 4000; decommit 1000", "0", "3000", "0", "7000"),
        ("commit 4000; pay 2400", "0", "4000", "2400", "6000"),
        ("commit 4000; pay 2400; pay 1200; pay 400", "0", "4000", "4000", "6000"),
        ("commit 4000; pay 2400; decommit 1600", "0", "2400", "2400", "7600"),
        ("commit 4000; pay 4000; return 150.50", "0", "4000", "3849.50", "6000"),
        ("commit 4000; pay 4000; return 150.50; decommit 150.50", "0", "3849.50", "3849.50", "6150.50"),
        ("commit 4000; pay 4000; return 4000; pay 4000", "0", "4000", "4000", "6000"),
    ],
)
def test_balance_after(funding, case, call_case, story, reserved, committed, paid, available):
    play(funding, case, call_case, story)
    balance = balance_of(funding)
    assert (balance.reserved, balance.committed, balance.paid, balance.available) == tuple(
        map(money, (reserved, committed, paid, available))
    )
    of_call = call_balance(call_case)
    assert (of_call.reserved, of_call.committed, of_call.paid) == tuple(map(money, (reserved, committed, paid)))
    own, of_call_itself = case_balance(case), case_balance(call_case)
    assert own.reserved + of_call_itself.reserved == money(reserved)
    assert (own.committed, own.paid) == (money(committed), money(paid))


@pytest.mark.parametrize(
    ("story", "act", "amount", "code", "named"),
    [
        ("", "commit", "10000.01", "over_commit", "10,000"),
        ("reserve 4000", "reserve", "6000.01", "over_commit", "6,000"),
        ("commit 9999.99", "commit", "0.02", "over_commit", "0.01"),
        ("call reserve 9000; commit 9000", "commit", "1000.01", "over_commit", "1,000"),
        ("", "decommit", "1", "over_decommit", "EUR"),
        ("commit 4000", "decommit", "4000.01", "over_decommit", "4,000"),
        ("commit 4000; pay 2400", "decommit", "1600.01", "over_decommit", "1,600"),
        ("reserve 4000", "decommit", "1", "over_decommit", "EUR"),
        ("", "pay", "1", "over_pay", "EUR"),
        ("commit 4000; pay 2400", "pay", "1600.01", "over_pay", "1,600"),
        ("reserve 4000", "pay", "1", "over_pay", "EUR"),
        ("commit 4000", "return", "0.01", "over_return", "EUR"),
        ("commit 4000; pay 2400", "return", "2400.01", "over_return", "2,400"),
        ("reserve 4000; commit 3000", "release", "1000.01", "over_reserved", "1,000"),
        ("commit 4000", "release", "1", "over_reserved", "EUR"),
        ("", "commit", "0", "amount_invalid", "zero"),
        ("", "commit", "-5", "amount_invalid", "zero"),
        ("", "commit", "1000000000", "amount_invalid", "zero"),
    ],
)
def test_refused_with_what_is_left(funding, case, call_case, story, act, amount, code, named, english):
    play(funding, case, call_case, story)
    before = balance_of(funding)
    with pytest.raises(Blocked) as refusal:
        ACTS[act](funding=funding, case=case, amount=money(amount), by=SYSTEM, key="refused", call_case=call_case)
    assert refusal.value.obstacles[0].code == code
    assert named in str(refusal.value)
    assert balance_of(funding) == before
    assert not LedgerEntry.objects.filter(key="refused").exists()


def test_parts_of_a_cent_are_refused(funding, case):
    with pytest.raises(Blocked) as refusal:
        commit(funding=funding, case=case, amount=Decimal("1.005"), by=SYSTEM, key="cent")
    assert refusal.value.obstacles[0].code == "amount_invalid"


def test_only_the_head_goes_over_and_says_why(funding, case, finance, head):
    over = {"funding": funding, "case": case, "amount": money("12000")}
    for reason in ("", "   "):
        with pytest.raises(Blocked):
            commit(**over, by=head, key="over", override_reason=reason)
    with pytest.raises(NotPermitted):
        commit(**over, by=finance, key="over", override_reason="The ministry has promised the rest by letter.")
    entry = commit(**over, by=head, key="over", override_reason="The ministry has promised the rest by letter.")
    assert entry.override_reason == "The ministry has promised the rest by letter."
    assert balance_of(funding).available == money("-2000")
    with pytest.raises(Blocked):
        commit(funding=funding, case=case, amount=money("0.01"), by=SYSTEM, key="more")


def test_only_confirmed_money_can_be_committed(sources, case):
    from grants.money.services import open_funding, record_stage

    funding = open_funding(source=sources["remeju"], year=2026, amount=money("5000"), stage="promised", by=SYSTEM)
    with pytest.raises(Blocked):
        commit(funding=funding, case=case, amount=money("1"), by=SYSTEM, key="promise")
    record_stage(funding=funding, stage="confirmed", amount=money("3000"), by=SYSTEM)
    commit(funding=funding, case=case, amount=money("3000"), by=SYSTEM, key="promise")
    assert balance_of(funding).available == money("0")


def test_the_same_key_twice_gives_the_first_answer_twice(funding, case, other_case):
    first = commit(funding=funding, case=case, amount=money("100"), by=SYSTEM, key="award:1")
    assert commit(funding=funding, case=case, amount=money("100"), by=SYSTEM, key="award:1") == first
    assert LedgerEntry.objects.count() == 1
    for case_, amount in ((case, "101"), (other_case, "100")):
        with pytest.raises(Blocked) as refusal:
            commit(funding=funding, case=case_, amount=money(amount), by=SYSTEM, key="award:1")
        assert refusal.value.obstacles[0].code == "key_used"
    with pytest.raises(Blocked):
        pay(funding=funding, case=case, amount=money("100"), by=SYSTEM, key="award:1")
    assert LedgerEntry.objects.count() == 1


def test_a_repeated_key_answers_also_when_nothing_is_left(funding, case):
    first = commit(funding=funding, case=case, amount=money("10000"), by=SYSTEM, key="all")
    assert commit(funding=funding, case=case, amount=money("10000"), by=SYSTEM, key="all") == first


def test_a_key_of_a_decommitment_does_not_give_a_reservation_back(funding, case):
    reserve(funding=funding, case=case, amount=Decimal("50.00"), by=SYSTEM, key="r")
    commit(funding=funding, case=case, amount=Decimal("80.00"), by=SYSTEM, key="c")
    reserve(funding=funding, case=case, amount=Decimal("10.00"), by=SYSTEM, key="r2")
    decommit(funding=funding, case=case, amount=Decimal("10.00"), by=SYSTEM, key="d")
    with pytest.raises(Blocked) as refusal:
        release_reservation(funding=funding, case=case, amount=Decimal("10.00"), by=SYSTEM, key="d")
    assert [obstacle.code for obstacle in refusal.value.obstacles] == ["key_used"]
    assert case_balance(case).reserved == Decimal("10.00")
