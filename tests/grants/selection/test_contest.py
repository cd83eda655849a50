"""A contest's own way: winners and commendations of each nomination, by the rules of its call."""

import pytest

from grants.projects.models import Project
from grants.selection.completeness import doubts_about
from grants.selection.models import Decision
from grants.selection.ranking import ranking_of
from grants.selection.services import draft_decision, letters_of
from tests.fixtures.beginnings import kept
from tests.scenarios.prepared import begun, continued
from workflows.models import Message

pytestmark = pytest.mark.django_db

SHARES = ("1", "0.8", "0.6", "0.4")


def into_jury(story):
    """Four entries for one nomination and one for another, each with the points of the whole jury."""
    people = story.people
    for key in ("coordinator", "head"):
        people.staff(key)
    story.contest = story.call("nom-2027")
    story.entries = []
    for n in range(1, 6):
        library = people.library(f"PVZ-{n:02}", f"Biblioteka Nr. {n}", f"LT-0{n}")
        director = people.member(library, f"direktore{n}", f"Vardenė Pavardenė {n}")
        nomination = "library/innovation" if n < 5 else "library/lithuanian"
        story.entries.append(story.applied(story.contest, library, director, nomination=nomination))
        story.director = director
    story.closed(story.contest)
    jury = [story.evaluator(story.contest, f"juror{n}", f"Jurorė {n}") for n in range(3)]
    for entry, share in zip(story.entries, (*SHARES, "0.2"), strict=True):
        story.accepted(entry)
        entry.refresh_from_db()
        story.reviewed(entry, jury, share=share)


@pytest.fixture
@kept
def judged():
    return begun(into_jury)


@pytest.fixture
def contest(judged, beginning, tmp_path, db):
    """The jury has given its points, for one test."""
    with continued(judged, beginning, tmp_path) as story:
        yield story


def test_the_rules_lead_to_a_winner_and_commendations_of_each_nomination(contest, client, in_english):
    client.force_login(contest.people.known["coordinator"])
    page = client.get(f"/calls/{contest.contest.pk}/decisions/")
    found = {row.project.pk: (row.place.rank, form.initial["outcome"]) for row, form in page.context["forms"]}
    assert [found[entry.pk] for entry in contest.entries] == [
        (1, "recognise"), (2, "commend"), (3, "commend"), (4, "decline"), (1, "recognise"),
    ]  # fmt: skip
    offered = [value for value, _label in page.context["form_list"][0].fields["outcome"].choices]
    assert offered == ["recognise", "commend", "decline"]
    answer = client.get(f"/calls/{contest.contest.pk}/ranking/")
    assert answer.content.decode().count("The places end here") == 1
    assert answer.context["ranking"].lines == {contest.entries[3].pk}


def test_more_commendations_than_the_call_has_are_doubted(contest, in_english):
    coordinator = contest.people.known["coordinator"]
    outcomes = ("commend", "commend", "commend", "decline", "decline")
    drafts = [
        draft_decision(project=entry, outcome=outcome, by=coordinator)
        for entry, outcome in zip(contest.entries, outcomes, strict=True)
    ]
    rows = {row.project.pk: row for row in ranking_of(contest.contest, coordinator).rows}
    [doubt] = [d for d in doubts_about(contest.contest, drafts, rows) if d.code != "reviews_missing"]
    assert doubt.code == "too_many_commendations"
    assert "3 commendations; the call has at most 2" in str(doubt)


def test_a_commendation_is_recorded_told_and_leads_on_as_a_recognition(contest):
    winner, commended = contest.entries[:2]
    decisions = [contest.decided(winner, "recognise"), contest.decided(commended, "commend")]
    letters = {decision.outcome: letters_of(decision) for decision in decisions}
    contest.announced(contest.contest, decisions)
    assert set(Project.objects.filter(decision__isnull=False).values_list("state", flat=True)) == {"evaluation"}
    assert dict(Decision.objects.values_list("outcome", "rank")) == {"recognise": 1, "commend": 2}
    for outcome, [letter] in letters.items():
        assert Message.objects.get(kind=f"decision_{outcome}").text == letter.words.text
    assert letters["recognise"][0].words.text != letters["commend"][0].words.text
    lines = [row.place.line for row in ranking_of(contest.contest, contest.people.known["coordinator"]).rows]
    assert sorted(lines) == ["after", "commended", "fund", "settled", "settled"]
