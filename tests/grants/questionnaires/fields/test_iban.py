"""Bank accounts; the valid ones are the examples of the ISO 13616 register."""

import pytest

IBAN = {"type": "iban"}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("LT121000011101001000", "LT121000011101001000"),
        ("LT12 1000 0111 0100 1000", "LT121000011101001000"),
        ("lt12 1000 0111 0100 1000", "LT121000011101001000"),
        ("LT12-1000-0111-0100-1000", "LT121000011101001000"),
        ("LT12\u00a01000\u00a00111\u202f0100 1000", "LT121000011101001000"),
        (" LT121000011101001000\t", "LT121000011101001000"),
        ("LV80 BANK 0000 4351 9500 1", "LV80BANK0000435195001"),
        ("EE38 2200 2210 2014 5685", "EE382200221020145685"),
        ("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
        ("NO93 8601 1117 947", "NO9386011117947"),
        ("PL61 1090 1014 0000 0712 1981 2874", "PL61109010140000071219812874"),
        ("GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
    ],
)
def test_iban_that_is_right(ask, typed, value):
    assert ask(IBAN, typed) == (value, [])


@pytest.mark.parametrize(
    "typed",
    [
        "LT131000011101001000", "LT121000011101001001", "LT121000011101000100", "LT120100011101001000",
        "LT211000011101001000", "DE88370400440532013000", "LT12100001110100100A",
    ],
)  # fmt: skip
def test_iban_with_a_slip_of_the_hand(ask, typed):
    assert ask(IBAN, typed) == (None, ["The check digits do not fit: a digit is wrong or two have changed places."])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("LT12100001110100100", "An account number of LT has 20 characters; there are 19."),
        ("LT1210000111010010000", "An account number of LT has 20 characters; there are 21."),
        ("LT12", "An account number of LT has 20 characters; there are 4."),
        ("DE8937040044053201300", "An account number of DE has 22 characters; there are 21."),
        ("LT12" + "1" * 5000, "An account number of LT has 20 characters; there are 5004."),
    ],
)
def test_iban_of_wrong_length(ask, typed, sentence):
    assert ask(IBAN, typed) == (None, [sentence])


@pytest.mark.parametrize("country", ["US", "RU", "BY", "ZZ", "XX"])
def test_iban_of_a_country_outside_the_euro_area_of_payments(ask, country):
    assert ask(IBAN, f"{country}121000011101001000") == (
        None,
        [f"Accounts of the country {country} cannot be paid to in euro; check the first two letters."],
    )


@pytest.mark.parametrize(
    "typed",
    [
        "1", "LT", "121000011101001000", "L112100001110100100", "LTAB1000011101001000", "LT1２1000011101001000",
        "ĄT121000011101001000", "LT12.1000.0111", "LT12/1000", "LT12\x001000", "IBAN LT121000011101001000", "nėra",
        "' OR 1=1", "<script>", "LT12 1000 0111 0100 1000; DROP", "{}", "🏦", "LT٠٠1000011101001000", "-", "0" * 20,
    ],
)  # fmt: skip
def test_iban_that_is_something_else(ask, typed):
    assert ask(IBAN, typed) == (
        None,
        ["Begin with the country and two digits, for example LT12 1000 0111 0100 1000."],
    )
