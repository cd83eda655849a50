"""What Celery runs: the outbox's rows by id, and the timed questions to the database."""

from celery import shared_task

from workflows import delivery, schedule
from workflows.services import cleaning, heartbeat, outbox, reminding, seals

BEAT_SCHEDULE = {name: {"task": name, "schedule": every.total_seconds()} for name, every in schedule.SCHEDULE.items()}
"""The timed tasks in the form of Celery's beat_schedule."""


@shared_task(name=outbox.RUN_ENTRY)
def run_entry(entry_id: int) -> None:
    """Do the work of one outbox entry."""
    delivery.run_entry(entry_id)


@shared_task(name="workflows.tasks.remind")
def remind() -> None:
    """Send the reminders that are due now."""
    reminding.remind()


@shared_task(name="workflows.tasks.canary")
def canary() -> None:
    """Send a canary the whole way."""
    heartbeat.set_out()


@shared_task(name="workflows.tasks.seal")
def seal() -> None:
    """Seal the log and export the seal."""
    seals.seal()


@shared_task(name="workflows.tasks.sweep")
def sweep() -> None:
    """Throw away what nobody asks for any more."""
    cleaning.sweep()
