"""The engine's own tasks of the outbox."""

from datetime import datetime

from workflows.delivery import outbox_task
from workflows.services import heartbeat, job_runs, sending
from workflows.services.jobs import RUN_TASK
from workflows.services.messages import SEND_TASK

outbox_task(SEND_TASK, on_dead=sending.give_up)(sending.send)
outbox_task(RUN_TASK, on_dead=job_runs.give_up)(job_runs.run_job)


@outbox_task(heartbeat.CANARY_TASK, max_tries=1)
def canary(name: str, sent_at: str) -> None:
    """The end of the canary's way: write that it arrived."""
    heartbeat.arrived(name, datetime.fromisoformat(sent_at))
