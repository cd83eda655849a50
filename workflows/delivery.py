"""Tasks that a worker does for the outbox: declared here, claimed and marked in the database, whatever the broker does.

A broker may lose a message or deliver it twice. The row decides: who claims it works, everybody else does nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from workflows import clock
from workflows.models import OutboxEntry
from workflows.services import outbox

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OutboxTask:
    """One kind of task. After max_tries bad ends it is given up, and on_dead(*args) is told."""

    name: str
    work: Callable[..., None]
    max_tries: int
    lease: timedelta
    on_dead: Callable[..., None] | None


_tasks: dict[str, OutboxTask] = {}


def outbox_task(
    name: str, *, max_tries: int = 5, lease: timedelta = outbox.WORK_LEASE, on_dead: Callable[..., None] | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a function as a task of the outbox; it takes the arguments given to `enqueue` (ids).

    It must be repeatable: it ends well by returning, later by raising `outbox.Later`, badly by any other
    exception. A start that takes longer than `lease` without `extend_current` counts as lost and is repeated.
    """

    def declare(work: Callable[..., None]) -> Callable[..., None]:
        if name in _tasks:
            raise ImproperlyConfigured(f"The outbox task {name!r} is declared already.")
        _tasks[name] = OutboxTask(name, work, max_tries, lease, on_dead)
        return work

    return declare


def outbox_tasks() -> dict[str, OutboxTask]:
    """Every declared task, by name."""
    return dict(_tasks)


def run_entry(entry_id: int) -> None:
    """Claim one row and do its work; a second delivery of the same row does nothing."""
    name = OutboxEntry.objects.filter(pk=entry_id).values_list("task", flat=True).first()
    task = _tasks.get(name or "")
    if task is None:
        logger.warning("outbox entry %s names no known task: %s", entry_id, name)
        return
    entry = outbox.claim_for_work(entry_id, task.lease)
    if entry is None:
        return
    if entry.failures > task.max_tries:
        _give_up(task, entry, entry.last_error or "The worker ended in the middle of it each time.")
        return
    _work(task, entry)


def _work(task: OutboxTask, entry: OutboxEntry) -> None:
    try:
        with outbox.at_work_on(entry):
            task.work(*entry.args)
    except outbox.Later as later:
        outbox.put_off(entry, later.until, later.error)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        if entry.failures >= task.max_tries:
            logger.exception("outbox entry %s (%s) is given up", entry.pk, entry.task)
            _give_up(task, entry, reason)
        else:
            logger.warning("outbox entry %s (%s) failed: %s", entry.pk, entry.task, reason)
            outbox.put_off(entry, clock.now() + outbox.backoff(entry.failures), reason, failed=True)
    else:
        outbox.mark_done(entry)


def _give_up(task: OutboxTask, entry: OutboxEntry, reason: str) -> None:
    """Given up together with what is told of it: if that fails, the entry waits for its lease and is given up again."""
    with transaction.atomic():
        if outbox.give_up(entry, reason) and task.on_dead is not None:
            task.on_dead(*entry.args)


def deliver_all(limit: int = 1000) -> int:
    """Do here and now what a relay and a worker would do with all that is due; for the demo's story and for tests.

    Answers how many starts that took. Stops at `limit`, so that a task that asks for another of its kind cannot go on
    for ever.
    """
    started = 0
    while started < limit:
        ids = outbox.due_ids(clock.now(), limit - started)
        if not ids:
            break
        for pk in ids:
            run_entry(pk)
            started += 1
    return started
