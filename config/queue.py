"""How the task queue behaves: plain data, shared by the worker (with Django) and the clock of tasks (without)."""

from datetime import timedelta
from typing import Any

from workflows.schedule import SCHEDULE as ENGINE

VISIBILITY_TIMEOUT = 300
"""Seconds until a task whose worker was killed is given to another. No task may take longer, none waits in the queue
for a moment in the future: what is due later is a row in the database, found by a task of SCHEDULE."""

SCHEDULE: dict[str, timedelta] = {
    "config.tasks.heartbeat": timedelta(seconds=30),
    "grants.applications.tasks.close_unanswered": timedelta(minutes=1),
    "grants.calls.tasks.open_and_close_calls": timedelta(minutes=1),
    "grants.projects.tasks.end_what_is_over": timedelta(hours=1),
    **ENGINE,
}
"""Task name → how often. Intervals only: a time of day would fall silent for an hour when clocks change. The tasks of
the engine are named `workflows.tasks.…`; a slice that needs a beat of its own adds a line here."""


def broker_url(redis_url: str) -> str:
    """REDIS_URL as the queue's library spells it."""
    return redis_url.replace("unix://", "redis+socket://", 1)


def celery_settings(redis_url: str) -> dict[str, Any]:
    """Every setting of Celery, in lower case."""
    transport = {
        "visibility_timeout": VISIBILITY_TIMEOUT,
        # The sweep for tasks of dead workers: each 5 s, not each 100 s as by default.
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        # A server that takes connections and never answers must not hold anybody.
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "socket_keepalive": True,
    }
    return {
        "broker_url": broker_url(redis_url),
        "broker_transport_options": transport,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        # The shortest of the three counts, so all three say the same.
        "visibility_timeout": VISIBILITY_TIMEOUT,
        "result_backend_transport_options": {"visibility_timeout": VISIBILITY_TIMEOUT},
        "task_ignore_result": True,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_default_queue": "pazanga",
        "task_serializer": "json",
        "accept_content": ["json"],
        "timezone": "UTC",
        "enable_utc": True,
        "worker_prefetch_multiplier": 1,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "worker_soft_shutdown_timeout": 5,
        "worker_send_task_events": False,
        "beat_schedule": {name: {"task": name, "schedule": every} for name, every in SCHEDULE.items()},
    }
