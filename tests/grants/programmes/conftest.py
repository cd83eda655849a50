"""The document, and the tools to break it line by line."""

from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parent / "data" / "strategija_2025_2027.txt"


@pytest.fixture(scope="session")
def document():
    """The bytes of the document as it was published."""
    return DOCUMENT.read_bytes()


@pytest.fixture(scope="session")
def edited(document):
    """A function that answers the document with some lines (from 1) replaced; None takes a line away."""

    def edit(changes):
        lines = document.decode().split("\n")
        for number, line in changes.items():
            lines[number - 1] = line
        return "\n".join(line for line in lines if line is not None).encode()

    return edit


@pytest.fixture(scope="session")
def line(document):
    """A function that answers one line (from 1) of the document."""
    return lambda number: document.decode().split("\n")[number - 1]


@pytest.fixture
def english():
    from django.utils import translation

    with translation.override("en"):
        yield
