"""The axis of days."""

from datetime import date

import pytest
from django.utils import translation

from reporting.pictures.days import Days, month_name

YEAR = Days(date(2027, 1, 1), date(2027, 12, 31), 0, 364)

PLACES = [
    (date(2027, 1, 1), 0), (date(2027, 1, 11), 10), (date(2027, 12, 31), 364), (date(2026, 1, 1), 0),
    (date(2028, 1, 1), 364),
]  # fmt: skip


@pytest.mark.parametrize(("day", "x"), PLACES)
def test_a_day_has_its_place_and_one_outside_stands_on_the_edge(day, x):
    assert YEAR.x(day) == x


def test_months_are_named_as_often_as_there_is_room():
    assert YEAR.ticks() == [(90, "Apr 2027"), (181, "Jul 2027"), (273, "Oct 2027")]


def test_a_span_of_one_day_has_a_place_and_no_names():
    days = Days(date(2027, 1, 5), date(2027, 1, 5), 10, 100)
    assert (days.x(date(2027, 1, 5)), days.ticks()) == (10, [])


def test_names_of_twenty_years_keep_apart():
    names = Days(date(2010, 3, 1), date(2030, 3, 1), 0, 300).ticks()
    assert [name for _x, name in names] == ["Jan 2015", "Jan 2020", "Jan 2025"]


def test_a_month_is_named_in_the_reader_s_spelling():
    with translation.override("lt"):
        assert month_name(date(2027, 6, 1)) == "2027-06"
    assert month_name(date(2027, 6, 1)) == "Jun 2027"
