"""The one clock: the database's time, read once per request or transaction.

A decision compares this value and stores the same value, so that "in time" and "received at" can never disagree.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection


class _Reading:
    """Holds the first reading of one request, task or transaction."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value: datetime | None = None


_current: ContextVar[_Reading | None] = ContextVar("workflows_clock_reading", default=None)
_replacement: list[Callable[[], datetime]] = []


def _from_database() -> datetime:
    query = (
        "SELECT clock_timestamp()"
        if connection.vendor == "postgresql"
        else ("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        value = cursor.fetchone()[0]
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def read() -> datetime:
    """A fresh reading of the database's clock, in UTC; only for measuring, never for deciding."""
    return _replacement[-1]() if _replacement else _from_database()


def now() -> datetime:
    """The moment at which the present request, task or transaction happens, in UTC.

    Inside `reading()` every call answers the first reading; outside it each call reads anew.
    """
    reading = _current.get()
    if reading is None:
        return read()
    if reading.value is None:
        reading.value = read()
    return reading.value


@contextmanager
def reading() -> Iterator[None]:
    """Keep one reading for everything inside; an outer reading is kept."""
    if _current.get() is not None:
        yield
        return
    token = _current.set(_Reading())
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def replaced(source: datetime | Callable[[], datetime]) -> Iterator[None]:
    """Let another clock answer, in tests and in the demo's story only.

    Raises ImproperlyConfigured where `CLOCK_MAY_BE_REPLACED` is off. A reading already taken is set aside.
    """
    if not settings.CLOCK_MAY_BE_REPLACED:
        raise ImproperlyConfigured("The clock may be replaced only in tests and in the demo.")
    _replacement.append(source if callable(source) else lambda: source)
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)
        _replacement.pop()


class Travel:
    """A clock that stands still until it is told to move on; the story language walks with it."""

    def __init__(self, start: datetime) -> None:
        self.at = start.astimezone(UTC)

    def __call__(self) -> datetime:
        """Answer the moment at which this clock stands."""
        return self.at

    def to(self, moment: datetime) -> None:
        """Stand at this moment from now on."""
        self.at = moment.astimezone(UTC)

    def forward(self, **parts: float) -> None:
        """Move on by `timedelta(**parts)`."""
        self.at += timedelta(**parts)
