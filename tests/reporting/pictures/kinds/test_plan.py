"""The money of a plan."""

from decimal import Decimal

from reporting.pictures.kinds.plan import Part, plan_picture
from reporting.pictures.marks import bar, label

NBSP = "\N{NO-BREAK SPACE}"
PARTS = [
    Part("1", "Goal one", (Decimal(100), Decimal(300)), True, "#n1"),
    Part("1.1", "Direction", (Decimal(100), Decimal(0)), False),
]


def test_years_stand_one_after_another():
    right = 720 - (14 * (3 * 0.7 + 3 * 0.57 + 0.34) + 14)
    unit = (right - 394) / 400
    assert plan_picture(PARTS, [2025, 2026]).wide.marks == [
        label("t-b", 0, 15, "1 Goal one"), label("t-end", 720, 15, f"EUR{NBSP}400"),
        bar("m-committed", 394, 0, 100 * unit, 20, rx=0, said=f"2025: EUR{NBSP}100"),
        label("t-mid", 394 + 50 * unit, 15, "100"),
        bar("q2", 394 + 100 * unit, 0, 300 * unit, 20, rx=0, said=f"2026: EUR{NBSP}300"),
        label("t-mid q2-t", 394 + 250 * unit, 15, "300"),
        label("", 0, 45, "1.1 Direction"), label("t-end", 720, 45, f"EUR{NBSP}100"),
        bar("m-committed", 394, 34, 100 * unit, 12, rx=0, said=f"2025: EUR{NBSP}100"),
    ]  # fmt: skip


def test_the_words_and_the_table():
    picture = plan_picture(PARTS, [2025, 2026])
    assert (picture.title, plan_picture([], [2025]).title) == (
        "100% of the money is for goal 1", "The plan has no money yet",
    )  # fmt: skip
    assert [key.words for key in picture.legend] == ["2025", "2026"]
    assert [[cell.text for cell in row] for row in picture.table.rows] == [
        ["1 Goal one", "100", "300", "400"], ["1.1 Direction", "100", "0", "100"],
    ]  # fmt: skip
    assert picture.table.rows[0][0].url == "#n1"
