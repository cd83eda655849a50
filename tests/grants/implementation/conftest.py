"""A project that was awarded less than it asked for: its agreement in preparation, or signed."""

from datetime import date

import pytest

from grants.implementation.models import Agreement
from grants.projects.models import Project
from tests.fixtures.beginnings import kept
from tests.scenarios.prepared import begun, continued


def into_agreement(story):
    """An award of 15,000 out of 16,569 EUR: story.project, story.agreement (in preparation), story.director."""
    people = story.people
    for key in ("coordinator", "head", "finance", "auditor", "admin"):
        people.staff(key)
    library = people.library()
    story.director = people.member(library, "direktore", "Vardenė Pavardenė")
    people.member(library, "skaitytojas", "Skaitytojas Skaitytojaitis", role="viewer")
    stranger = people.library("PVZ-02", "Paupio viešoji biblioteka", "LT-02")
    people.member(stranger, "svetimas", "Svetimas Svetimaitis")
    story.call_ = story.call()
    project = story.at("2027-02-20 10:00").applied(story.call_, library, story.director)
    story.closed(story.call_)
    story.later(days=3).accepted(project)
    evaluators = [story.evaluator(story.call_, f"evaluator{n}", f"Vertintoja {n}") for n in (1, 2)]
    story.later(days=10).reviewed(project, evaluators)
    story.project = story.at("2027-05-12 10:00").awarded(project, "15000")
    story.agreement = Agreement.objects.get(project=project)
    story.at("2027-05-20 10:00")


def into_work(story):
    """The same with the agreement signed for 1 June 2027 to 31 January 2028."""
    into_agreement(story)
    story.signed(story.project, date(2027, 6, 1), date(2028, 1, 31))
    story.agreement = Agreement.objects.get(project=story.project)
    story.project = Project.objects.get(pk=story.project.pk)
    story.at("2027-06-05 10:00")


@pytest.fixture
@kept
def told_until_award():
    return begun(into_agreement)


@pytest.fixture
@kept
def told_until_work():
    return begun(into_work)


@pytest.fixture
def awarded(told_until_award, beginning, tmp_path, db):
    """An awarded project, for one test."""
    with continued(told_until_award, beginning, tmp_path) as story:
        yield story


@pytest.fixture
def working(told_until_work, beginning, tmp_path, db):
    """A project that is carried out, for one test."""
    with continued(told_until_work, beginning, tmp_path) as story:
        yield story


@pytest.fixture
def as_(client):
    """Sign in as somebody of the story: as_(story, "finance", "en") answers the client."""

    def sign_in(story, key, language=""):
        person = story.people.known[key]
        type(person).objects.filter(pk=person.pk).update(language=language or person.language)
        client.force_login(person)
        return client

    return sign_in
