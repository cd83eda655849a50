"""The timeline of a project."""

from datetime import date

import pytest

from reporting.pictures.kinds.timeline import Event, timeline_picture
from reporting.pictures.marks import bar, dot

TODAY = date(2027, 7, 2)
NBSP = "\N{NO-BREAK SPACE}"
STAGE = Event("Selection", date(2027, 1, 1), "done", date(2027, 2, 1), 3)
RUNNING = Event("Implementation", date(2027, 2, 1), "ahead", date(2027, 4, 1), 4)
LATE = Event("Interim report", date(2027, 3, 1), "late", url="/r/1/")
END = Event("End", date(2027, 12, 31), "ahead")


def test_stages_are_bars_and_dates_are_marks():
    marks = [m for m in timeline_picture([STAGE, LATE, END], TODAY).wide.marks if m.tag in {"rect", "circle"}]
    right = float(marks[2].at[0][1])
    day = (right - 264) / 364
    span = f"1{NBSP}Jan{NBSP}2027 – 1{NBSP}Feb{NBSP}2027"
    assert marks[0].look == "f3"
    assert marks[0].said == span
    assert float(marks[0].at[2][1]) == pytest.approx(31 * day, abs=0.1)
    assert marks[1:] == [
        dot("g-late", 264 + 59 * day, 77, 6, f"1{NBSP}Mar{NBSP}2027"),
        dot("g-hollow", right, 105, 6, f"31{NBSP}Dec{NBSP}2027"),
    ]


def test_a_stage_of_a_day_can_be_seen():
    stage = Event("Call", date(2027, 1, 1), "done", date(2027, 1, 1), 1)
    marks = timeline_picture([stage, END], TODAY).narrow.marks
    assert bar("f1", 8, 82, 0, 12, said=f"1{NBSP}Jan{NBSP}2027 – 1{NBSP}Jan{NBSP}2027") in marks


FINDINGS = [
    ([STAGE, LATE, END], "1 thing is late; the first: Interim report"),
    ([STAGE, END], f"Next: End, 31{NBSP}December 2027"),
    ([STAGE], "Everything is done"),
    ([STAGE, RUNNING], "No date lies ahead"),
]


@pytest.mark.parametrize(("events", "sentence"), FINDINGS)
def test_the_title_is_the_finding(events, sentence):
    assert timeline_picture(events, TODAY).title == sentence


def test_the_table_has_days_for_programs():
    rows = timeline_picture([STAGE, LATE], TODAY).table.rows
    assert [[cell.raw if cell.raw is not None else cell.text for cell in row] for row in rows] == [
        ["Selection", "2027-01-01", "2027-02-01", "done"], ["Interim report", "2027-03-01", "", "late"],
    ]  # fmt: skip
    assert rows[1][0].url == "/r/1/"


def test_late_stands_in_the_legend_only_where_something_is_late():
    keys = [[key.words for key in timeline_picture(events, TODAY).legend] for events in ([LATE], [END])]
    assert keys == [["done", "late", "ahead"], ["done", "ahead"]]
