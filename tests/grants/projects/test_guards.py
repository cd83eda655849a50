"""Conditions of a project's steps, each from both sides."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from grants.calls.models import Call
from grants.calls.states import CallState
from grants.organisations.models import Organisation
from grants.projects import guards
from grants.projects.models import Project
from workflows.moves import Move

NOW = datetime(2027, 6, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def project(rules=None, *, opens=-HOUR, closes=HOUR, state=CallState.OPEN, **fields) -> Project:
    call = Call(code="X", rules=rules or {}, state=state, opens_at=NOW + opens, closes_at=NOW + closes,
                time_zone="Europe/Vilnius")  # fmt: skip
    return Project(number="X-1", call=call, **fields)


def move(*, asking: bool = False, **data) -> Move:
    return Move("do", None, NOW, data=data, asking=asking)


def code(obstacle) -> str | None:
    return obstacle.code if obstacle else None


@pytest.mark.parametrize(
    ("state", "opens", "closes", "until", "found"),
    [
        (CallState.OPEN, -HOUR, HOUR, None, None),
        (CallState.SCHEDULED, -HOUR, HOUR, None, None),  # the task that opens it is late; the clock decides
        (CallState.CLOSED, -HOUR, HOUR, None, None),
        (CallState.SCHEDULED, HOUR, 2 * HOUR, None, "call_not_open"),
        (CallState.OPEN, -HOUR, timedelta(0), None, "too_late"),
        (CallState.SUSPENDED, -HOUR, HOUR, None, "call_suspended"),
        (CallState.DECIDING, -HOUR, HOUR, None, "call_closed"),
        (CallState.DECIDING, -HOUR, -HOUR, HOUR, None),  # invited, with a deadline of its own
        (CallState.DECIDED, -HOUR, -HOUR, HOUR, None),
        (CallState.DECIDED, -HOUR, -HOUR, timedelta(0), "too_late"),
        (CallState.ARCHIVED, -HOUR, -HOUR, HOUR, "call_closed"),
    ],
)
def test_on_time_is_what_reaches_us_before_the_deadline(state, opens, closes, until, found):
    given = None if until is None else NOW + until
    one = project(state=state, opens=opens, closes=closes, submit_until=given)
    assert code(guards.call_takes_it_now(one, move())) == found


@pytest.mark.parametrize(
    ("kinds", "kind", "found"),
    [([], "municipal", None), (["municipal"], "municipal", None), (["county"], "municipal", "wrong_kind")],
)
def test_only_the_kinds_that_the_call_names_may_apply(kinds, kind, found):
    one = project({"call": {"eligibility": {"applicant_kinds": kinds}}}, organisation=Organisation(kind=kind))
    assert code(guards.applicant_kind_fits(one, move())) == found


@pytest.mark.parametrize(("since", "goes_on", "resumes"), [(None, None, "not_on_hold"), (NOW, "on_hold", None)])
def test_a_project_on_hold_goes_no_further_and_only_that_is_resumed(since, goes_on, resumes):
    one = project(held_since=since)
    assert (code(guards.not_held(one, move())), code(guards.held(one, move()))) == (goes_on, resumes)


@pytest.mark.parametrize(
    ("guard", "feature", "found"),
    [
        (guards.allocation_allowed, "allocation", "competition"),
        (guards.full_proposals_asked, "two_stages", "one_stage"),
        (guards.reserve_list_kept, "reserve_list", "no_reserve_list"),
    ],
)
def test_a_way_that_only_some_calls_have(guard, feature, found):
    assert guard(project({"features": {feature: True}}), move()) is None
    assert code(guard(project(), move())) == found


@pytest.mark.parametrize(
    ("until", "asking", "found"),
    [
        (NOW + HOUR, False, None),
        (NOW, False, "no_deadline"),
        (None, False, "no_deadline"),
        (None, True, None),
    ],
)
def test_who_is_invited_to_write_more_is_told_until_when(until, asking, found):
    assert code(guards.new_deadline_given(project(), move(submit_until=until, asking=asking))) == found


MONEY = {"call": {"money": {"total": 1000}}}


@pytest.mark.parametrize(
    ("rules", "award", "recognition"),
    [
        (MONEY, None, "award_instead"),
        ({"features": {"contract": True}}, None, "award_instead"),
        ({"features": {"reports": True}}, None, "award_instead"),
        ({}, "nothing_to_award", None),
    ],
)
def test_money_is_awarded_and_entries_of_a_contest_are_recognised(rules, award, recognition):
    one = project(rules)
    found = guards.call_has_implementation(one, move()), guards.call_has_no_implementation(one, move())
    assert (code(found[0]), code(found[1])) == (award, recognition)


@pytest.mark.parametrize(
    ("amount", "asking", "found"),
    [
        (Decimal("0.01"), False, None),
        (Decimal(0), False, "no_amount"),
        (None, False, "no_amount"),
        (100, False, "no_amount"),  # money is an exact decimal, never a number of another kind
        (None, True, None),
    ],
)
def test_an_award_says_how_much(amount, asking, found):
    assert code(guards.amount_given(project(), move(amount=amount, asking=asking))) == found


@pytest.mark.parametrize(("amount", "found"), [(Decimal(100), None), (None, "nothing_implemented")])
def test_only_what_was_implemented_goes_back_to_implementation(amount, found):
    assert code(guards.came_from_implementation(project(awarded_amount=amount), move())) == found


@pytest.mark.parametrize(
    ("ended", "found"),
    [
        (NOW, None),
        (NOW - timedelta(days=30), None),
        (NOW - timedelta(days=30, seconds=1), "reopening_over"),
        (None, "reopening_over"),
    ],
)
def test_a_closed_project_is_opened_again_for_thirty_days(ended, found):
    assert code(guards.within_reopening_time(project(ended_at=ended), move())) == found


@pytest.mark.parametrize(
    ("until", "waits"),
    [(None, False), ("2027-05-31", False), ("2027-06-01", True), ("2027-06-02", True)],
)
def test_a_reserve_ends_with_the_day_that_the_rules_name(until, waits):
    obstacle = guards.reserve_time_is_over(project({"decision": {"reserve_valid_until": until}}), move())
    assert (obstacle is not None) is waits
