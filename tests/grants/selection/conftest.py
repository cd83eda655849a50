"""A call whose two applications are in selection, two evaluators, and the funder's people."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from tests.fixtures.beginnings import kept
from tests.scenarios.prepared import begun, continued


def into_selection(story):
    """The story at the beginning of selection: story.project, story.other, story.evaluators."""
    people = story.people
    for key in ("coordinator", "head", "finance", "auditor", "admin"):
        people.staff(key)
    library, other = people.library(), people.library("PVZ-02", "Paupio viešoji biblioteka", "LT-02")
    story.director = people.member(library, "direktore", "Vardenė Pavardenė")
    other_director = people.member(other, "direktorius", "Jonas Jonaitis")
    story.call_ = story.call()
    story.at("2027-02-20 10:00")
    story.project = story.applied(story.call_, library, story.director)
    story.other = story.applied(story.call_, other, other_director, title="Rankų darbo vakarai")
    story.closed(story.call_)
    for project in (story.project, story.other):
        story.accepted(project)
        project.refresh_from_db()
    story.evaluators = [
        story.evaluator(story.call_, "evaluator1", "Evalda Evaldaitė"),
        story.evaluator(story.call_, "evaluator2", "Ona Onaitė"),
    ]
    story.later(days=5)


@pytest.fixture
@kept
def told_into_selection():
    return begun(into_selection)


@pytest.fixture
def selection(told_into_selection, beginning, tmp_path, db):
    """The beginning of selection, for one test."""
    with continued(told_into_selection, beginning, tmp_path) as story:
        yield story


@pytest.fixture
def in_english(db):
    """Everybody reads English, and so does the test; named after the story in a test that looks at words."""
    get_user_model().objects.update(language="en")
    with translation.override("en"):
        yield
