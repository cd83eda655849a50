"""The outcome that the declared rules lead to, and the words beside a place in the ranking."""

from decimal import Decimal

import pytest

from grants.calls.models import Call
from grants.projects.models import Project
from grants.selection.line import Entry, Place
from grants.selection.ranking import Row
from grants.selection.scoring import Outcome

OUTCOME = Outcome(Decimal(80), 2, Decimal(0), {}, ())


def row(line: str, left: Decimal | None, *, reserve: bool = False, by: str = "") -> Row:
    project = Project(number="X-1", call=Call(code="X", rules={"features": {"reserve_list": reserve}}))
    place = Place(Entry(1, OUTCOME, Decimal(100), {}), 1, by, line, left)
    return Row(project, [], OUTCOME, place, Decimal(0), None)


@pytest.mark.parametrize(
    ("line", "left", "reserve", "suggested"),
    [
        ("fund", Decimal(50), False, "award"),
        ("fund", None, False, "recognise"),  # a contest has winners and no money
        ("commended", None, False, "commend"),
        ("after", Decimal(0), True, "reserve"),
        ("tie", Decimal(0), True, "reserve"),
        ("after", Decimal(0), False, "decline"),
        ("after", None, True, "decline"),  # without money nothing is waited for
        ("below", Decimal(50), True, "decline"),
        ("unscored", Decimal(50), True, "decline"),
    ],
)
def test_the_line_leads_to_an_outcome(line, left, reserve, suggested):
    assert row(line, left, reserve=reserve).suggestion == suggested


def test_an_earlier_submission_has_words_where_it_parted_equals():
    assert row("fund", Decimal(50), by="earlier_submission").tie_words == "earlier submission"


def test_where_no_pass_mark_was_missed_none_is_named():
    assert row("fund", Decimal(50)).below_words == []
