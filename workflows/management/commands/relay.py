"""Hand the outbox to the broker until told to stop."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from workflows.services.relay import run


class Command(BaseCommand):
    """manage.py relay"""

    help = "Hands what is due from the outbox to the task queue, until SIGTERM or Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal comes; the round at hand is finished first."""
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda _number, _frame: stopped.set())
        run(stopped)
