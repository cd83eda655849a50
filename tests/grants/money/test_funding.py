"""How certain money is: the figures after each step, and balances as of any day, by hand-written tables."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from grants.money.arithmetic import litas_to_euro
from grants.money.models import FundingSource
from grants.money.selectors import balance_of, balances, call_balance, case_balance, grouped, overview_for, total
from grants.money.services import commit, decommit, load_sources, open_funding, pay, record_stage, reserve, return_money
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted


def figures(funding, as_of=None):
    balance = balance_of(funding, as_of)
    return tuple(int(amount) for amount in (balance.planned, balance.promised, balance.confirmed, balance.received))


@pytest.mark.parametrize(
    ("steps", "expected", "stage", "amount"),
    [
        (["planned 90"], (90, 0, 0, 0), "planned", 90),
        (["confirmed 50"], (50, 50, 50, 0), "confirmed", 50),
        (["received 50"], (50, 50, 50, 50), "received", 50),
        (["planned 0"], (0, 0, 0, 0), "planned", 0),
        (["planned 90", "promised 70", "confirmed 50", "received 20"], (90, 70, 50, 20), "received", 20),
        (["planned 90", "confirmed 50"], (90, 50, 50, 0), "confirmed", 50),
        # more is confirmed than was planned: the plan is at least that
        (["planned 90", "confirmed 95"], (95, 95, 95, 0), "confirmed", 95),
        # a later confirmation leaves what was received
        (["confirmed 50", "received 20", "confirmed 60"], (60, 60, 60, 20), "received", 20),
        # less is confirmed: no more can have been received
        (["confirmed 50", "received 50", "confirmed 30 !"], (50, 50, 30, 30), "received", 30),
        # withdrawn
        (["confirmed 50", "received 20", "confirmed 0 !"], (50, 50, 0, 0), "promised", 50),
        (["planned 90", "confirmed 50", "planned 0 !"], (0, 0, 0, 0), "planned", 0),
        (["planned 90", "planned 80 !"], (80, 0, 0, 0), "planned", 80),
        (["planned 90", "planned 100"], (100, 0, 0, 0), "planned", 100),
    ],
)
def test_figures_after_steps(sources, steps, expected, stage, amount):
    funding = None
    for step in steps:
        name, euros, *reason = step.split()
        values = {"stage": name, "amount": Decimal(euros), "by": SYSTEM, "reason": "a reason" if reason else ""}
        if funding is None:
            funding = open_funding(source=sources["es"], year=2026, **values)
        else:
            record_stage(funding=funding, **values)
    assert figures(funding) == expected
    assert (funding.stage, funding.amount) == (stage, amount)
    assert funding.steps.count() == len(steps)


@pytest.mark.parametrize(
    ("first", "second"),
    [("planned 90", "planned 89.99"), ("confirmed 50", "confirmed 49"), ("received 50", "confirmed 0"),
     ("promised 50", "planned 0"), ("received 50", "received 0")],
)  # fmt: skip
@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_becomes_smaller_without_a_reason(sources, first, second, reason):
    stage, amount = first.split()
    funding = open_funding(source=sources["es"], year=2026, stage=stage, amount=Decimal(amount), by=SYSTEM)
    before = balance_of(funding)
    stage, amount = second.split()
    with pytest.raises(Blocked) as refusal:
        record_stage(funding=funding, stage=stage, amount=Decimal(amount), by=SYSTEM, reason=reason)
    assert refusal.value.obstacles[0].code == "reason_missing"
    assert balance_of(funding) == before


@pytest.mark.parametrize("amount", ["-1", "0.005", "1000000000"])
def test_an_amount_that_is_none_is_refused(sources, funding, amount):
    with pytest.raises(Blocked):
        open_funding(source=sources["es"], year=2026, amount=Decimal(amount), by=SYSTEM)
    with pytest.raises(Blocked):
        record_stage(funding=funding, stage="received", amount=Decimal(amount), by=SYSTEM)


def test_only_finance_and_the_head_record(sources, funding, finance, head, coordinator, auditor, stranger):
    for year, person in enumerate((finance, head), start=2030):
        assert open_funding(source=sources["es"], year=year, amount=Decimal(1), by=person).steps.get().by == person
    for person in (coordinator, auditor, stranger):
        with pytest.raises(NotPermitted):
            open_funding(source=sources["es"], year=2040, amount=Decimal(1), by=person)
        with pytest.raises(NotPermitted):
            record_stage(funding=funding, stage="received", amount=Decimal(1), by=person)


def test_sources_are_loaded_once_and_mended(db):
    load_sources()
    FundingSource.objects.filter(code="es").update(name_en="Wrong")
    loaded = load_sources()
    assert list(loaded) == ["es", "valstybes", "savivaldybiu", "asociacijos", "remeju", "nuosavos"]
    assert FundingSource.objects.get(code="es").name_en == "EU funds"
    assert FundingSource.objects.count() == 6


def test_both_amounts_of_litas_are_kept(sources):
    converted = litas_to_euro(Decimal(12500000))
    funding = open_funding(
        source=sources["valstybes"], year=2013, amount=converted.amount, by=SYSTEM, converted=converted
    )
    step = funding.steps.get()
    assert (step.amount, step.original_amount, step.original_currency) == (
        Decimal("3620250.23"),
        Decimal("12500000.00"),
        "LTL",
    )


HISTORY = [
    ("2026-01-10", "open", "planned", 10000),
    ("2026-02-10", "stage", "confirmed", 8000),
    ("2026-03-10", "call reserve", None, 6000),
    ("2026-04-10", "commit", None, 4000),
    ("2026-05-10", "pay", None, 2400),
    ("2026-06-10", "stage", "received", 5000),
    ("2026-07-10", "return", None, 100),
    ("2026-08-10", "decommit", None, 500),
]
# day: planned, confirmed, received, reserved, committed, paid, available
AS_OF = {
    "2026-01-09": (0, 0, 0, 0, 0, 0, 0),
    "2026-01-10": (10000, 0, 0, 0, 0, 0, 0),
    "2026-02-09": (10000, 0, 0, 0, 0, 0, 0),
    "2026-02-10": (10000, 8000, 0, 0, 0, 0, 8000),
    "2026-03-10": (10000, 8000, 0, 6000, 0, 0, 2000),
    "2026-04-09": (10000, 8000, 0, 6000, 0, 0, 2000),
    "2026-04-10": (10000, 8000, 0, 2000, 4000, 0, 2000),
    "2026-05-10": (10000, 8000, 0, 2000, 4000, 2400, 2000),
    "2026-06-10": (10000, 8000, 5000, 2000, 4000, 2400, 2000),
    "2026-07-10": (10000, 8000, 5000, 2000, 4000, 2300, 2000),
    "2026-08-10": (10000, 8000, 5000, 2000, 3500, 2300, 2500),
    "2030-01-01": (10000, 8000, 5000, 2000, 3500, 2300, 2500),
}
ACTS = {"commit": commit, "pay": pay, "return": return_money, "decommit": decommit}


@pytest.fixture
def history(sources, case, call_case):
    funding = None
    for day, act, stage, euros in HISTORY:
        with clock.replaced(datetime.fromisoformat(f"{day}T10:00+02:00")):
            amount = Decimal(euros)
            if act == "open":
                funding = open_funding(source=sources["es"], year=2026, stage=stage, amount=amount, by=SYSTEM)
            elif act == "stage":
                record_stage(funding=funding, stage=stage, amount=amount, by=SYSTEM)
            elif act == "call reserve":
                reserve(funding=funding, case=call_case, amount=amount, by=SYSTEM, key=day)
            else:
                ACTS[act](funding=funding, case=case, amount=amount, by=SYSTEM, key=day, call_case=call_case)
    return funding


def shown(balance):
    names = ("planned", "confirmed", "received", "reserved", "committed", "paid", "available")
    return tuple(int(getattr(balance, name)) for name in names)


@pytest.mark.parametrize("day", AS_OF)
def test_every_balance_can_be_asked_as_of_any_day(history, case, call_case, day):
    as_of = date.fromisoformat(day)
    assert shown(balance_of(history, as_of)) == AS_OF[day]
    assert shown(balances(as_of=as_of)[0].balance) == AS_OF[day]
    _planned, _confirmed, _received, reserved, committed, paid, _available = AS_OF[day]
    of_call = call_balance(call_case, as_of)
    assert (of_call.reserved, of_call.committed, of_call.paid) == (reserved, committed, paid)
    assert case_balance(call_case, as_of).reserved == reserved
    own = case_balance(case, as_of)
    assert (own.committed, own.paid) == (committed, paid)


@pytest.mark.parametrize(
    ("moment", "committed"),
    [
        # A day ends at midnight in Vilnius, which is 21:00 UTC in summer
        (datetime(2026, 4, 10, 7, 59, 59, tzinfo=UTC), 0),
        (datetime(2026, 4, 10, 8, 0, 0, tzinfo=UTC), 4000),
        (datetime(2026, 4, 9, 20, 59, 59, tzinfo=UTC), 0),
        (date(2026, 4, 9), 0),
        (date(2026, 4, 10), 4000),
    ],
)
def test_a_moment_counts_to_the_second_and_a_date_to_its_end(history, moment, committed):
    assert balance_of(history, moment).committed == committed


def test_the_last_minute_of_a_day_belongs_to_it(funding, case):
    with clock.replaced(datetime.fromisoformat("2026-07-01T23:59:59.999+03:00")):
        commit(funding=funding, case=case, amount=Decimal(7), by=SYSTEM, key="late")
    assert balance_of(funding, date(2026, 6, 30)).committed == 0
    assert balance_of(funding, date(2026, 7, 1)).committed == 7


def test_groups_by_source_and_year_add_up(sources, finance, stranger):
    for source, year, euros in (("es", 2026, 100), ("es", 2027, 200), ("remeju", 2026, 40)):
        open_funding(source=sources[source], year=year, stage="confirmed", amount=Decimal(euros), by=SYSTEM)
    open_funding(source=sources["es"], year=2026, stage="confirmed", amount=Decimal(1), by=SYSTEM, programme_code="BP")
    rows = balances()
    by_source = grouped(rows, "source_id")
    assert {pk: int(sums.available) for pk, sums in by_source.items()} == {
        sources["es"].pk: 301,
        sources["remeju"].pk: 40,
    }
    assert {key: int(sums.available) for key, sums in grouped(rows, "source_id", "year").items()} == {
        (sources["es"].pk, 2026): 101,
        (sources["es"].pk, 2027): 200,
        (sources["remeju"].pk, 2026): 40,
    }
    assert total(rows).available == 341
    years, everything = overview_for(finance)
    assert [(year.year, int(year.total.available)) for year in years] == [(2027, 200), (2026, 141)]
    assert everything.available == 341
    assert overview_for(stranger)[0] == []
