"""How the whole way is: database, queue, worker, mail, disk; each with the figure and whether it is well."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from workflows import clock
from workflows.models import Heartbeat, Message, OutboxEntry
from workflows.services.heartbeat import WHOLE_WAY
from workflows.services.outbox import waiting

OLDEST_ENTRY = timedelta(minutes=5)
OLDEST_HEARTBEAT = timedelta(minutes=3)
LEAST_DISK = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sign:
    """One measured thing: its figure (seconds, rows or bytes; None where there is none yet) and whether it is well."""

    figure: float | None
    well: bool


def signs() -> dict[str, Sign]:
    """Every sign by name. Without the database only that and the disk are told.

    database: seconds that one question took · queue_age: seconds that the oldest due row has waited · heartbeat_age:
    seconds since a task last went the whole way · mail_failures: messages given up · disk_free: bytes for files.
    """
    found = {"disk_free": _disk()}
    try:
        before = clock.read()
        now = clock.read()
        found["database"] = Sign((now - before).total_seconds(), well=True)
        due = OutboxEntry.objects.filter(waiting(), available_at__lte=now)
        # What a worker is at does not wait, however long it takes.
        oldest = due.exclude(started_at__isnull=False, lease_until__gt=now).order_by("available_at").first()
        age = (now - oldest.available_at).total_seconds() if oldest else 0.0
        found["queue_age"] = Sign(age, age <= OLDEST_ENTRY.total_seconds())
        beat = Heartbeat.objects.filter(name=WHOLE_WAY).first()
        since = (now - beat.at).total_seconds() if beat else None
        found["heartbeat_age"] = Sign(since, since is not None and since <= OLDEST_HEARTBEAT.total_seconds())
        # Somebody must mend these; they do not make the product unwell.
        found["mail_failures"] = Sign(Message.objects.filter(state=Message.State.DEAD).count(), well=True)
    except DatabaseError:
        found["database"] = Sign(None, well=False)
    return found


def _disk() -> Sign:
    try:
        free = shutil.disk_usage(settings.VAR_DIR).free
    except OSError:
        return Sign(None, well=False)
    return Sign(free, free >= LEAST_DISK)


def report() -> tuple[dict[str, Any], bool]:
    """The answer of /health and whether all is well."""
    found = signs()
    well = all(sign.well for sign in found.values())
    told = {name: {"figure": sign.figure, "well": sign.well} for name, sign in sorted(found.items())}
    return {"well": well, "signs": told}, well
