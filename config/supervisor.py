"""Everything of `make run` under one parent: starts the parts, says when one dies, starts it again, stops them all.

`python -m config.supervisor` runs; `python -m config.supervisor demo` loads the demonstration anew. Knows nothing of
Django, and no part outlives it, not even after kill -9 (config/processes.py).
"""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from config.embedded import (
    BASE_DIR,
    Installation,
    ObstacleError,
    check_port,
    find_installation,
    fingerprint,
    lock,
    needs_preparation,
    prepared_file,
)  # fmt: skip
from config.processes import die_with_parent
from config.queue_server import answers

PATIENCE_TO_STOP = 8.0
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0
PATIENCE_WITH_WORKER = 180.0
"""Seconds without a sign of life from the worker until it is started anew: after a broken connection to the queue a
worker may live on and take nothing."""


def say(text: str) -> None:
    """One line for the person at the terminal."""
    print(text, flush=True)


@dataclass
class Part:
    """One program that has to run."""

    name: str
    command: list[str]
    sign_of_life: Path | None = None
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    failures: int = 0
    next_start: float = field(default=0.0)

    def start(self, environment: dict[str, str]) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only the supervisor."""
        self.process = subprocess.Popen(
            self.command, env=environment, cwd=BASE_DIR, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=die_with_parent(),
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
    if (BASE_DIR / "workflows/management/commands/relay.py").exists():
        parts.append(Part("relay", [python, "manage.py", "relay"]))
    quiet = ["-W", "ignore:You're running the worker with superuser"]  # it serves root's own machine, JSON only
    worker = ["-A", "config.celery", "worker", "-P", "threads", "-c", "2", "--without-gossip", "--without-mingle"]
    worker = [python, *quiet, *celery[1:], *worker]
    parts.append(Part("worker", worker, sign_of_life=installation.var / "run" / "worker.alive"))
    parts.append(Part("beat", [*celery, "-A", "config.beat", "beat", "--pidfile="]))
    return parts


class Supervisor:
    """Keeps the parts running until it is asked to stop."""

    def __init__(self, installation: Installation, parts: list[Part]) -> None:
        self.installation = installation
        self.parts = parts
        self.environment = {**os.environ, **installation.environment, "PYTHONUNBUFFERED": "1"}
        self.stopping = False

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        """Answer Ctrl-C and SIGTERM; a second one does not wait for anybody."""
        if self.stopping:
            self._signal_all(signal.SIGKILL)
        self.stopping = True

    def run(self) -> int:
        """Start everything, watch it, stop it; returns the exit code."""
        try:
            for part in self.parts:
                part.start(self.environment)
                if not self._wait_until_it_answers(part):
                    return 0 if self.stopping else 1
            while not self.stopping:
                self._watch()
                time.sleep(0.2)
            return 0
        finally:
            self._stop_all()

    def _wait_until_it_answers(self, part: Part) -> bool:
        """Wait for the parts that others wait for; False when they do not come up."""
        checks: dict[str, Callable[[], bool]] = {
            "queue": lambda: answers(self.installation.queue_socket, 0.3),
            "web": self._page_answers,
        }
        check = checks.get(part.name)
        end = time.monotonic() + 60
        while check and not check():
            if self.stopping:
                return False
            if not part.runs or time.monotonic() > end:
                say(f"Pažanga did not start: {part.name} {_how_it_ended(part)}.")
                say(f"The reason stands above or in the logs of {self.installation.var}.")
                return False
            time.sleep(0.05)
        if part.name == "web":
            self._greet()
        return not self.stopping

    def _page_answers(self) -> bool:
        host = self.installation.address.removeprefix("http://").rsplit(":", 1)[0]
        connection = http.client.HTTPConnection(host.strip("[]"), self.installation.port, timeout=5)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _greet(self) -> None:
        say(
            f"\nPažanga runs at {self.installation.address} (queue: {self.installation.queue_origin}). Ctrl-C stops it."
        )
        accounts = self.installation.var / "demo-accounts.txt"
        if accounts.exists():
            say(accounts.read_text().rstrip() + "\n")

    def _watch(self) -> None:
        now = time.monotonic()
        for part in self.parts:
            if part.runs:
                if now - part.started_at > HEALTHY_AFTER:
                    part.failures = 0
                if part.is_deaf():
                    say(f"{part.name} lives but takes no work; starting it anew.")
                    part.process.kill()  # type: ignore[union-attr]
            elif part.next_start == 0:
                pause = min(LONGEST_PAUSE, 0.5 * 2**part.failures)
                part.failures += 1
                part.next_start = now + pause
                say(f"{part.name} {_how_it_ended(part)}; starting it again in {pause:g} s.")
            elif now >= part.next_start:
                part.next_start = 0
                part.start(self.environment)

    def _signal_all(self, number: int, *, but: tuple[str, ...] = ()) -> None:
        for part in self.parts:
            if part.runs and part.name not in but:
                part.process.send_signal(number)  # type: ignore[union-attr]

    def _stop_all(self) -> None:
        """Workers first, so that they can still hand back what they hold; the queue server last."""
        self.stopping = True
        say("\nStopping.")
        end = time.monotonic() + PATIENCE_TO_STOP
        for but in (("queue",), ()):
            self._signal_all(signal.SIGTERM, but=but)
            while any(part.runs for part in self.parts if part.name not in but) and time.monotonic() < end:
                time.sleep(0.05)
            end += 1
        self._signal_all(signal.SIGKILL)
        for part in self.parts:
            if part.process is not None:
                part.process.wait()
        say("Stopped.")


def _how_it_ended(part: Part) -> str:
    code = part.process.poll() if part.process else None
    if code is None:
        return "does not answer"
    return f"was ended by signal {-code}" if code < 0 else f"ended by itself with code {code}"


def prepare(supervisor: Supervisor, *arguments: str) -> bool:
    """Bring database, translations and static files up to date; True when that worked."""
    installation = supervisor.installation
    mark = fingerprint(installation)
    part = Part("prepare", [sys.executable, "manage.py", "prepare", *arguments])
    part.start(supervisor.environment)
    while part.runs:
        if supervisor.stopping:
            part.process.kill()  # type: ignore[union-attr]
        time.sleep(0.05)
    worked = part.process.wait() == 0  # type: ignore[union-attr]
    if worked:
        prepared_file(installation).write_text(mark)
    return worked


def main(words: list[str]) -> int:
    """Run the product, or load the demonstration anew; obstacles are one sentence and exit code 1."""
    os.umask(0o077)  # what the installation writes is its owner's business
    try:
        installation = find_installation(os.environ)
        held = lock(installation.var)
        if words != ["demo"]:
            check_port(installation.host, installation.port)
    except ObstacleError as obstacle:
        print(obstacle, file=sys.stderr)
        return 1
    held.truncate(0)
    held.write(f"process {os.getpid()}, {installation.address}")
    held.flush()
    supervisor = Supervisor(installation, parts_of(installation))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.ask_to_stop)
    if words == ["demo"]:
        return 0 if prepare(supervisor, "--reset-demo") else 1
    if needs_preparation(installation) and not prepare(supervisor):
        return 0 if supervisor.stopping else 1
    return 0 if supervisor.stopping else supervisor.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
