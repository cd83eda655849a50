"""The S-curve of a project."""

from datetime import date
from decimal import Decimal

import pytest

from reporting.pictures.kinds.spending import Flow, nice_steps, spending_picture, spread
from reporting.pictures.marks import track

NBSP = "\N{NO-BREAK SPACE}"


def picture(plan=(("2027-01-01", 600), ("2027-07-01", 400)), paid=(("2027-01-11", 600),), spent=(("2027-04-01", 150),),
            today="2027-07-02"):  # fmt: skip
    flows = [[Flow(date.fromisoformat(day), Decimal(amount)) for day, amount in given] for given in (plan, paid, spent)]
    return spending_picture(plan=flows[0], paid=flows[1], spent=flows[2], first=date(2027, 1, 1),
                            last=date(2027, 12, 31), today=date.fromisoformat(today))  # fmt: skip


def test_lines_rise_on_the_days_of_their_sums_and_what_has_come_stops_today():
    left, right = 46.68, 613.92  # room for "1,000" at the left and for "planned 1,000" at the right
    day = (right - left) / 364
    lines = [mark for mark in picture().wide.marks if mark.tag == "polyline"]
    assert lines == [
        track("g-plan", [(left, 224), (left, 224), (left, 104), (left + 181 * day, 104), (left + 181 * day, 24),
                         (right, 24)]),
        track("g-line", [(left, 224), (left + 10 * day, 224), (left + 10 * day, 104), (left + 182 * day, 104)]),
        track("g-spent", [(left, 224), (left + 90 * day, 224), (left + 90 * day, 194), (left + 182 * day, 194)]),
    ]  # fmt: skip


def test_the_table_adds_up_day_by_day_and_leaves_the_days_to_come_open():
    rows = picture(today="2027-04-01").table.rows
    assert [[cell.raw for cell in row] for row in rows] == [
        ["2027-01-01", Decimal(600), Decimal(0), Decimal(0)], ["2027-01-11", Decimal(600), Decimal(600), Decimal(0)],
        ["2027-04-01", Decimal(600), Decimal(600), Decimal(150)], ["2027-07-01", Decimal(1000), "", ""],
    ]  # fmt: skip


FINDINGS = [
    ({}, f"Paid EUR{NBSP}400 less than was planned until today"),
    ({"today": "2027-05-01"}, f"Paid as planned: EUR{NBSP}600 of EUR{NBSP}1,000"),
    ({"paid": [("2027-01-11", 1100)]}, f"Paid EUR{NBSP}100 more than was planned until today"),
]


@pytest.mark.parametrize(("given", "sentence"), FINDINGS)
def test_the_title_is_the_finding(given, sentence):
    assert picture(**given).title == sentence


STEPS = [
    (1000, [0, 200, 400, 600, 800, 1000]), (14400, [0, 5000, 10000, 15000]), (1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
    (23650, [0, 5000, 10000, 15000, 20000, 25000]), (999, [0, 200, 400, 600, 800, 1000]),
]  # fmt: skip


@pytest.mark.parametrize(("top", "steps"), STEPS)
def test_the_scale_goes_in_round_steps(top, steps):
    assert nice_steps(top) == pytest.approx(steps)


def test_labels_move_apart_as_little_as_needed():
    assert spread([100, 100, 50], 18, 24, 224) == [100, 118, 50]
    assert spread([220, 222, 224], 18, 24, 224) == [188, 206, 224]
    assert spread([24, 24], 18, 24, 224) == [24, 42]


def test_before_the_first_payment_it_is_drawn_all_the_same():
    shown = picture(paid=(), spent=(), today="2026-12-01")
    assert [mark.words for mark in shown.narrow.marks if mark.tag == "text"][-3:] == [
        "planned 1,000",
        "paid 0",
        "spent 0",
    ]
    assert "today" not in [mark.words for mark in shown.wide.marks]
