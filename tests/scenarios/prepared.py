"""A story told once for a whole module; every test continues it from the same point, and is rolled back."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections, transaction
from django.test import override_settings

from tests.scenarios.story import Story


@contextmanager
def prepared(blocker: Any, folder: Path, tell: Callable[[Story], Any]) -> Iterator[Story]:
    """Tell the beginning of a story in a transaction that stays open for as long as the module lasts.

    blocker: pytest-django's django_db_blocker. Tests that use the database while it lasts run in savepoints of it, so
    the beginning is told once. Not for modules that also want `committed_db`.
    """
    with blocker.unblock(), override_settings(MEDIA_ROOT=folder / "media", SEALS_DIR=folder / "seals"):
        atomic = transaction.atomic()
        atomic._from_testcase = True  # as TestCase's own: durable blocks inside are allowed
        atomic.__enter__()
        try:
            story = Story()
            with story.told():
                tell(story.reference())
            yield story
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
            connections.close_all()


@contextmanager
def continued(story: Story) -> Iterator[Story]:
    """A copy of the story for one test: its people, its objects and its clock change without touching the others."""
    own = copy.deepcopy(story)
    with own.told():
        yield own
