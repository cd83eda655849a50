"""Dates and periods."""

import pytest

DATE = {"type": "date"}
PERIOD = {
    "type": "daterange", "from_earliest": "2027-06-01", "to_latest": "2028-05-31", "months_min": 6, "months_max": 12,
}  # fmt: skip
YEAR_FIRST = "Write the date as year, month and day, for example 2027-03-05."
NO_DAY = "There is no such day in the calendar. Check the month and the day."


@pytest.mark.parametrize(
    "typed",
    [
        "2027-03-05", "2027-3-5", "2027 03 05", "2027.03.05", "2027.03.05.", "2027/03/05", " 2027-03-05 ",
        "2027 - 03 - 05", "2027\u00a003\u00a005", "2027 m. kovo 5 d.", "2027 m. kovo 5 d", "2027 M. KOVO 5 D.",
        "2027m. kovo 5d.", "2027 m.\u00a0kovo 5\u00a0d.",
    ],
)  # fmt: skip
def test_date_year_first(ask, typed):
    assert ask(DATE, typed) == ("2027-03-05", [])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("5.3.2027", "Write the year first, then the month and the day. If you mean day 5 of month 3: 2027-03-05."),
        ("05/03/2027", "Write the year first, then the month and the day. If you mean day 5 of month 3: 2027-03-05."),
        ("31-12-2027", "Write the year first, then the month and the day. If you mean day 31 of month 12: 2027-12-31."),
        ("13.13.2027", "Write the year first, then the month and the day. If you mean day 13 of month 13: 2027-13-13."),
    ],
)
def test_date_day_first_is_explained_and_not_guessed(ask, typed, sentence):
    assert ask(DATE, typed) == (None, [sentence])


@pytest.mark.parametrize("typed", ["2027-02-29", "2027-02-30", "2027-13-01", "2027-00-10", "2027-04-31", "2027-01-00",
                                   "0000-01-01", "2100-02-29", "2027-99-99", "2027 m. vasario 30 d."])  # fmt: skip
def test_date_that_is_not_in_the_calendar(ask, typed):
    assert ask(DATE, typed) == (None, [NO_DAY])


@pytest.mark.parametrize("typed", ["1899-12-31", "2101-01-01", "0001-01-01", "9999-12-31"])
def test_date_in_an_unlikely_year(ask, typed):
    assert ask(DATE, typed) == (None, ["Check the year: it must be between 1900 and 2100."])


@pytest.mark.parametrize("typed", ["1900-01-01", "2100-12-31", "2028-02-29", "2000-02-29"])
def test_date_at_the_edge(ask, typed):
    assert ask(DATE, typed) == (typed, [])


@pytest.mark.parametrize(
    "typed",
    [
        "kovo 5", "rytoj", "2027", "2027-03", "27-03-05", "5/3/27", "20270305", "2027-03-05T10:00", "2027-03-05 10:00",
        "March 5, 2027", "5 March 2027", "2027-W10-5", "2027-064", "now", "0", "-1", "1e9", "2027-03-05-06",
        "２０２７-03-05", "٢٠٢٧-03-05", "2027‐03‐05", "2027–03–05", "2027-03-0５", "2027-003-05", "02027-03-05",
        "2027 m. kovas 5 d.", "2027 m. march 5 d.", "2027,03,05", "2027_03_05", "<2027-03-05>", "2027-03-05; DROP",
        "NaN", "null", "{}", "1" * 5000, "2027-03-05\x00x", "📅",
    ],
)  # fmt: skip
def test_date_of_another_form(ask, typed):
    assert ask(DATE, typed) == (None, [YEAR_FIRST])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2027-06-01", "2028-05-31"),
        ("2027-06-01", "2027-11-30"),  # six months to the day
        ("2027 06 15", "2027.12.14"),
        ("2027-08-31", "2028-02-29"),  # half a year from the last of August ends on the last of February
    ],
)
def test_period_within_the_limits(ask, start, end):
    value, sentences = ask(PERIOD, {"from": start, "to": end})
    assert sentences == []
    assert set(value) == {"from", "to"}


@pytest.mark.parametrize(
    ("start", "end", "sentences"),
    [
        ("2027-06-01", "2027-06-01", ["The end must be after the start."]),
        ("2027-07-01", "2027-06-01", ["The end must be after the start."]),
        ("2027-05-31", "2027-12-31", ["The project may start on 1 June 2027 or later."]),
        ("2027-06-01", "2028-06-01", ["The project must end by 31 May 2028."]),
        ("2027-06-01", "2027-11-29", ["The period must be at least 6 months long."]),
        ("2027-06-01", "", ["Enter the day of the end."]),
        ("", "2027-12-31", ["Enter the day of the start."]),
        ("x", "y", [YEAR_FIRST, YEAR_FIRST]),
        ("2027-02-30", "2027-12-31", [NO_DAY]),
        ("2027-06-01", " ", ["Enter the day of the end."]),
    ],
)
def test_period_outside_the_limits(ask, start, end, sentences):
    said = [sentence.replace("\u00a0", " ") for sentence in ask(PERIOD, {"from": start, "to": end})[1]]
    assert said == sentences


def test_period_too_long(ask):
    question = {"type": "daterange", "months_max": 3}
    assert ask(question, {"from": "2027-01-01", "to": "2027-03-31"})[1] == []
    assert ask(question, {"from": "2027-01-01", "to": "2027-04-01"})[1] == ["The period may be at most 3 months long."]
    assert ask(question, {"from": "2026-11-30", "to": "2027-02-28"})[1] == []


@pytest.mark.parametrize("raw", [None, "", [], "x", {}, {"from": "", "to": ""}, {"from": " ", "to": "\u200b"}, 5])
def test_period_that_is_empty_or_of_a_strange_shape(ask, raw):
    assert ask(PERIOD, raw) == (None, ["EMPTY"])
