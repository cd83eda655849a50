"""The machines of conflict, review and decision, written out by hand: every way, and who may take it."""

import pytest
from django.db import IntegrityError, transaction

from grants.selection.models import ConflictDeclaration, Decision, Review
from grants.selection.services import assign_review, block_conflict, declare, return_review, submit_review
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.models import Exclusion, Message, WorkItem
from workflows.registry import machine_of
from workflows.services import options_for, perform

pytestmark = pytest.mark.django_db

CONFLICT_WAYS = {
    "declare_none": ({"asked"}, {"none"}),
    "declare_possible": ({"asked", "none"}, {"possible"}),
    "declare_conflict": ({"asked", "none", "possible", "allowed"}, {"conflict"}),
    "allow": ({"possible", "blocked"}, {"allowed"}),
    "block": ({"asked", "none", "possible", "allowed"}, {"blocked"}),
}
REVIEW_WAYS = {
    "start": ({"assigned"}, {"draft"}),
    "submit": ({"assigned", "draft", "returned"}, {"submitted"}),
    "return_review": ({"submitted"}, {"returned"}),
    "recuse": ({"assigned", "draft", "returned", "submitted"}, {"recused"}),
    "cancel": ({"assigned", "draft", "returned"}, {"cancelled"}),
    "reassign": ({"cancelled"}, {"assigned", "draft", "returned"}),
}
DECISION_WAYS = {
    "propose": ({"draft"}, {"proposed"}),
    "take_back": ({"proposed", "confirmed"}, {"draft"}),
    "confirm": ({"proposed"}, {"confirmed"}),
    "announce": ({"confirmed"}, {"announced"}),
    "decide_anew": ({"announced"}, {"draft"}),
}


@pytest.mark.parametrize(
    ("model", "ways"), [(ConflictDeclaration, CONFLICT_WAYS), (Review, REVIEW_WAYS), (Decision, DECISION_WAYS)]
)
def test_the_machine_has_exactly_these_ways(model, ways):
    steps = machine_of(model).steps
    assert {name: (set(step.sources), set(step.targets)) for name, step in steps.items()} == ways


EVERYBODY = ("evaluator1", "evaluator2", "coordinator", "head", "finance", "auditor", "admin", "direktore", "SYSTEM")
LEADS = {"coordinator", "head"}
WHO = {
    (ConflictDeclaration, "declare_none"): {"evaluator1"},
    (ConflictDeclaration, "declare_possible"): {"evaluator1"},
    (ConflictDeclaration, "declare_conflict"): {"evaluator1"},
    (ConflictDeclaration, "allow"): LEADS,
    (ConflictDeclaration, "block"): LEADS | {"SYSTEM"},
    (Review, "start"): {"evaluator1"},
    (Review, "submit"): {"evaluator1"},
    (Review, "return_review"): LEADS,
    (Review, "recuse"): LEADS | {"evaluator1", "SYSTEM"},
    (Review, "cancel"): LEADS | {"SYSTEM"},
    (Review, "reassign"): LEADS,
    (Decision, "propose"): LEADS,
    (Decision, "take_back"): LEADS | {"SYSTEM"},
    (Decision, "confirm"): {"head"},
    (Decision, "announce"): LEADS,
    (Decision, "decide_anew"): LEADS,
}
OFFERED = {
    "declare_none", "declare_possible", "declare_conflict", "allow", "block", "submit", "return_review", "cancel",
    "reassign", "take_back", "decide_anew",
}  # fmt: skip
"""The steps that pages offer as buttons; the others have forms of their own."""


def actor(story, who):
    return SYSTEM if who == "SYSTEM" else story.people.known[who]


@pytest.fixture
def things(selection):
    review = selection.assigned(selection.project, selection.evaluators[0], answer=None)
    conflict = ConflictDeclaration.objects.get(project=selection.project)
    return {Review: review, ConflictDeclaration: conflict, Decision: Decision(
        case=selection.project.case, project=selection.project, outcome="decline",
        proposed_by=selection.people.known["coordinator"],
    )}  # fmt: skip


@pytest.mark.parametrize(("model", "name"), WHO, ids=lambda part: getattr(part, "__name__", part))
def test_who_may_take_a_step(selection, things, model, name):
    spec = machine_of(model).step(name).spec
    may = {
        who for who in EVERYBODY
        if (spec.system if who == "SYSTEM" else spec.permission(actor(selection, who), things[model]))
    }  # fmt: skip
    assert may == WHO[model, name]
    assert spec.offered is (name in OFFERED)


@pytest.mark.parametrize("name", ["declare_none", "declare_possible", "declare_conflict", "allow", "block"])
def test_nobody_settles_a_conflict_of_their_own(selection, name):
    """A coordinator who is asked answers, and cannot allow or block themselves."""
    coordinator = selection.people.known["coordinator"]
    evaluator = selection.evaluator(selection.call_, "head")
    assert evaluator.user == selection.people.known["head"]
    review = selection.assigned(selection.project, evaluator, answer=None)
    conflict = ConflictDeclaration.objects.get(user=evaluator.user)
    spec = machine_of(ConflictDeclaration).step(name).spec
    own, other = spec.permission(review.user, conflict), spec.permission(coordinator, conflict)
    assert (own, other) == ((False, True) if name in {"allow", "block"} else (True, False))


