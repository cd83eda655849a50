"""Scores around the money line, reckoned by hand."""

from decimal import Decimal

import pytest

from reporting.pictures.kinds.scores import Scored, crossing, finding, scale_start, scores_picture
from reporting.pictures.marks import dot, label, line


def scored(score, *reviews, side="fund", rank=1, group=""):
    return Scored(f"Projektas {score}", "Biblioteka", rank, None if score is None else Decimal(score),
                  tuple(map(Decimal, reviews)), side, "above the line", "/p/", group)  # fmt: skip


ROWS = [scored("90.00", "86", "94"), scored("70.00", "60", "80", side="after", rank=2)]


def test_each_row_has_its_range_its_reviews_and_its_score():
    marks = scores_picture(ROWS, pass_mark=Decimal(60)).wide.marks
    assert marks[10:17] == [  # the strip goes from 264 to 669.32, and 60 to 100 points on it
        line("g-plan", 264, 20, 264, 106),
        label("", 0, 38, "1. Projektas 90.00"),
        label("t-end", 720, 38, "90.00"),
        line("g-link", 527.5, 33, 608.5, 33),
        dot("g-hollow", 527.5, 33, 3.5),
        dot("g-hollow", 608.5, 33, 3.5),
        dot("g-fill", 568, 33, 6, "Biblioteka: 90.00"),
    ]


def test_the_line_stands_between_the_last_with_money_and_the_first_without():
    marks = scores_picture(ROWS).wide.marks
    at = marks.index(line("g-money", 0, 72, 720, 72))
    assert marks[at - 1] == label("t-acc", 0, 65, "The money ends here")
    assert [mark.words for mark in marks if mark.tag == "text"][-2:] == ["2. Projektas 70.00", "70.00"]


def test_the_line_stands_below_the_last_with_money_where_money_came_later():
    rows = [scored("90", "90"), scored("80", "80", side="after"), scored("70", "70"), scored("60", "60", side="after")]
    words = [mark.words for mark in scores_picture(rows).wide.marks if mark.tag == "text" and mark.look != "t-end"]
    assert words[-3:] == ["1. Projektas 70", "The money ends here", "1. Projektas 60"]


def test_without_money_the_line_parts_winners_from_others():
    words = [mark.words for mark in scores_picture(ROWS, money=False).wide.marks]
    assert ("Winners above, others below" in words, "The money ends here" in words) == (True, False)


def test_each_nomination_has_a_line_of_its_own():
    rows = [scored("90", "90", group="A"), scored("80", "80", side="after", group="A"), scored("70", "70", group="B"),
            scored("60", "60", side="after", group="B")]  # fmt: skip
    marks = scores_picture(rows, money=False).narrow.marks
    assert [m.words for m in marks if m.look == "t-b"] == ["A", "B"]
    assert sum(1 for m in marks if m.look == "g-money") == 2


def test_the_table_has_every_application_also_those_without_a_score():
    table = scores_picture([*ROWS, scored(None, side="unscored", rank=None)]).table
    assert [[cell.raw if cell.raw is not None else cell.text for cell in row] for row in table.rows] == [
        ["Projektas 90.00", 1, "Biblioteka", Decimal("90.00"), Decimal("86.00"), Decimal("94.00"), 2, "above the line"],
        ["Projektas 70.00", 2, "Biblioteka", Decimal("70.00"), Decimal("60.00"), Decimal("80.00"), 2, "above the line"],
        ["Projektas None", "", "Biblioteka", "", "", "", 0, "above the line"],
    ]


STARTS = [
    ([], None, 0),
    ([Decimal("61.5"), Decimal(99)], None, 60),
    ([Decimal(95)], None, 90),
    ([Decimal(99)], Decimal(60), 60),
    ([Decimal(100)], None, 90),
]


@pytest.mark.parametrize(("values", "pass_mark", "start"), STARTS)
def test_the_scale_begins_at_the_ten_below_everything(values, pass_mark, start):
    assert scale_start(values, pass_mark) == start


CROSSING = [  # rows, how many ranges reach over the line
    (ROWS, 0),
    ([scored("80", "65", "95"), scored("70", "60", "85", side="after")], 2),
    ([scored("80", "75", "85"), scored("70", "60", "80", side="after")], 1),
    ([scored("80", "60", "95")], 0),
]


@pytest.mark.parametrize(("rows", "count"), CROSSING)
def test_ranges_that_reach_over_the_line_are_counted(rows, count):
    assert crossing(rows) == count


FINDINGS = [
    ([], "No application has a score yet"),
    (ROWS, "1 of 2 applications is above the line"),
    (CROSSING[1][0], "1 of 2 applications is above the line; the reviews of 2 applications reach across it"),
    ([scored("50", "50", side="below"), scored("40", "40", side="below")], "2 applications have a score"),
]


@pytest.mark.parametrize(("rows", "sentence"), FINDINGS)
def test_the_title_is_the_finding(rows, sentence):
    assert finding(rows) == sentence
