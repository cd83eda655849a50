"""What the product finds by itself, and what it says before anybody decides."""

from decimal import Decimal

import pytest
from django.utils import translation

from grants.selection.computed import computed_hits, partners_of
from grants.selection.hits import SENTENCES, in_words
from grants.selection.ranking import ranking_of
from grants.selection.scoring import Method, Scale, outcome_of
from grants.selection.services import (
    add_evaluator,
    assign_review,
    draft_decision,
    propose_decisions,
    remove_evaluator,
    submit_review,
)
from grants.selection.services.conflicts import ask_about_conflict
from tests.scenarios.people import People
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.models import ReasonText, TransitionRecord

pytestmark = pytest.mark.django_db


def hits(person, project):
    return {hit["rule"]: hit["hard"] for hit in computed_hits(person, project)}


def test_the_partners_are_named_and_nothing_else(selection):
    assert partners_of(selection.project) == ["Paupio kaimo bendruomenė"]


def test_nobody_without_ties_is_suspected(selection):
    assert hits(selection.evaluators[0].user, selection.project) == {}


def test_each_tie_is_found(selection):
    people, project = selection.people, selection.project
    domain = people.person("evaluator1").email.rpartition("@")[2]
    assert hits(selection.director, project) == {"member": True}
    assert hits(selection.director, selection.other) == {"competitor": False}
    partner = people.library("PRT-01", "PAUPIO kaimo bendruomene", "LT-03")
    assert hits(people.member(partner, "partnere", "Partnerė Partneraitė"), project) == {"partner": True}
    assert hits(People("biblioteka.test").person("vardas"), project) == {"named": True}
    project.organisation.domain = domain
    project.organisation.save()
    assert hits(selection.evaluators[0].user, project) == {"domain": False}


def test_a_former_member_may_be_allowed_but_a_present_one_never(selection):
    membership = selection.director.memberships.get()
    membership.left_at = clock.now()
    membership.save()
    assert hits(selection.director, selection.project) == {"former": False}


@pytest.mark.parametrize("language", ["en", "lt"])
def test_a_find_is_told_in_the_language_of_the_reader_whoever_caused_it(language, selection):
    with translation.override("en" if language == "lt" else "lt"):
        conflict = ask_about_conflict(project=selection.project, user=selection.director, by=SYSTEM)
    assert conflict.hits == [{"rule": "member", "hard": True, "name": selection.project.organisation.name}]
    with translation.override(language):
        told = conflict.found
        assert conflict.findings == [told] == [in_words(conflict.hits[0])]
    assert selection.project.organisation.name in told
    assert (told.startswith("acts for the applicant")) is (language == "en")
    reason = TransitionRecord.objects.get(subject_label=conflict.subject_label, transition="block").reason
    with translation.override("lt"):
        assert reason.text == conflict.found, "the log keeps the product's own language"


@pytest.mark.parametrize("rule", sorted(SENTENCES))
def test_every_rule_has_its_sentence(rule):
    assert "%" not in in_words({"rule": rule, "hard": True, "name": "Ąžuolupio biblioteka"})


def test_a_hard_find_keeps_the_person_away_at_once(selection):
    evaluator = add_evaluator(
        call=selection.call_, user=selection.director, by=selection.people.known["coordinator"]
    )  # fmt: skip
    with pytest.raises(Blocked, match="Ąžuolupio viešoji biblioteka"):
        assign_review(project=selection.project, evaluator=evaluator, by=selection.people.known["coordinator"])
    assert selection.project.conflicts.get(user=selection.director).state == "blocked"


def flags(selection):
    rows = ranking_of(selection.call_, selection.people.known["coordinator"]).rows
    return {row.project.pk: [flag.code for flag in row.flags] for row in rows}


def test_missing_reviews_and_differing_ones_are_flagged(selection):
    first, second = selection.evaluators
    project, other = selection.project, selection.other
    assert flags(selection) == {project.pk: ["reviews_missing"], other.pk: ["reviews_missing"]}
    selection.reviewed(project, [first], share="1")
    selection.reviewed(project, [second], share="0.6")
    selection.reviewed(other, [first, second], share="0.8")
    assert flags(selection) == {project.pk: ["third_needed"], other.pk: []}
    third = selection.evaluator(selection.call_, "evaluator3", "Trečia Trečiaitė")
    selection.reviewed(project, [third], share="0.8")
    assert flags(selection) == {project.pk: [], other.pk: []}


