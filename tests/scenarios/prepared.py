"""A story whose beginning is told once; every test continues it from the same point, and is rolled back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.test import override_settings

from tests.fixtures.beginnings import Beginning
from tests.scenarios.story import Story


def begun(tell: Callable[[Story], Any]) -> Story:
    """Tell the beginning of a story. Below `@kept` it is told once, and every test gets a copy of its own."""
    story = Story()
    with story.told():
        tell(story.reference())
    return story


@contextmanager
def continued(story: Story, beginning: Beginning, folder: Path) -> Iterator[Story]:
    """Let a story go on for one test, its files in the test's folder."""
    beginning.lay_files(folder / "media")
    with override_settings(MEDIA_ROOT=folder / "media", SEALS_DIR=folder / "seals"), story.told():
        yield story
