"""Money by source and year."""

from decimal import Decimal

from reporting.pictures.kinds.money import Pot, money_picture
from reporting.pictures.marks import bar, label

POT = Pot(
    2027,
    "State",
    Decimal(1000),
    Decimal(800),
    Decimal(600),
    Decimal(0),
    Decimal(500),
    Decimal(250),
    "/money/fundings/1/",
)
NBSP = "\N{NO-BREAK SPACE}"


def test_what_there_is_stands_above_what_was_done_with_it():
    right = 720 - (14 * (3 * 0.7 + 6 * 0.57 + 3 * 0.34) + 14)  # room for "EUR 250 paid"
    full = right - 264
    marks = money_picture([POT]).wide.marks
    assert marks == [
        label("t-b", 0, 14, "2027"), label("", 0, 43, "State"), label("t-end", 720, 43, f"EUR{NBSP}250 paid"),
        bar("m-planned", 264, 23, full, 16, said=f"EUR{NBSP}1,000"),
        bar("m-promised", 264, 23, full * 0.8, 16, said=f"EUR{NBSP}800"),
        bar("m-confirmed", 264, 23, full * 0.6, 16, said=f"EUR{NBSP}600"),
        bar("m-committed", 264, 43, full * 0.5, 10, said=f"EUR{NBSP}500"),
        bar("g-fill", 264, 43, full * 0.25, 10, said=f"EUR{NBSP}250"),
    ]  # fmt: skip


def test_years_have_headings_and_every_source_a_row():
    other = Pot(2026, "EU", *([Decimal(0)] * 6))
    picture = money_picture([POT, other])
    assert [m.words for m in picture.narrow.marks if m.look == "t-b"] == ["2027", "2026"]
    assert [[cell.raw if cell.raw is not None else cell.text for cell in row] for row in picture.table.rows] == [
        [2027, "State", Decimal(1000), Decimal(800), Decimal(600), Decimal(0), Decimal(500), Decimal(250)],
        [2026, "EU", Decimal(0), Decimal(0), Decimal(0), Decimal(0), Decimal(0), Decimal(0)],
    ]


def test_the_title_is_the_finding():
    title = f"Of EUR{NBSP}1,000 planned, EUR{NBSP}500 is committed and EUR{NBSP}250 is paid"
    assert (money_picture([POT]).title, money_picture([]).title) == (title, "No money is recorded yet")