def test_doubts_keep_a_proposal_back_until_somebody_goes_on_knowingly(selection):
    coordinator = selection.people.known["coordinator"]
    decision = draft_decision(project=selection.project, outcome="decline", by=coordinator)
    with pytest.raises(Blocked) as refused:
        propose_decisions(call=selection.call_, by=coordinator, decisions=[decision])
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["reviews_missing"]
    decision.refresh_from_db()
    assert decision.state == "draft"
    [record] = propose_decisions(
        call=selection.call_, by=coordinator, decisions=[decision], despite_doubts=True
    )  # fmt: skip
    assert selection.project.number in ReasonText.objects.get(record=record).text


def test_a_second_grant_for_one_applicant_is_doubted(selection):
    coordinator = selection.people.known["coordinator"]
    selection.other.organisation_id = selection.project.organisation_id
    selection.other.save(update_fields=["organisation"])
    for project in (selection.project, selection.other):
        selection.reviewed(project, selection.evaluators)
    drafts = [draft_decision(project=project, outcome="award", amount=Decimal(10000), by=coordinator)
              for project in (selection.project, selection.other)]  # fmt: skip
    with pytest.raises(Blocked) as refused:
        propose_decisions(call=selection.call_, by=coordinator, decisions=drafts)
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["too_many_awards"]


NEED = Scale("need", Decimal(1), Decimal(0), Decimal(5), threshold_percent=Decimal(50))


@pytest.mark.parametrize(
    ("scores", "of_each", "below"),
    [
        ((4, 2), False, ()), ((4, 2), True, ("need",)), ((2, 2), False, ("need",)), ((3, 3), True, ()), ((), True, ()),
    ],
)  # fmt: skip
def test_a_pass_mark_holds_on_average_or_for_each_review(scores, of_each, below):
    reviews = [{"need": Decimal(score)} for score in scores]
    assert outcome_of(reviews, [NEED], Method(minimum_of_each=of_each)).below == below


def test_a_person_taken_out_of_the_pool_keeps_what_is_submitted_and_gives_up_the_rest(selection):
    coordinator, evaluator = selection.people.known["coordinator"], selection.evaluators[0]
    done = selection.written(selection.assigned(selection.project, evaluator))
    submit_review(review=done, by=evaluator.user)
    waiting = selection.assigned(selection.other, evaluator)
    with pytest.raises(Blocked):
        remove_evaluator(evaluator=evaluator, by=coordinator, note=" ")
    with pytest.raises(NotPermitted):
        remove_evaluator(evaluator=evaluator, by=selection.people.known["finance"], note="Nebegali")
    for _twice in range(2):
        remove_evaluator(evaluator=evaluator, by=coordinator, note="Nebegali")
    done.refresh_from_db()
    waiting.refresh_from_db()
    assert (done.state, waiting.state) == ("submitted", "cancelled")
    with pytest.raises(Blocked, match=str(evaluator.user)):
        assign_review(project=selection.other, evaluator=evaluator, by=coordinator)
    back = selection.evaluator(selection.call_, "evaluator1")
    assert assign_review(project=selection.other, evaluator=back, by=coordinator).state == "assigned"


def test_the_chair_passes_to_whoever_is_named_last(selection):
    coordinator = selection.people.known["coordinator"]
    for evaluator in (*selection.evaluators, selection.evaluators[0]):
        add_evaluator(call=selection.call_, user=evaluator.user, by=coordinator, is_chair=True)
    chairs = selection.call_.evaluators.filter(is_chair=True)
    assert [chair.pk for chair in chairs] == [selection.evaluators[0].pk]


def test_a_full_evaluator_gets_no_more(selection):
    coordinator, person = selection.people.known["coordinator"], selection.evaluators[0].user
    evaluator = add_evaluator(call=selection.call_, user=person, by=coordinator, capacity=1)
    assign_review(project=selection.project, evaluator=evaluator, by=coordinator)
    with pytest.raises(Blocked) as refused:
        assign_review(project=selection.other, evaluator=evaluator, by=coordinator)
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["full"]
