"""When reports are due, by tables written by hand."""

from datetime import date as d

import pytest

from grants.implementation.calendar import add_months, planned_reports, quarter_end

QUARTERLY = {"id": "q", "label": {"lt": "K"}, "every": "calendar_quarter", "due": "day_5_of_next_month"}
YEARLY = {**QUARTERLY, "cumulative_from_year_start": True}
INTERIM = {"id": "i", "label": {"lt": "T"}, "period_months": 6, "due_calendar_days": 15}
FINAL = {"id": "f", "label": {"lt": "G"}, "due_calendar_days_after_end": 30}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (d(2027, 1, 31), 1, d(2027, 2, 28)),
        (d(2028, 1, 31), 1, d(2028, 2, 29)),
        (d(2027, 8, 31), 6, d(2028, 2, 29)),
        (d(2027, 12, 1), 1, d(2028, 1, 1)),
        (d(2027, 3, 15), 12, d(2028, 3, 15)),
        (d(2027, 3, 15), 0, d(2027, 3, 15)),
    ],
)
def test_so_many_months_later(day, months, then):
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (d(2027, 1, 1), d(2027, 3, 31)), (d(2027, 3, 31), d(2027, 3, 31)), (d(2027, 4, 1), d(2027, 6, 30)),
        (d(2027, 9, 30), d(2027, 9, 30)), (d(2027, 10, 1), d(2027, 12, 31)), (d(2028, 2, 29), d(2028, 3, 31)),
    ],
)  # fmt: skip
def test_the_end_of_a_quarter(day, end):
    assert quarter_end(day) == end


def facts(rules, starts, ends):
    return [(r.key, r.ordinal, r.period_start, r.period_end, r.due_on) for r in planned_reports(rules, starts, ends)]


def test_quarterly_reports_follow_calendar_quarters_whatever_the_day_of_beginning():
    assert facts([QUARTERLY], d(2027, 6, 1), d(2028, 1, 31)) == [
        ("q", 1, d(2027, 6, 1), d(2027, 6, 30), d(2027, 7, 5)),
        ("q", 2, d(2027, 7, 1), d(2027, 9, 30), d(2027, 10, 5)),
        ("q", 3, d(2027, 10, 1), d(2027, 12, 31), d(2028, 1, 5)),
        ("q", 4, d(2028, 1, 1), d(2028, 1, 31), d(2028, 2, 5)),
    ]


def test_cumulative_quarters_begin_in_january_but_never_before_the_project():
    assert [(one[2], one[3]) for one in facts([YEARLY], d(2027, 6, 1), d(2028, 6, 30))] == [
        (d(2027, 6, 1), d(2027, 6, 30)), (d(2027, 6, 1), d(2027, 9, 30)), (d(2027, 6, 1), d(2027, 12, 31)),
        (d(2028, 1, 1), d(2028, 3, 31)), (d(2028, 1, 1), d(2028, 6, 30)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "ends", "quarters"),
    [
        (d(2027, 3, 31), d(2027, 4, 1), [(d(2027, 3, 31), d(2027, 3, 31)), (d(2027, 4, 1), d(2027, 4, 1))]),
        (d(2027, 4, 1), d(2027, 6, 30), [(d(2027, 4, 1), d(2027, 6, 30))]),
        (d(2027, 12, 31), d(2028, 1, 1), [(d(2027, 12, 31), d(2027, 12, 31)), (d(2028, 1, 1), d(2028, 1, 1))]),
        (d(2027, 5, 1), d(2027, 5, 31), [(d(2027, 5, 1), d(2027, 5, 31))]),
    ],
)
def test_quarters_at_their_edges(starts, ends, quarters):
    assert [(one[2], one[3]) for one in facts([QUARTERLY], starts, ends)] == quarters


@pytest.mark.parametrize(
    ("starts", "ends", "end", "due"),
    [
        (d(2027, 6, 1), d(2028, 1, 31), d(2027, 11, 30), d(2027, 12, 15)),
        (d(2027, 8, 31), d(2028, 8, 31), d(2028, 2, 28), d(2028, 3, 14)),
        (d(2027, 6, 1), d(2027, 6, 30), d(2027, 6, 30), d(2027, 7, 15)),  # a project of one month
    ],
)
def test_an_interim_report_covers_the_first_months_and_never_more_than_the_project(starts, ends, end, due):
    assert facts([INTERIM], starts, ends) == [("i", 1, starts, end, due)]


def test_a_final_report_covers_the_whole_project():
    assert facts([FINAL], d(2027, 6, 1), d(2028, 1, 31)) == [("f", 1, d(2027, 6, 1), d(2028, 1, 31), d(2028, 3, 1))]


def test_all_reports_stand_in_the_order_of_their_due_days():
    found = facts([FINAL, INTERIM, QUARTERLY], d(2027, 6, 1), d(2028, 1, 31))
    assert [(one[0], one[4]) for one in found] == [
        ("q", d(2027, 7, 5)), ("q", d(2027, 10, 5)), ("i", d(2027, 12, 15)), ("q", d(2028, 1, 5)),
        ("q", d(2028, 2, 5)), ("f", d(2028, 3, 1)),
    ]  # fmt: skip


def test_a_call_without_reports_asks_for_none():
    assert planned_reports([], d(2027, 6, 1), d(2028, 1, 31)) == []
