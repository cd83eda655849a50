"""How wide words are taken to be, and where they are broken."""

import pytest

from reporting.pictures.words import lines_of, width_of

WIDTHS = [("", 0), ("il", 9.52), ("Mm", 25.76), ("a1", 15.96), ("Ž", 9.8)]


@pytest.mark.parametrize(("words", "width"), WIDTHS)
def test_the_width_of_words(words, width):
    assert round(width_of(words), 2) == width


LINES = [  # words, width, most, lines
    ("Paupio savivaldybės viešoji biblioteka", 120, 3, ["Paupio", "savivaldybės", "viešoji biblioteka"]),
    ("Paupio savivaldybės viešoji biblioteka", 120, 2, ["Paupio", "savivaldybės…"]),
    ("x" * 30, 100, 3, ["x" * 12, "x" * 12, "x" * 6]),
    ("x" * 60, 100, 2, ["x" * 12, "x" * 10 + "…"]),
    ("a " + "x" * 14, 100, 3, ["a", "x" * 12, "xx"]),
    ("", 100, 3, [""]),
]


@pytest.mark.parametrize(("words", "width", "most", "lines"), LINES)
def test_words_are_broken_at_blanks_and_only_too_long_ones_inside(words, width, most, lines):
    assert lines_of(words, width, most) == lines


@pytest.mark.parametrize("words", ["Nebeprisikiškiakopūsteliaujantiesiems " * 3, "š" * 300, "a b " * 99])
def test_no_line_is_wider_than_asked(words):
    assert max(width_of(line) for line in lines_of(words, 90, 4)) <= 90