def test_nobody_gives_a_review_to_themselves(selection):
    evaluator = selection.evaluator(selection.call_, "coordinator")
    with pytest.raises(NotPermitted):
        assign_review(project=selection.project, evaluator=evaluator, by=evaluator.user)


def at(selection, state):
    """A review in a state, reached by its people."""
    review = selection.assigned(selection.project, selection.evaluators[0])
    coordinator = selection.people.known["coordinator"]
    if state in {"draft", "submitted", "returned"}:
        selection.written(review)
    if state in {"submitted", "returned"}:
        submit_review(review=review, by=review.user)
    if state == "returned":
        return_review(review=review, by=coordinator, note="Pažiūrėkite dar kartą.")
    if state == "cancelled":
        perform(review, "cancel", by=coordinator, note="Per daug.")
    if state == "recused":
        declare(conflict=review.project.conflicts.get(), answer="conflict", by=review.user, ground="Giminė")
    review.refresh_from_db()
    assert review.state == state
    return review


@pytest.mark.parametrize("state", ["assigned", "draft", "submitted", "returned", "recused", "cancelled"])
def test_from_each_state_only_its_own_ways_lead(selection, state):
    review = at(selection, state)
    coordinator = selection.people.known["coordinator"]
    for name, (sources, _targets) in REVIEW_WAYS.items():
        by = review.user if name in {"start", "submit"} else SYSTEM if name == "recuse" else coordinator
        with transaction.atomic():
            if state in sources:
                perform(review, name, by=by, note="Priežastis", total=review.total or 50)
            else:
                with pytest.raises(Refused):
                    perform(review, name, by=by, note="Priežastis", total=review.total or 50)
            transaction.set_rollback(True)
        review.refresh_from_db()
        assert review.state == state


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"outcome": "award"}, "decision_amount_only_for_award"),
        ({"outcome": "award", "amount": 0}, "decision_amount_only_for_award"),
        ({"outcome": "award", "amount": -1}, "decision_amount_only_for_award"),
        ({"outcome": "decline", "amount": 5}, "decision_amount_only_for_award"),
        ({"outcome": "nonsense"}, "decision_outcome_known"),
    ],
)  # fmt: skip
def test_the_database_refuses_an_impossible_decision(selection, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Decision.objects.create(case=selection.project.case, project=selection.project, **values)


def test_the_database_refuses_a_decision_confirmed_by_who_proposed_it(selection):
    decision = selection.decided(selection.project, "decline")
    with pytest.raises(IntegrityError, match="decision_confirmed_by_another"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(confirmed_by=decision.proposed_by)


def test_a_returned_review_tells_its_evaluator_why_and_waits_for_them(selection):
    review = at(selection, "returned")
    letter = Message.objects.get(kind="review_returned")
    assert (letter.to_user, letter.case) == (review.user, review.case)
    assert "Pažiūrėkite dar kartą." in letter.text
    assert review.get_absolute_url() in letter.text
    work = WorkItem.objects.get(kind="review_write", closed_at=None)
    assert (work.audience, work.subject_id) == (f"user:{review.user_id}", review.pk)


def test_a_settled_doubt_lets_back_and_a_block_keeps_away(selection):
    review = selection.assigned(selection.project, selection.evaluators[0], "possible", "Pažįstu direktorę")
    coordinator = selection.people.known["coordinator"]
    conflict = ConflictDeclaration.objects.get()
    assert [o.name for o in options_for([conflict], coordinator)[conflict.pk]] == ["allow", "block"]
    with pytest.raises(Blocked):
        selection.written(review)
    perform(conflict, "allow", by=coordinator, note="Pažintis seniai nutrūkusi.")
    assert selection.written(review).state == "draft"
    block_conflict(conflict=conflict, by=coordinator, note="Paaiškėjo giminystė.")
    review.refresh_from_db()
    assert review.state == "recused"
    assert Exclusion.objects.filter(user=review.user, until=None).count() == 1
    perform(conflict, "allow", by=coordinator, note="Suklydome.")
    assert Exclusion.objects.filter(user=review.user, until=None).count() == 0


def test_once_a_project_leaves_selection_nobody_is_asked_any_more(selection):
    first, second = selection.evaluators
    selection.assigned(selection.project, first)
    selection.assigned(selection.project, second, answer=None)
    decision = selection.decided(selection.project, "decline")
    selection.announced(selection.call_, [decision])
    assert set(Review.objects.filter(project=selection.project).values_list("state", flat=True)) == {"cancelled"}
    kinds = {"review_write", "conflict_answer"}
    assert not WorkItem.objects.filter(case=selection.project.case, kind__in=kinds, closed_at=None).exists()
