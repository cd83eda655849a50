"""Indicators from baseline to target."""

import pytest

from reporting.pictures.kinds.indicators import Measured, indicators_picture
from reporting.pictures.marks import bar, dot, label, line

LEARNED = Measured("Learned a service", 31.0, 55.0, 58.0, ("31", "55", "58 (54–62)"), 54.0, 62.0, share=True)
USEFUL = Measured("Useful", None, 80.0, None, ("–", "80", "–"), share=True, why_none="first survey")


def test_baseline_target_value_and_interval_have_their_places():
    left, strip = 264, 720 - (14 * (9 * 0.57 + 6 * 0.34 + 0.92) + 14) - 264  # room for "58 (54–62) of 55"
    assert indicators_picture([LEARNED]).wide.marks[2:] == [
        line("g-grid", left, 10, left + strip, 10),
        line("g-link", left + strip * 0.31, 10, left + strip * 0.58, 10),
        bar("g-band", left + strip * 0.54, 5, strip * 0.08, 10, rx=5),
        line("g-target", left + strip * 0.55, 0, left + strip * 0.55, 20, "55"),
        dot("g-hollow", left + strip * 0.31, 10, 5, "31"),
        dot("g-fill", left + strip * 0.58, 10, 6, "58 (54–62)"),
    ]


def test_a_missing_baseline_is_named_and_nothing_is_drawn_for_it():
    picture = indicators_picture([USEFUL])
    assert picture.wide.marks[0] == label("", 0, 15, "Useful (baseline not measured)")
    assert [mark.look for mark in picture.wide.marks if mark.tag != "text"] == ["g-grid", "g-target"]
    assert [cell.text for cell in picture.table.rows[0]] == ["Useful", "first survey", "80", "–"]


ENDS = [  # baseline, target, value, where the scale ends
    (Measured("a", 0, 10, 20, ("", "", "")), 22.0),
    (Measured("a", None, None, None, ("", "", "")), 1.1),
    (LEARNED, 100.0),
]


@pytest.mark.parametrize(("row", "end"), ENDS)
def test_each_row_has_a_scale_of_its_own(row, end):
    assert row.end == pytest.approx(end)


REACHED = [
    (10, 10, True, True),
    (9, 10, True, False),
    (9, 10, False, True),
    (None, 10, True, None),
    (1, None, True, None),
]


@pytest.mark.parametrize(("value", "target", "ascending", "reached"), REACHED)
def test_a_target_is_reached_in_its_own_direction(value, target, ascending, reached):
    assert Measured("a", 0, target, value, ("", "", ""), ascending=ascending).reached is reached


def test_the_words():
    picture = indicators_picture([LEARNED, USEFUL])
    assert picture.title == "1 of 1 indicator reached its target"
    assert picture.description == (
        "Learned a service: baseline 31, target 55, reached 58 (54–62); "
        "Useful: baseline first survey, target 80, reached –"
    )
    assert indicators_picture([USEFUL]).title == "Nothing is measured yet"


def test_a_value_that_is_not_final_says_so_in_the_table():
    row = Measured("a", 0, 10, 4, ("0", "10", "4"), final=False)
    assert [cell.text for cell in indicators_picture([row]).table.rows[0]] == ["a", "0", "10", "4 (so far)"]
    assert [cell.raw for cell in indicators_picture([row]).table.rows[0]] == [None, "0", "10", "4"]
