"""Fixtures of stories."""

import pytest

from tests.scenarios.story import Story


@pytest.fixture
def story(db, settings, tmp_path):
    """A story with its own clock and folder, the reference data loaded."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEALS_DIR = tmp_path / "seals"
    told = Story()
    with told.told():
        yield told.reference()
