"""The canary: set out by the timer, through the outbox, the relay, the broker and a worker, into one row."""

from datetime import datetime

from workflows import clock
from workflows.models import Heartbeat
from workflows.services import outbox

CANARY_TASK = "workflows.canary"
WHOLE_WAY = "whole way"


def set_out() -> None:
    """Begin the way; one canary a minute, however many timers there are."""
    now = clock.now()
    outbox.enqueue(CANARY_TASK, WHOLE_WAY, now.isoformat(), dedupe=f"canary:{int(now.timestamp()) // 60}")


def arrived(name: str, sent_at: datetime) -> None:
    """Write the arrival; an older canary that comes late changes nothing."""
    now = clock.now()
    row, created = Heartbeat.objects.get_or_create(name=name, defaults={"sent_at": sent_at, "at": now})
    if not created:
        Heartbeat.objects.filter(pk=row.pk, sent_at__lt=sent_at).update(sent_at=sent_at, at=now)
