"""Rows: beside each other on a desk, one below the other on a phone."""

from reporting.pictures.marks import label
from reporting.pictures.rows import NARROW, WIDE, Rows, Strip


def test_on_a_desk_the_name_the_strip_and_the_value_stand_beside_each_other():
    stack = Rows(WIDE, ["100"])
    strip = stack.row("Name", "100", height=20)
    assert strip == Strip(264.0, 720 - (3 * 0.57 * 14 + 14), 10, 20)
    assert stack.drawing().marks == [label("", 0, 15, "Name"), label("t-end", 720, 15, "100")]
    assert (stack.drawing().width, stack.drawing().height) == (720, 34)


def test_on_a_phone_they_stand_one_below_the_other():
    stack = Rows(NARROW, ["100"])
    strip = stack.row("Name", "100", height=20)
    assert strip == Strip(8.0, 332.0, 50, 20)
    assert stack.drawing().marks == [label("", 0, 14, "Name"), label("t-soft", 0, 32, "100")]
    assert (stack.drawing().width, stack.drawing().height) == (340, 78)


def test_a_long_name_makes_its_row_higher_and_keeps_within_its_column():
    stack = Rows(WIDE)
    stack.row("Nebeprisikiškiakopūstaujantiesiems skaitytojams skirta biblioteka prie upės", height=20)
    words = [mark.words for mark in stack.front]
    assert words == ["Nebeprisikiškiakopūstaujantiesiems", "skaitytojams skirta biblioteka prie", "upės"]
    assert stack.y == 3 * 18 + 10


def test_a_heading_stands_over_the_rows_that_follow():
    stack = Rows(WIDE)
    stack.heading("2027")
    assert (stack.front, stack.y) == ([label("t-b", 0, 14, "2027")], 23)


def test_shares_beyond_the_strip_stand_on_its_ends():
    strip = Strip(10, 110, 5, 4)
    assert [strip.x(share) for share in (-1, 0, 0.5, 1, 2)] == [10, 10, 60, 110, 110]
    assert strip.top == 3
