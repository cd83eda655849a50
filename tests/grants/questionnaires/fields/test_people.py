"""A person: name, e-mail, telephone."""

import pytest

PERSON = {"type": "person"}
NAME, EMAIL, PHONE = "Vardenė Pavardenė", "vardene@biblioteka.lt", "+370 612 34567"


def raw(name=NAME, email=EMAIL, phone=PHONE):
    return {"name": name, "email": email, "phone": phone}


def test_person_in_full(ask):
    assert ask(PERSON, raw(name=f" {NAME} ")) == (raw(), [])


@pytest.mark.parametrize(
    "phone",
    ["+37061234567", "+370 612 34567", "8 612 34567", "0 612 34567", "(8-5) 123 45 67", "+44 20 7946 0958", "123456",
     "8.612.34567", "+370\u00a0612\u00a034567"],
)  # fmt: skip
def test_phone_as_people_write_it(ask, phone):
    assert ask(PERSON, raw(phone=phone))[1] == []


@pytest.mark.parametrize(
    "phone",
    ["12345", "1" * 16, "tel. 861234567", "8612++34567", "+", "++37061234567", "861234567 arba 861234568", "٨٦١٢٣٤٥٦٧",
     "８６１２３４５６７", "8612-34567 (Jonas)", "<b>861234567</b>", "0x861234567", "861234567;ext=1", "6e10", "-",
     "()"],
)  # fmt: skip
def test_phone_that_is_none(ask, phone):
    assert ask(PERSON, raw(phone=phone)) == (None, ["Enter a telephone number such as +370 612 34567."])


@pytest.mark.parametrize(
    "email", ["a@b.lt", "vardenė@biblioteka.lt".replace("ė", "e"), "a.b+c@d-e.lt", "a@ąžuolas.lt", "A@B.LT"]
)
def test_email_as_people_write_it(ask, email):
    assert ask(PERSON, raw(email=email))[1] == []


@pytest.mark.parametrize(
    "email",
    ["a", "a@", "@b.lt", "a@b", "a b@c.lt", "a@b..lt", "a@b.lt, c@d.lt", "a@b.lt;c@d.lt", "<a@b.lt>", "a@@b.lt",
     "mailto:a@b.lt", "a@b.lt\x00", "a@-b.lt", "a@b.lt?bcc=x", "a@b.lt%0aBcc:c@d.lt", ".a@b.lt", "a.@b.lt",
     "a@b.lt\tBcc", "javascript:alert(1)", "ą@b.lt"],
)  # fmt: skip
def test_email_that_is_none(ask, email):
    assert ask(PERSON, raw(email=email)) == (None, ["Enter an e-mail address such as vardas@biblioteka.lt."])


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        (raw(name=""), ["Enter the name and surname."]),
        (raw(email=" "), ["Enter the e-mail address."]),
        (raw(phone="\u200b"), ["Enter the telephone number."]),
        (raw(email="", phone=""), ["Enter the e-mail address.", "Enter the telephone number."]),
        ({"name": NAME}, ["Enter the e-mail address.", "Enter the telephone number."]),
        (raw(name="a" * 151), ["Shorten the text by 1 character: there are 151, the limit is 150."]),
    ],
)
def test_person_begun_must_be_finished(ask, given, sentences):
    assert ask(PERSON, given) == (None, sentences)


@pytest.mark.parametrize("given", [None, "", {}, [], "Vardenė", raw("", "", ""), raw(" ", "\n", "\t"), 5])
def test_person_that_is_empty_or_of_a_strange_shape(ask, given):
    assert ask(PERSON, given) == (None, ["EMPTY"])
