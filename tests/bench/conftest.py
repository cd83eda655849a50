"""A quick way to many projects: a story in which they need neither application nor review."""

import pytest

from grants.evaluation.services import load_indicators
from grants.organisations.services.reference import load_reference
from tests.grants.projects.makers import Cast
from tests.scenarios.people import People
from tests.scenarios.story import Story
from workflows import registry

OWN = ("grants.calls.", "grants.projects.", "workflows.")


@pytest.fixture
def story(db, settings, tmp_path, monkeypatch):
    """A story with one open call, where only the guards of calls and projects themselves hold."""
    settings.MEDIA_ROOT = tmp_path / "media"
    guards = {k: [g for g in found if g.__module__.startswith(OWN)] for k, found in registry._guards.items()}
    monkeypatch.setattr(registry, "_guards", guards)
    told = Story(People())
    with told.told():
        load_reference()
        load_indicators()
        told.cast = Cast()
        yield told
