"""What every test gets; the parts are in tests/fixtures/."""

from collections.abc import Iterator

import pytest
from django.utils import translation

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.beginnings",
    "tests.fixtures.guards",
    "tests.fixtures.processes",
    "tests.fixtures.running",
    "tests.fixtures.browsers",
    "tests.fixtures.delivery",
    "tests.fixtures.results",
    "tests.fixtures.stories",
    "tests.fixtures.world",
]


LONG = {"proof": "proofs", "bench": "bench"}
"""Marker of what takes long → its folder in tests/."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave proofs and benchmarks to `make prove` and `make bench`, unless they are asked for by marker or path."""
    left_out = [item for item in items if any(_is_unasked(config, item, marker) for marker in LONG)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_unasked(config: pytest.Config, item: pytest.Item, marker: str) -> bool:
    if item.get_closest_marker(marker) is None:
        return False
    asked = marker in (config.option.markexpr or "") and f"not {marker}" not in config.option.markexpr
    return not asked and not any(LONG[marker] in argument for argument in config.args)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Pages are read in the product's own words: compile catalogues older than their texts."""
    if hasattr(session.config, "workerinput"):
        return
    from config import messages

    messages.compile_all()


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """Sentences are compared in the language of the source; pages are asked for in both."""
    with translation.override("en"):
        yield
