"""Throwing away what is finished and tells nobody anything: entries of the outbox, not messages and not jobs."""

from datetime import timedelta

from workflows import clock
from workflows.models import OutboxEntry

KEEP_DONE = timedelta(days=7)


def sweep() -> int:
    """Delete outbox entries done more than a week ago; answers how many. Given-up ones stay."""
    gone, _per_model = OutboxEntry.objects.filter(done_at__lt=clock.now() - KEEP_DONE).delete()
    return gone
