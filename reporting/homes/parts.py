"""What a home page is made of: blocks in their places, and numbers that open exactly their rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from workflows.panels import ShownPanel


@dataclass(frozen=True)
class Number:
    """A number, what it counts, and the page that lists exactly those rows. `warn` marks what needs a person."""

    n: int
    label: Any
    url: str
    warn: bool = False


@dataclass
class Page:
    """The blocks of a home page: beside each other at the top, across the whole page, two in a row, at the end."""

    main: list[ShownPanel] = field(default_factory=list)
    aside: list[ShownPanel] = field(default_factory=list)
    wide: list[ShownPanel] = field(default_factory=list)
    pairs: list[ShownPanel] = field(default_factory=list)
    end: list[ShownPanel] = field(default_factory=list)


@dataclass(frozen=True)
class Home:
    """The home of one role: who has it, whose work it gathers, and what it shows."""

    key: str
    label: str | Promise
    holds: Callable[[Any], bool]
    gathers: Callable[[str], bool]
    build: Callable[[Any, datetime], Page]


def block(name: str, values: dict[str, Any] | None) -> list[ShownPanel]:
    """One block of templates/reporting/homes/, or none where there is nothing to say."""
    return [ShownPanel(f"reporting/homes/{name}.html", values)] if values else []


def shown(numbers: Iterable[Number]) -> list[Number]:
    """The numbers that are not nought: what is not there needs no line."""
    return [number for number in numbers if number.n]
