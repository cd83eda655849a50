"""Everything of `make run` under one parent: starts the parts, says when one dies, starts it again, stops them all.

`python -m config.supervisor` runs; `python -m config.supervisor demo` loads the demonstration anew. Knows nothing of
Django, and no part outlives it, not even after kill -9 (config/processes.py).
"""

import http.client
import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

from config import starting_over
from config.embedded import (
    Installation,
    ObstacleError,
    check_port,
    find_installation,
    fingerprint,
    lock,
    needs_preparation,
    open_door,
    prepared_file,
)
from config.parts import Part, how_it_ended, parts_of
from config.queue_server import answers

PATIENCE_TO_STOP = 8.0
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0


def say(text: str) -> None:
    """One line for the person at the terminal."""
    print(text, flush=True)


class Supervisor:
    """Keeps the parts running until it is asked to stop."""

    def __init__(self, installation: Installation, parts: list[Part]) -> None:
        self.installation = installation
        self.parts = parts
        self.environment = {**os.environ, **installation.environment, "PYTHONUNBUFFERED": "1"}
        self.stopping = False
        self.loader: Part | None = None

    def ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        """Answer Ctrl-C and SIGTERM; a second one does not wait for anybody."""
        if self.stopping:
            self._signal_all(signal.SIGKILL)
        self.stopping = True

    def run(self) -> int:
        """Start everything, watch it, stop it; returns the exit code.

        The door stays the supervisor's: whoever knocks while the web server is started anew waits and is answered.
        """
        with open_door(self.installation.host, self.installation.port) as door:
            for part in self.parts:
                part.door = door if part.name == "web" else None
            try:
                if not self._start_all():
                    return 0 if self.stopping else 1
                self._greet()
                while not self.stopping:
                    self._watch()
                    if self.installation.can_start_over:
                        self._start_over_if_asked()
                    time.sleep(0.2)
                return 0
            finally:
                say("\nStopping.")
                self.stopping = True
                self._stop_all()
                say("Stopped.")

    def _start_all(self) -> bool:
        for part in self.parts:
            part.next_start = part.failures = 0
            part.start(self.environment)
            if not self._wait_until_it_answers(part):
                return False
        return True

    def _start_over_if_asked(self) -> None:
        """Load a fresh demonstration beside the one that runs; once it is whole, let it take its place."""
        var = self.installation.var
        if self.loader is None:
            if starting_over.take_up(var):
                say("Loading a fresh demonstration; this one goes on meanwhile.")
                self.loader = Part("loader", starting_over.LOADER, output=starting_over.log_of(var))
                self.loader.start(starting_over.environment_for(var, self.environment))
        elif not self.loader.runs:
            whole = self.loader.process.poll() == 0 and starting_over.complete(var)  # type: ignore[union-attr]
            say("The fresh demonstration takes over." if whole else f"loader {how_it_ended(self.loader)}.")
            self.loader = None
            if whole:
                self._stop_all(web_later=True)
                starting_over.swap(var)
                self.stopping = not self._start_all() or self.stopping
            else:
                starting_over.note(var, "failed")

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
                say(f"Pažanga did not start: {part.name} {how_it_ended(part)}.")
                say(f"The reason stands above or in the logs of {self.installation.var}.")
                return False
            time.sleep(0.05)
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
                say(f"{part.name} {how_it_ended(part)}; starting it again in {pause:g} s.")
            elif now >= part.next_start:
                part.next_start = 0
                part.start(self.environment)

    def _signal_all(self, number: int, *, but: tuple[str, ...] = ()) -> None:
        for part in self.parts:
            if part.runs and part.name not in but:
                part.process.send_signal(number)  # type: ignore[union-attr]

    def _stop_all(self, *, web_later: bool = False) -> None:
        """Workers first, so that they can still hand back what they hold; the queue server last.

        `web_later`: pages are answered while the workers end, for a stop that is followed by a start.
        """
        if self.loader is not None and self.loader.runs:
            self.loader.process.kill()  # type: ignore[union-attr]
        steps: list[tuple[str, ...]] = [("queue",), ()]
        if web_later:
            steps.insert(0, ("queue", "web"))
        end = time.monotonic() + PATIENCE_TO_STOP
        for but in steps:
            self._signal_all(signal.SIGTERM, but=but)
            while any(part.runs for part in self.parts if part.name not in but) and time.monotonic() < end:
                time.sleep(0.05)
            end = max(end, time.monotonic()) + (PATIENCE_TO_STOP if web_later else 1)
        self._signal_all(signal.SIGKILL)
        for part in self.parts:
            if part.process is not None:
                part.process.wait()


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
    starting_over.clear_up(installation.var)
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
