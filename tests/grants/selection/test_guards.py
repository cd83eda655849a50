"""Conditions of selection: what stands in the way, and what does not."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from grants.projects.models import Project
from grants.projects.states import ProjectState
from grants.selection import guards
from grants.selection.models import ConflictDeclaration, Decision, Review
from grants.selection.states import CLEAR_STATES, KEPT_AWAY_STATES, DecisionState
from workflows.moves import Move

NOW = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
HARD = {"hard": True, "rule": "member", "name": "Paupio biblioteka"}
SOFT = {"hard": False, "rule": "domain", "name": "paupys.lt"}


def move(*, asking: bool = False, **data) -> Move:
    return Move("do", None, NOW, data=data, asking=asking)


def code(obstacle) -> str | None:
    return obstacle.code if obstacle else None


@pytest.mark.parametrize(
    ("ground", "asking", "found"),
    [("", False, "ground_missing"), ("  ", False, "ground_missing"), ("A cousin", False, None), ("", True, None)],
)
def test_a_doubt_names_its_ground(ground, asking, found):
    assert code(guards.ground_given(ConflictDeclaration(), move(ground=ground, asking=asking))) == found


@pytest.mark.parametrize(
    ("answered_at", "ground", "found"),
    [(NOW, "A cousin", None), (None, "A cousin", "not_answered"), (NOW, "", "not_answered")],
)
def test_only_what_was_answered_can_be_allowed(answered_at, ground, found):
    conflict = ConflictDeclaration(answered_at=answered_at, ground=ground)
    assert code(guards.answered_with_ground(conflict, move())) == found


@pytest.mark.parametrize(
    ("guard", "words"),
    [
        (guards.nothing_hard_found, "You cannot declare that there is none: acts for the applicant Paupio biblioteka."),
        (guards.nothing_hard_to_allow, "This conflict cannot be allowed: acts for the applicant Paupio biblioteka."),
    ],
)
def test_what_the_product_found_by_itself_is_declared_away_and_allowed_by_nobody(guard, words):
    assert [guard(ConflictDeclaration(hits=hits), move()) for hits in ([], [SOFT])] == [None, None]
    obstacle = guard(ConflictDeclaration(hits=[SOFT, HARD]), move())
    assert (obstacle.code, obstacle.message) == ("conflict_found", words)


def reviewing(state) -> Review:
    """A review whose question of conflict stands at this state, as lists know it beforehand."""
    review = Review(project=Project(state=ProjectState.SELECTION))
    review._conflict_state = state
    return review


@pytest.mark.parametrize("state", sorted({*CLEAR_STATES, *KEPT_AWAY_STATES, "asked", "possible"}))
def test_a_review_waits_for_the_question_of_conflict_and_a_person_with_one_is_not_asked_again(state):
    review = reviewing(state)
    assert code(guards.conflict_settled(review, move())) == (None if state in CLEAR_STATES else "conflict_open")
    assert code(guards.not_kept_away(review, move())) == ("conflict" if state in KEPT_AWAY_STATES else None)


@pytest.mark.parametrize(
    ("state", "found"), [(ProjectState.SELECTION, None), (ProjectState.DECLINED, "not_in_selection")]
)
def test_reviews_are_written_while_the_project_is_in_selection(state, found):
    assert code(guards.project_in_selection(Review(project=Project(state=state)), move())) == found


def test_a_review_names_everything_that_it_lacks():
    obstacle = guards.review_complete(Review(), move(missing=["Give points for Need.", "Recommend."]))
    assert (obstacle.code, obstacle.message) == ("review_incomplete", "Give points for Need. Recommend.")
    assert guards.review_complete(Review(), move(missing=[])) is None
    assert guards.review_complete(Review(), move(asking=True, missing=["Recommend."])) is None


@pytest.mark.parametrize(
    ("state", "outcome", "found"),
    [
        (ProjectState.SELECTION, "award", None),
        (ProjectState.SELECTION, "decline", None),
        (ProjectState.RESERVE, "award", None),
        (ProjectState.RESERVE, "decline", "not_deciding"),
        (ProjectState.DECLINED, "award", "not_deciding"),
    ],
)
def test_a_decision_is_about_what_waits_for_one(state, outcome, found):
    decision = Decision(outcome=outcome, project=Project(pk=7, number="BP-1", state=state))
    assert code(guards.project_awaits_decision(decision, move())) == found


@pytest.mark.parametrize(
    ("amount", "asked", "found"),
    [
        (Decimal("100.00"), Decimal("100.00"), None),
        (Decimal("100.01"), Decimal("100.00"), "above_request"),
        (None, Decimal("100.00"), None),
        (Decimal("100.00"), None, None),
    ],
)
def test_nothing_is_awarded_above_what_was_asked_for(amount, asked, found):
    decision = Decision(amount=amount, project=Project(number="BP-1", requested_amount=asked))
    assert code(guards.amount_within_request(decision, move())) == found


@pytest.mark.parametrize(
    ("state", "outcome", "amount", "asking", "found"),
    [
        (DecisionState.ANNOUNCED, "award", Decimal(100), False, None),
        (DecisionState.ANNOUNCED, "award", Decimal(99), False, "no_decision"),
        (DecisionState.ANNOUNCED, "award", Decimal(99), True, None),
        (DecisionState.CONFIRMED, "award", Decimal(100), False, "no_decision"),
        (DecisionState.ANNOUNCED, "decline", Decimal(100), False, "no_decision"),
    ],
)
def test_a_project_takes_the_step_that_an_announced_decision_says(state, outcome, amount, asking, found):
    project = Project(pk=7, call_id=3)
    project.decision = Decision(state=state, outcome=outcome, amount=Decimal(100), project=project)
    guard = guards.decision_stands(frozenset({"award"}))
    assert code(guard(project, move(amount=amount, asking=asking))) == found


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (ProjectState.RESERVE, None),
        (ProjectState.SELECTION, None),
        (ProjectState.DECLINED, "not_on_reserve"),
    ],
)
def test_only_a_project_of_the_reserve_list_or_a_reinstated_one_is_decided_twice(state, found):
    decision = Decision(project=Project(number="BP-1", state=state))
    assert code(guards.waits_for_another(decision, move())) == found
