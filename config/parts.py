"""The programs of the embedded installation: what runs, how each is started, and whether it lives.

Knows nothing of Django: the supervisor lives as long as the product and stays small.
"""

import contextlib
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from config.embedded import BASE_DIR, Installation
from config.processes import die_with_parent

PATIENCE_WITH_WORKER = 180.0
"""Seconds without a sign of life from the worker until it is started anew: after a broken connection to the queue a
worker may live on and take nothing."""


@dataclass
class Part:
    """One program that has to run."""

    name: str
    command: list[str]
    sign_of_life: Path | None = None
    door: socket.socket | None = None
    output: Path | None = None
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    failures: int = 0
    next_start: float = field(default=0.0)

    def start(self, environment: dict[str, str]) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only the supervisor.

        It is handed its `door`, where it has one, and writes what it says to `output`, where that is named.
        """
        door = self.door.fileno() if self.door else None
        command = self.command if door is None else [*self.command, "--bind", f"fd://{door}"]
        with self.output.open("wb") if self.output else contextlib.nullcontext() as output:
            self.process = subprocess.Popen(
                command, env=environment, cwd=BASE_DIR, stdin=subprocess.DEVNULL, stdout=output,
                start_new_session=True, preexec_fn=die_with_parent(), pass_fds=() if door is None else (door,),
            )  # fmt: skip
        self.started_at = time.monotonic()

    @property
    def runs(self) -> bool:
        """Whether it is alive."""
        return self.process is not None and self.process.poll() is None

    def is_deaf(self) -> bool:
        """Alive, and yet without a sign of life for too long."""
        if self.sign_of_life is None or time.monotonic() - self.started_at < PATIENCE_WITH_WORKER:
            return False
        return not self.sign_of_life.exists() or time.time() - self.sign_of_life.stat().st_mtime > PATIENCE_WITH_WORKER


def parts_of(installation: Installation) -> list[Part]:
    """What has to run, in the order of starting; the web server comes as soon as the queue server answers."""
    python = sys.executable
    celery = [python, "-m", "celery", "--quiet"]
    parts = [Part("web", [python, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi:application"])]
    if installation.queue_command:
        parts.insert(0, Part("queue", installation.queue_command))
    parts.append(Part("relay", [python, "manage.py", "relay"]))
    quiet = ["-W", "ignore:You're running the worker with superuser"]  # it serves root's own machine, JSON only
    worker = ["-A", "config.celery", "worker", "-P", "threads", "-c", "2", "--without-gossip", "--without-mingle"]
    worker = [python, *quiet, *celery[1:], *worker]
    parts.append(Part("worker", worker, sign_of_life=installation.var / "run" / "worker.alive"))
    parts.append(Part("beat", [*celery, "-A", "config.beat", "beat", "--pidfile="]))
    return parts


def how_it_ended(part: Part) -> str:
    """Say how a program ended, or that it does not answer, for the end of a sentence that begins with its name."""
    code = part.process.poll() if part.process else None
    if code is None:
        return "does not answer"
    return f"was ended by signal {-code}" if code < 0 else f"ended by itself with code {code}"
