"""The clock of the task queue: sends the tasks of SCHEDULE by name, and loads no Django, so that it stays small."""

import logging.config
import sys
from pathlib import Path

from celery import Celery
from celery.signals import setup_logging

from config.environment import Environment
from config.logs import OneLine
from config.queue import celery_settings
from config.queue_server import socket_path

_base = Path(__file__).resolve().parent.parent
_environment = Environment()
_environment.load_file(_base / ".env")
_var = Path(_environment.text("VAR_DIR", str(_base / "var"))).absolute()

app = Celery("pazanga", fixups=[])
app.conf.update(
    celery_settings(_environment.text("REDIS_URL", f"unix://{socket_path(_var / 'queue')}")),
    beat_schedule_filename=str(_var / "run" / "beat"),
)


@setup_logging.connect
def one_line_per_event(**_options: object) -> None:
    """Write to standard output as the other parts do."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(OneLine())
    # Each sent task is a line at INFO: 1,440 a day say nothing.
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
