"""What a new document changes, by hand-written plans of a few rows."""

from decimal import Decimal

import pytest

from grants.programmes.strategy_changes import compare
from grants.programmes.strategy_rows import Row


def activity(code="1.1.1", text="a", sums=(10, 20, 30), sources=("es",), marked=""):
    return Row(code, "activity", text, marked, tuple(zip((2025, 2026, 2027), map(Decimal, sums), strict=True)), sources)


GOAL, DIRECTION = Row("1", "goal", "g"), Row("1.1", "direction", "d")
BASE = [GOAL, DIRECTION, activity()]


@pytest.mark.parametrize(
    ("after", "changes", "difference"),
    [
        (BASE, [], 0),
        ([GOAL, DIRECTION], [("removed", "1.1.1")], -60),
        ([*BASE, activity("1.1.2")], [("added", "1.1.2")], 60),
        ([GOAL, DIRECTION, activity(text="b")], [("changed", "1.1.1")], 0),
        ([GOAL, DIRECTION, activity(marked="<i>a</i>")], [("changed", "1.1.1")], 0),
        ([GOAL, DIRECTION, activity(sums=(10, 21, 30))], [("changed", "1.1.1")], 1),
        ([GOAL, DIRECTION, activity(sums=(30, 20, 10))], [("changed", "1.1.1")], 0),
        ([GOAL, DIRECTION, activity(sources=("es", "remeju"))], [("changed", "1.1.1")], 0),
        ([GOAL, DIRECTION, activity("1.1.2")], [("added", "1.1.2"), ("removed", "1.1.1")], 0),
        ([], [("removed", "1"), ("removed", "1.1"), ("removed", "1.1.1")], -60),
    ],
)
def test_rows_added_changed_and_removed(after, changes, difference):
    compared = compare(BASE, after)
    assert [(change.kind, change.row.code) for change in compared.rows] == changes
    assert compared.difference == difference
    assert bool(compared) == bool(changes)


def test_the_first_plan_is_all_new():
    compared = compare([], BASE)
    assert [(change.kind, change.row.code) for change in compared.rows] == [
        ("added", "1"),
        ("added", "1.1"),
        ("added", "1.1.1"),
    ]
    assert [(money.year, money.before, money.after) for money in compared.money] == [
        (2025, 0, 10),
        (2026, 0, 20),
        (2027, 0, 30),
    ]


def test_what_of_a_row_changed_is_said():
    (change,) = compare(BASE, [GOAL, DIRECTION, activity(text="b", sums=(10, 25, 0), sources=("es", "remeju"))]).rows
    assert change.text_changed
    assert change.sources_changed
    assert [(money.year, money.difference) for money in change.money] == [(2026, 5), (2027, -30)]


def test_only_money_changed():
    (change,) = compare(BASE, [GOAL, DIRECTION, activity(sums=(11, 20, 30))]).rows
    assert not change.text_changed
    assert not change.sources_changed


def test_a_new_title_is_a_change():
    assert compare(BASE, BASE, title_before="a", title_after="b")
    assert not compare(BASE, BASE, title_before="a", title_after="a")
