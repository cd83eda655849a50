"""The house's own task: a sign of life that went the whole way through the queue."""

from celery import shared_task
from django.conf import settings


@shared_task(name="config.tasks.heartbeat")
def heartbeat() -> None:
    """Touch VAR_DIR/run/worker.alive; the supervisor starts the worker anew when that grows old."""
    mark = settings.VAR_DIR / "run" / "worker.alive"
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
