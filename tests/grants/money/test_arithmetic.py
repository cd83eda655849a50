"""Money as people write it, litas, and instalments that add up."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.money.arithmetic import MoneyError, add_up, litas_to_euro, parse_money, split_percent, to_cents

NBSP, NARROW, THIN, FIGURE = "\u00a0", "\u202f", "\u2009", "\u2007"


@pytest.mark.parametrize(
    ("litas", "euro"),
    [
        # Examples published at the changeover (euras.lt, rounding principles)
        ("10", "2.90"),
        ("20", "5.79"),
        ("50", "14.48"),
        ("100", "28.96"),
        ("250", "72.41"),
        ("500", "144.81"),
        ("1000", "289.62"),
        # The programme of 2013: over 12.5 million litas
        ("12500000", "3620250.23"),
        ("0", "0.00"),
        ("0.01", "0.00"),
        ("0.02", "0.01"),
        ("3.4528", "1.00"),
        # Exactly half a cent goes up: 0.017264 / 3.4528 = 0.005
        ("0.017264", "0.01"),
    ],
)
def test_litas_divide_by_the_rate_and_round_half_up(litas, euro):
    converted = litas_to_euro(Decimal(litas))
    assert converted.amount == Decimal(euro)
    assert converted.amount.as_tuple().exponent == -2
    assert (converted.original_amount, converted.original_currency, converted.currency) == (
        Decimal(litas),
        "LTL",
        "EUR",
    )
    assert converted.rate == Decimal("3.4528")


def test_negative_litas_are_refused():
    with pytest.raises(MoneyError) as refusal:
        litas_to_euro(Decimal(-1))
    assert refusal.value.code == "negative"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 234,50", "1234.50"),
        ("1234.50", "1234.50"),
        ("1234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1 234.50", "1234.50"),
        (f"1{NBSP}234,50", "1234.50"),
        (f"1{NARROW}234,50", "1234.50"),
        (f"1{THIN}234,50", "1234.50"),
        (f"1{FIGURE}234,50", "1234.50"),
        (f" {NBSP}1234,5\t\r\n", "1234.50"),
        ("0", "0.00"),
        ("0,01", "0.01"),
        ("007", "7.00"),
        ("2000", "2000.00"),
        ("1 000 000", "1000000.00"),
        ("1.000.000", "1000000.00"),
        ("1,000,000", "1000000.00"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("12 345,6", "12345.60"),
        ("999999999,99", "999999999.99"),
    ],
)
def test_money_is_understood_as_people_write_it(typed, amount):
    assert parse_money(typed) == Decimal(amount)
    assert parse_money(typed).as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "missing"),
        ("   ", "missing"),
        (NBSP, "missing"),
        ("-5", "negative"),
        ("\u22125,00", "negative"),
        ("\u20135", "negative"),
        ("5-", "negative"),
        ("(5)", "negative"),
        ("-5 Eur", "negative"),
        ("5 Eur", "letters"),
        ("€5", "letters"),
        ("penki", "letters"),
        ("1e5", "letters"),
        ("0x10", "letters"),
        ("NaN", "letters"),
        ("Infinity", "letters"),
        ("1O0", "letters"),
        ("5%", "characters"),
        ("+5", "characters"),
        ("1'234", "characters"),
        ("1_000", "characters"),
        ("\uff15", "characters"),
        ("\u0665", "characters"),
        ("1\n2", "characters"),
        ("1,234", "ambiguous"),
        ("1.234", "ambiguous"),
        ("0,125", "ambiguous"),
        ("1234,567", "decimals"),
        ("1 234,567", "decimals"),
        ("1.234,567", "decimals"),
        ("0.0001", "decimals"),
        ("12 34", "grouping"),
        ("1 2345", "grouping"),
        ("1  234", "grouping"),
        ("1.23.456", "grouping"),
        ("1,234,56", "grouping"),
        ("1.234.56", "grouping"),
        ("1,234,567,89", "grouping"),
        ("1 234.567,89", "grouping"),
        ("1,,5", "grouping"),
        (",50", "grouping"),
        ("5,", "grouping"),
        (".", "grouping"),
        ("1000000000", "too_large"),
        ("999 999 999 999", "too_large"),
        ("9" * 400, "too_large"),
        ("9" * 100000, "too_large"),
    ],
)
def test_what_is_no_money_is_refused_with_a_sentence(typed, code):
    with pytest.raises(MoneyError) as refusal:
        parse_money(typed)
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")


def test_a_lower_limit_can_be_set_and_is_named_in_the_sentence():
    assert parse_money("100,00", maximum=Decimal("100.00")) == Decimal("100.00")
    with pytest.raises(MoneyError, match=r"100\.00"):
        parse_money("100,01", maximum=Decimal("100.00"))


@pytest.mark.parametrize(
    ("total", "percents", "instalments"),
    [
        ("20000.00", [60, 30, 10], ["12000.00", "6000.00", "2000.00"]),
        ("100.00", [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")], ["33.33", "33.33", "33.34"]),
        ("0.01", [50, 50], ["0.01", "0.00"]),
        ("0.02", [50, 50], ["0.01", "0.01"]),
        ("0.05", [50, 50], ["0.03", "0.02"]),
        ("0.10", [60, 30, 10], ["0.06", "0.03", "0.01"]),
        ("1234.57", [60, 30, 10], ["740.74", "370.37", "123.46"]),
        ("0.00", [60, 40], ["0.00", "0.00"]),
        ("17.35", [100], ["17.35"]),
        ("17.35", [0, 100, 0], ["0.00", "17.35", "0.00"]),
    ],
)
def test_instalments_add_up_to_the_cent(total, percents, instalments):
    assert split_percent(Decimal(total), percents) == [Decimal(instalment) for instalment in instalments]


@pytest.mark.parametrize(
    ("total", "percents", "code"),
    [
        ("100.00", [60, 30], "percent_sum"),
        ("100.00", [60, 50], "percent_sum"),
        ("100.00", [], "percent_sum"),
        ("100.00", [120, -20], "percent_negative"),
        ("100.001", [60, 40], "decimals"),
    ],
)
def test_a_split_that_cannot_add_up_is_refused(total, percents, code):
    with pytest.raises(MoneyError) as refusal:
        split_percent(Decimal(total), percents)
    assert refusal.value.code == code


cents = st.integers(min_value=0, max_value=10**11).map(lambda whole: Decimal(whole) / 100)


@given(total=cents, cuts=st.lists(st.integers(0, 10_000), max_size=11))
def test_any_split_adds_up_and_is_within_a_cent_of_the_exact_share(total, cuts):
    edges = [0, *sorted(cuts), 10_000]
    percents = [Decimal(later - earlier) / 100 for earlier, later in pairwise(edges)]
    instalments = split_percent(total, percents)
    assert add_up(instalments) == total
    assert all(instalment >= 0 for instalment in instalments)
    for instalment, percent in zip(instalments, percents, strict=True):
        assert abs(instalment - total * percent / 100) <= Decimal("0.01")


@given(amount=cents, grouping=st.sampled_from([(" ", ","), (".", ","), (",", "."), (NBSP, ","), ("", "."), ("", ",")]))
def test_every_amount_is_read_back_from_every_way_of_writing(amount, grouping):
    thousands, mark = grouping
    written = f"{amount:,.2f}".translate({ord(","): thousands, ord("."): mark})
    if amount > Decimal("999999999.99"):
        with pytest.raises(MoneyError):
            parse_money(written)
    else:
        assert parse_money(written) == amount


def read_or_refuse(typed):
    try:
        return parse_money(typed)
    except MoneyError as refusal:
        return str(refusal)


@given(st.text(max_size=30))
def test_nothing_typed_is_read_as_anything_but_a_sum_or_a_sentence(typed):
    answer = read_or_refuse(typed)
    if isinstance(answer, str):
        assert answer.endswith(".")
    else:
        assert Decimal(0) <= answer <= Decimal("999999999.99")
        assert answer == to_cents(answer)
