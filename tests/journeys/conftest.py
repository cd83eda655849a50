"""A browser, a story that keeps the time, and people with passwords."""

from datetime import date

import pytest

from tests.journeys.desk import Desk, people_with_passwords
from tests.scenarios.story import Story


@pytest.fixture
def desk(committed_db, live_url, browser_page, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEALS_DIR = tmp_path / "seals"
    story = Story(people_with_passwords())
    with story.told():
        yield Desk(browser_page, story.reference())


@pytest.fixture
def signed(desk):
    """A project with a signed agreement, on 20 May 2027, and its director."""
    story = desk.story
    library = story.people.library()
    director = story.people.member(library, "direktore", "Vardenė Pavardenė")
    call = story.call()
    project = story.at("2027-02-20 10:00").applied(call, library, director)
    story.closed(call)
    story.later(days=3).accepted(project)
    story.reviewed(project, [story.evaluator(call), story.evaluator(call, "antroji", "Ona Onaitė")])
    project = story.later(days=20).awarded(project, "15000")
    story.at("2027-05-20 10:00").signed(project, date(2027, 6, 1), date(2028, 1, 31))
    return project, director
