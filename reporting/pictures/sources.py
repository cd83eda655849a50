"""Where pictures come from: each kind of picture has one function that makes it for a reader, or says that it may not.

The page and the CSV file of a picture are made by the same function, so that they show the same to the same people.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from reporting.pictures.picture import Picture
from workflows import clock
from workflows.formatting import moment_text

Source = Callable[[Any, str, Mapping[str, str]], Picture | None]
"""source(user, key, query) -> the picture of one thing for this reader; None where there is none or they may not."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of picture: the name in its addresses, and its source."""

    name: str
    source: Source


LONGEST_ID = 18
"""So many digits fit into the ids of every database."""

_kinds: dict[str, Kind] = {}


def register_kind(name: str, source: Source) -> None:
    """Tell where pictures of a kind come from; `name` is a part of their addresses."""
    _kinds[name] = Kind(name, source)


def kinds() -> list[str]:
    """The names of all kinds."""
    return sorted(_kinds)


def picture_of(name: str, user: Any, key: str, query: Mapping[str, str] | None = None) -> Picture | None:
    """The picture of a kind for this reader; None where the kind, the thing or the right to see it is missing."""
    kind = _kinds.get(name)
    return None if kind is None else kind.source(user, key, query or {})


def by_id(things: QuerySet[Any], key: str) -> Any:
    """The one of these with the id that an address names; None for one that is not there or that no database holds."""
    return things.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) <= LONGEST_ID else None


def csv_address(name: str, key: Any, query: str = "") -> str:
    """Where the table of a picture can be fetched."""
    url = reverse("pictures:csv", args=[name, str(key)])
    return f"{url}?{query}" if query else url


def as_of_now() -> str:
    """The moment of this request in words: figures are read anew for each page."""
    return moment_text(clock.now())
