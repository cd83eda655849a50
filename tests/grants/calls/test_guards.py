"""Conditions of a call's steps, each from both sides."""

from datetime import UTC, datetime, timedelta

import pytest

from grants.calls import guards
from grants.calls.models import Call
from grants.questionnaires.models import Questionnaire
from workflows.moves import Move

NOW = datetime(2027, 6, 1, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def move(*, asking: bool = False, **data) -> Move:
    return Move("do", None, NOW, data=data, asking=asking)


def code(obstacle) -> str | None:
    return obstacle.code if obstacle else None


@pytest.mark.parametrize(("opens", "found"), [(NOW, None), (NOW + SECOND, "too_early_to_open")])
def test_a_call_opens_at_its_time(opens, found):
    assert code(guards.opening_time_has_come(Call(code="X", opens_at=opens), move())) == found


@pytest.mark.parametrize(
    ("closes", "closing", "taking"),
    [
        (NOW - SECOND, None, "deadline_passed"),
        (NOW, None, "deadline_passed"),
        (NOW + SECOND, "too_early_to_close", None),
    ],
)
def test_a_call_takes_applications_until_its_closing_time_and_closes_then(closes, closing, taking):
    call = Call(code="X", closes_at=closes)
    found = guards.closing_time_has_come(call, move()), guards.closing_time_lies_ahead(call, move())
    assert (code(found[0]), code(found[1])) == (closing, taking)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (NOW + SECOND, NOW + 2 * SECOND, None),
        (NOW - SECOND, NOW + SECOND, None),  # it has passed, and is moved ahead
        (NOW + SECOND, NOW + SECOND, "deadline_not_later"),
        (NOW - 2 * SECOND, NOW - SECOND, "deadline_not_later"),
        (NOW - SECOND, NOW, "deadline_not_later"),
        (NOW, None, "no_new_deadline"),
    ],
)
def test_an_extension_lies_ahead_and_after_the_old_time(old, new, found):
    call = Call(code="X", closes_at=old)
    assert code(guards.extension_is_later(call, move(closes_at=new))) == found
    assert guards.extension_is_later(call, move(closes_at=new, asking=True)) is None


@pytest.mark.parametrize(
    ("sections", "found"),
    [
        ([], "no_form"),
        ([{"id": "a"}], "no_form"),
        ([{"id": "a", "questions": []}], "no_form"),
        ([{"id": "a", "questions": []}, {"id": "b", "questions": [{"key": "q"}]}], None),
    ],
)
def test_a_form_has_a_question(sections, found):
    call = Call(code="X", questionnaire=Questionnaire(definition={"sections": sections}))
    assert code(guards.form_is_ready(call, move())) == found


def test_where_nobody_scores_and_no_money_is_promised_nothing_has_to_stand_behind_it():
    call = Call(code="X", rules={})
    assert (guards.criteria_add_up(call, move()), guards.money_is_behind_it(call, move())) == (None, None)
