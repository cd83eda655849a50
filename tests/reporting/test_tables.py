"""Tables as CSV that no spreadsheet takes for a program."""

import pytest

from reporting.tables import Cell, Column, Table, csv_of, safe


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"), ("+370", "'+370"), ("-x", "'-x"), ("@a", "'@a"), ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("  =1+1", "'  =1+1"), ("Ąžuolas", "Ąžuolas"), ("a=b", "a=b"), ("", ""),
    ],
)  # fmt: skip
def test_what_would_begin_a_formula_is_disarmed(text, kept):
    assert safe(text) == kept


@pytest.mark.parametrize(
    ("raw", "kept"), [("-5", "-5"), ("1234.5", "1234.5"), ("--5", "'--5"), ("-5-5", "'-5-5"), ("−5", "−5"), (0, "0")]
)
def test_numbers_stay_numbers_in_csv(raw, kept):
    table = Table("t", "T", [Column("=A", True)], [[Cell("words", raw=raw)]])
    assert csv_of(table).decode("utf-8-sig") == f"'=A\r\n{kept}\r\n"


def test_a_cell_without_a_bare_value_gives_its_words():
    table = Table("t", "T", [Column("A"), Column("B")], [[Cell("=cmd()"), Cell("x", raw="")]])
    assert csv_of(table).decode("utf-8-sig") == "A,B\r\n'=cmd(),\r\n"


def test_a_row_stands_beside_its_heads():
    column = Column("A")
    assert Table("t", "T", [column], [[Cell("x")]]).lines == [[(column, Cell("x"))]]


def test_a_text_of_several_lines_keeps_them():
    assert [Cell(text).is_prose for text in ("a\nb", "a b")] == [True, False]


def test_an_anchor_is_told_from_an_address():
    assert [Cell("x", url).is_anchor for url in ("#a", "/a", "")] == [True, False, False]
