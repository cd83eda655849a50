"""A browser, a story that keeps the time, and people with passwords."""

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
