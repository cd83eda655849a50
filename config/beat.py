"""The clock of the task queue: sends the tasks of SCHEDULE by name, and loads no Django, so that it stays small."""

import logging.config
import sys
from pathlib import Path

from celery import Celery
from celery.signals import setup_logging

from config.environment import BASE_DIR, REDIS_SCHEMES, Environment
from config.logs import OneLine
from config.queue import celery_settings
from config.queue_server import socket_path

_environment = Environment()
_environment.load_file(BASE_DIR / ".env")
_var = Path(_environment.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()
_redis_url = _environment.url("REDIS_URL", f"unix://{socket_path(_var / 'queue')}", REDIS_SCHEMES)
_environment.refuse_to_start_if_wrong()
(_var / "run").mkdir(parents=True, exist_ok=True)

app = Celery("pazanga", fixups=[])
app.conf.update(
    celery_settings(_redis_url),
    beat_schedule_filename=str(_var / "run" / "beat"),
)


@setup_logging.connect
def one_line_per_event(**_options: object) -> None:
    """Write to standard output as the other parts do."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(OneLine())
    # Each sent task is a line at INFO: 1,440 a day say nothing.
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
