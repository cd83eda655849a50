"""The outbox's life: put in, claimed for the broker, claimed for work, done, put off, given up.

Every step is one conditional UPDATE whose row count says whether we were the one: the same on SQLite and PostgreSQL.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from workflows import clock, statements
from workflows.models import OutboxEntry

RUN_ENTRY = "workflows.tasks.run_entry"
"""The one task by which Celery runs a row."""
WORK_LEASE = timedelta(seconds=120)
"""How long a worker may be silent before its work counts as lost."""
HAND_LEASE = timedelta(seconds=60)
"""How long the broker and the workers have to begin; grows with every handing, to leave a long queue in peace."""
_current: ContextVar[OutboxEntry | None] = ContextVar("workflows_outbox_entry", default=None)


def enqueue(task: str, *args: Any, dedupe: str | None = None, available_at: datetime | None = None) -> OutboxEntry:
    """Write one task for a worker into the caller's transaction; returns the row.

    The same `dedupe` twice keeps the first row. `task` is the name of an outbox task (workflows.delivery).
    """
    now = clock.now()
    entry = OutboxEntry(task=task, args=list(args), created_at=now, available_at=available_at or now)
    entry.dedupe = dedupe or entry.dedupe
    return entry if statements.insert(entry, once="dedupe") else OutboxEntry.objects.get(dedupe=dedupe)


def backoff(tries: int, *, base: float = 15, most: float = 3600) -> timedelta:
    """How long to wait after the n-th failure: base × 4^(n−1) seconds, at most `most`, less up to a fifth at random."""
    seconds = min(base * 4 ** max(tries - 1, 0), most)
    return timedelta(seconds=seconds * random.uniform(0.8, 1))  # noqa: S311  spreads load, guards nothing


def waiting() -> Q:
    """Neither done nor given up."""
    return Q(done_at__isnull=True, dead_at__isnull=True)


def _due(now: datetime) -> Q:
    """Never handed and its time has come, or handed and not finished within the lease."""
    return Q(handed_at__isnull=True, available_at__lte=now) | Q(handed_at__isnull=False, lease_until__lte=now)


def due_ids(now: datetime, limit: int) -> list[int]:
    """The rows to hand to the broker, oldest first."""
    due = OutboxEntry.objects.filter(waiting(), _due(now))
    return list(due.order_by("available_at", "pk").values_list("pk", flat=True)[:limit])


def claim_for_broker(pk: int, now: datetime) -> OutboxEntry | None:
    """Take one due row for handing; None where another relay was faster or it is done by now."""
    seen = OutboxEntry.objects.filter(waiting(), _due(now), pk=pk).first()
    if seen is None:
        return None
    lease = now + HAND_LEASE * 2 ** min(seen.handings, 4)
    taken = OutboxEntry.objects.filter(
        waiting(), pk=pk, handings=seen.handings, handed_at=seen.handed_at, started_at=seen.started_at
    ).update(handed_at=now, lease_until=lease, started_at=None, handings=F("handings") + 1)
    return seen if taken else None


def unhand(pk: int, handings: int, error: str) -> None:
    """The broker did not take it: it waits again, as if nothing had happened."""
    OutboxEntry.objects.filter(waiting(), pk=pk, handings=handings + 1, started_at__isnull=True).update(
        handed_at=None, lease_until=None, handings=handings, last_error=error[:500]
    )


class Later(Exception):
    """A task says: not now, but at `until`; held against nobody."""

    def __init__(self, until: datetime, error: str = "") -> None:
        super().__init__(error)
        self.until = until
        self.error = error


def claim_for_work(pk: int, lease: timedelta) -> OutboxEntry | None:
    """Begin the work of a row, if nobody else is at it and it is not finished; a second delivery gets None."""
    now = clock.now()
    taken = OutboxEntry.objects.filter(
        waiting(), Q(started_at__isnull=True) | Q(lease_until__lte=now), pk=pk, available_at__lte=now
    ).update(handed_at=now, started_at=now, lease_until=now + lease, tries=F("tries") + 1)
    return OutboxEntry.objects.get(pk=pk) if taken else None


def _mine(entry: OutboxEntry) -> Any:
    return OutboxEntry.objects.filter(waiting(), pk=entry.pk, tries=entry.tries)


def extend(entry: OutboxEntry, lease: timedelta) -> bool:
    """Say that the work goes on; False where the row was given to another worker."""
    return bool(_mine(entry).update(lease_until=clock.now() + lease))


@contextmanager
def at_work_on(entry: OutboxEntry) -> Iterator[None]:
    """Within it, `extend_current` speaks of this row."""
    token = _current.set(entry)
    try:
        yield
    finally:
        _current.reset(token)


def extend_current(lease: timedelta = WORK_LEASE) -> bool:
    """Say, from inside a task, that its work goes on; False where it was given to another worker."""
    entry = _current.get()
    return entry is None or extend(entry, lease)


def mark_done(entry: OutboxEntry) -> bool:
    """The work is finished; False where the row was given to another worker."""
    return bool(_mine(entry).update(done_at=clock.now(), lease_until=None, handed_at=None, started_at=None))


def put_off(entry: OutboxEntry, until: datetime, error: str = "", *, failed: bool = False) -> bool:
    """Try again at `until`; the row waits in the database, never in the broker. `failed` counts towards giving up."""
    return bool(
        _mine(entry).update(
            available_at=until,
            handed_at=None,
            started_at=None,
            lease_until=None,
            handings=0,
            put_offs=entry.put_offs if failed else entry.put_offs + 1,
            last_error=error[:500],
        )
    )


def give_up(entry: OutboxEntry, error: str) -> bool:
    """No worker will try again by itself; the row stays with its last error."""
    return bool(
        _mine(entry).update(
            dead_at=clock.now(), handed_at=None, started_at=None, lease_until=None, last_error=error[:500]
        )
    )


def cancel(dedupe: str) -> bool:
    """Take back what nobody has begun; False where it is at work or finished."""
    return bool(
        OutboxEntry.objects.filter(waiting(), dedupe=dedupe, started_at__isnull=True).update(
            done_at=clock.now(), handed_at=None, lease_until=None, last_error="cancelled"
        )
    )
