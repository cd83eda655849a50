"""The worker's side of the task queue; the web process writes rows and talks to no broker, a relay hands them on."""

import os

from celery import Celery
from celery.signals import setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from config.queue import celery_settings

app = Celery("pazanga")
app.conf.update(celery_settings(settings.REDIS_URL))
app.autodiscover_tasks(lambda: ["config", "workflows", *(f"grants.{name}" for name in _slices()), "reporting"])


def _slices() -> tuple[str, ...]:
    from grants.apps import SLICES  # noqa: PLC0415

    return SLICES


@setup_logging.connect
def keep_our_logging(**_options: object) -> None:
    """Leave logging as the settings say: one line per event."""


@worker_init.connect
def refuse_wrong_settings(**_options: object) -> None:
    """Do not take tasks on settings that are wrong."""
    from config.checks import refuse_to_start_if_misconfigured  # noqa: PLC0415

    refuse_to_start_if_misconfigured()
