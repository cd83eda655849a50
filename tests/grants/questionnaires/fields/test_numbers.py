"""Numbers and sums."""

from decimal import Decimal

import pytest

from grants.questionnaires.fields import kinds
from grants.questionnaires.fields.numbers import NotANumber, plain, read_number

NUMBER = {"type": "number", "min": 0, "max": 1000}
MONEY = {"type": "money"}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", "0"), ("-0", "0"), ("007", "7"), ("12,5", "12.5"), ("12.5", "12.5"), ("12,50", "12.5"), ("1 000", "1000"),
        ("1\u00a0000", "1000"), ("1\u202f000", "1000"), (" 5 ", "5"), ("0,0001", "0.0001"), ("999,9999", "999.9999"),
        ("1000,0", "1000"), ("1,000000", "1"),
    ],
)  # fmt: skip
def test_number_in_either_spelling(ask, typed, value):
    assert ask(NUMBER, typed) == (value, [])


@pytest.mark.parametrize(
    "typed",
    [
        "abc", "1e5", "1E5", "0x10", "0b1", "NaN", "nan", "Infinity", "-Infinity", "inf", "1_000", "1,2,3", "1.2.3",
        "1.000,5", "+5", "--5", "5-", "5%", "5 vnt.", "½", "²", "٣", "５", "Ⅷ", "一", "1;2", "1'000", "=5", "5,", ",5",
        ".5", "5.", "-", ",", "1/2", "(5)", "0x", "None", "null", "true", "[]", "{}", "<5", "5\x0b5x", "ą", "1" * 19,
        "1" * 5000, "0." + "1" * 19, "$5", "5€",
    ],
)  # fmt: skip
def test_number_that_is_none(ask, typed):
    assert ask(NUMBER, typed) == (None, ["Write a number in digits, for example 1234 or 12,5."])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "Enter 0 or more."),
        ("\u22121", "Enter 0 or more."),
        ("1000,0001", "Enter 1,000 or less."),
        ("1001", "Enter 1,000 or less."),
        ("999999999999", "Enter 1,000 or less."),
        ("1000000000000", "The number is too large."),
        ("-1000000000000", "The number is too large."),
        ("999999999999999999", "The number is too large."),
        ("0,00001", "Write at most 4 digits after the comma."),
        ("1,000001", "Write at most 4 digits after the comma."),
    ],
)
def test_number_outside_its_limits(ask, typed, sentence):
    assert ask(NUMBER, typed) == (None, [sentence])


@pytest.mark.parametrize(
    ("number", "spelling"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("1000", "1000"),
        ("1E+3", "1000"),
        ("1.50", "1.5"),
        ("-2.0", "-2"),
        ("0.0001", "0.0001"),
    ],
)
def test_number_has_one_stored_spelling(number, spelling):
    assert plain(Decimal(number)) == spelling


def test_number_is_given_back_as_a_decimal():
    assert kinds()["number"].to_python("12.5") == Decimal("12.5")
    assert kinds()["number"].to_python(None) is None


def test_number_without_limits_may_be_negative():
    assert read_number("-12,5") == Decimal("-12.5")
    with pytest.raises(NotANumber):
        read_number("")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 234,50", "1234.50"), ("1234.50", "1234.50"), ("1234,5", "1234.50"), ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"), ("1\u00a0234,50", "1234.50"), ("1\u202f234", "1234.00"), ("0", "0.00"),
        ("1234 Eur", "1234.00"), ("1234 EUR", "1234.00"), ("€ 1234", "1234.00"), ("1234€", "1234.00"),
        ("EUR 1,234.50", "1234.50"), ("1234 eur.", "1234.00"), ("  5 ", "5.00"), ("1 000 000", "1000000.00"),
    ],
)  # fmt: skip
def test_money_in_either_spelling(ask, typed, value):
    assert ask(MONEY, typed) == (value, [])


@pytest.mark.parametrize(
    "typed",
    [
        "abc", "-5", "(5)", "\u22125", "5-", "1,234", "1.234", "1,2345", "1.2.3", "1 23", "1e3", "NaN", "Infinity",
        "0x10", "1234 USD", "$5", "5 lt", "LTL 5", "１２", "٥", "1'000", "1_000", "=5", "5,5,5", "€", "EUR", "1" * 30,
        "9999999999999", "ą", "5 €€", "<b>5</b>", "null", "%s", "..", ",,", "5 000 00",
    ],
)  # fmt: skip
def test_money_that_is_none_gets_one_sentence(ask, typed):
    value, sentences = ask(MONEY, typed)
    assert value is None
    assert len(sentences) == 1
    assert sentences[0].endswith(".")


def test_money_is_shown_with_its_currency(ask):
    assert kinds()["money"].spell(Decimal("1150.00")) in ("EUR\u00a01,150", "1\u00a0150\u00a0Eur")


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ({"type": "number"}, []),
        ({"type": "number", "min": 0}, ["0 or more."]),
        ({"type": "number", "min": 1, "max": 5.5}, ["1 or more.", "5.5 or less."]),
    ],
)
def test_number_says_its_limits_before(question, sentences):
    from django.utils.translation import override

    with override("en"):
        assert kinds()["number"].limits(question, None) == sentences
