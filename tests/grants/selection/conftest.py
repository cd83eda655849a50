"""A call whose two applications are in selection, an evaluator, and the funder's people."""

import pytest

from tests.scenarios.conftest import story  # noqa: F401


@pytest.fixture
def selection(story):  # noqa: F811
    """The story at the beginning of selection: story.project, story.other, story.evaluators."""
    people = story.people
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
    return story
