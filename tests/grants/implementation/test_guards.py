"""Conditions of implementation: what stands in the way, and what does not."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from grants.calls.models import Call
from grants.implementation import guards
from grants.implementation.models import Agreement, Milestone, Payment
from grants.implementation.states import AgreementState
from grants.projects.models import Project
from grants.projects.states import ProjectState
from workflows.moves import Move

NOW = datetime(2027, 6, 1, 21, 30, tzinfo=UTC)  # in Vilnius it is 2 June already
DECIDED = datetime(2027, 5, 11, 21, 30, tzinfo=UTC)  # in Vilnius 12 May


def project(**fields) -> Project:
    return Project(pk=7, number="BP-1", call=Call(time_zone="Europe/Vilnius"), **fields)


def move(*, asking: bool = False, **data) -> Move:
    return Move("do", None, NOW, data=data, asking=asking)


def code(obstacle) -> str | None:
    return obstacle.code if obstacle else None


@pytest.mark.parametrize(
    ("guard", "state", "is_held", "found"),
    [
        (guards.project_running, ProjectState.IMPLEMENTATION, False, None),
        (guards.project_running, ProjectState.IMPLEMENTATION, True, "held"),
        (guards.project_running, ProjectState.EVALUATION, False, "not_running"),
        (guards.project_not_over, ProjectState.IMPLEMENTATION, False, None),
        (guards.project_not_over, ProjectState.EVALUATION, False, None),
        (guards.project_not_over, ProjectState.EVALUATION, True, "held"),
        (guards.project_not_over, ProjectState.CLOSED, False, "over"),
    ],
)
def test_where_the_project_stands(guard, state, is_held, found):
    payment = Payment(project=project(state=state, held_since=NOW if is_held else None))
    assert code(guard(payment, move())) == found


@pytest.mark.parametrize(
    ("grantee", "funder", "found"),
    [
        (date(2027, 5, 20), date(2027, 5, 21), None),
        (date(2027, 5, 12), date(2027, 6, 2), None),  # the day of the decision, and today
        (None, date(2027, 5, 21), "days_missing"),
        (date(2027, 5, 20), None, "days_missing"),
        (date(2027, 5, 20), date(2027, 6, 3), "day_ahead"),
        (date(2027, 5, 11), date(2027, 5, 21), "day_too_early"),
    ],
)
def test_days_of_signing_lie_between_the_decision_and_today(grantee, funder, found):
    agreement = Agreement(project=project(decided_at=DECIDED))
    assert code(guards.signing_days_given(agreement, move(grantee_on=grantee, funder_on=funder))) == found


def test_days_of_signing_are_not_missed_while_a_page_only_asks():
    assert guards.signing_days_given(Agreement(project=project()), move(asking=True)) is None


@pytest.mark.parametrize(
    ("kept", "given", "asking", "found"),
    [
        ("", "", False, "evidence_missing"),
        ("", "   ", False, "evidence_missing"),
        ("", "Photographs", False, None),
        ("Photographs", "", False, None),
        ("", "", True, None),
    ],
)
def test_a_milestone_is_reported_with_what_shows_it(kept, given, asking, found):
    milestone = Milestone(evidence=kept, project=project())
    assert code(guards.evidence_given(milestone, move(evidence=given, asking=asking))) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [(None, None), (date(2027, 6, 2), None), (date(2027, 6, 3), "reached_ahead")],
)
def test_a_milestone_is_not_reached_ahead_of_its_day(day, found):
    assert code(guards.reached_by_now(Milestone(project=project()), move(reached_on=day))) == found


@pytest.mark.parametrize(
    ("state", "found"),
    [(AgreementState.SIGNED, None), (AgreementState.DRAFT, "agreement_open"), (AgreementState.SENT, "agreement_open")],
)
def test_nothing_is_paid_before_the_agreement_is_signed(state, found):
    payment = Payment(project=project(), agreement=Agreement(state=state))
    assert code(guards.agreement_signed(payment, move())) == found


@pytest.mark.parametrize(("cents", "found"), [("0", None), ("0.01", "budget_differs"), ("-0.01", "budget_differs")])
def test_the_lines_make_the_award_to_the_cent(awarded, cents, found):
    line = awarded.agreement.lines.order_by("order").first()
    type(line).objects.filter(pk=line.pk).update(awarded=line.awarded + Decimal(cents))
    assert code(guards.budget_adds_up(awarded.agreement, move())) == found


def test_money_without_an_application_has_no_lines_to_add_up(awarded):
    awarded.agreement.lines.all().delete()
    assert guards.budget_adds_up(awarded.agreement, move()) is None
