"""`make run` as a person at the terminal meets it: real processes, refused starts, and every way to end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0


def environment(var: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "VAR_DIR": str(var), "ENV_FILE": "/dev/null", "DEMO": "off", "PYTHONWARNINGS": "", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def refused_start(var: Path, **more: str) -> str:
    """What a start that must fail says; it fails without a traceback and with exit code 1."""
    done = subprocess.run(
        [sys.executable, "-m", "config.supervisor"],
        env=environment(var, **more), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


class Running:
    """One `make run` in a folder of its own."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        self.log = var.parent / f"log-{self.port}"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.supervisor"],
                env=environment(var, PORT=str(self.port)),
                cwd=ROOT,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.log.read_text()

    def wait_until_it_says(self, pattern: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := re.search(pattern, self.said()):
                return found.group()
            assert self.process.poll() is None, self.said()
            time.sleep(0.05)
        pytest.fail(f"It never said {pattern!r}:\n{self.said()}")

    def children(self) -> dict[int, str]:
        """Process id → command of everything that works for this installation, however far down."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                told = (folder / "environ").read_bytes()
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if f"VAR_DIR={self.var}\0".encode() in told + b"\0" and int(folder.name) != self.process.pid and command:
                found[int(folder.name)] = command
        return found

    def wait_until_nothing_is_left(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.children() and time.monotonic() < end:
            time.sleep(0.05)
        assert self.children() == {}

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


@pytest.fixture
def start(tmp_path):
    started = []

    def make() -> Running:
        started.append(Running(tmp_path / "var"))
        return started[-1]

    yield make
    for supervisor in started:
        supervisor.end()


@pytest.mark.services
def test_everything_starts_is_mended_stops_starts_again_and_leaves_no_orphan(start):
    first = start()
    first.wait_until_it_says(r"Pažanga runs at http://127\.0\.0\.1:\d+")
    first.wait_until_it_says(r"celery@\S+ ready")
    assert refused_start(first.var, PORT=str(free_port())).startswith(f"Pažanga already runs on {first.var} (process")

    beat = next(pid for pid, command in first.children().items() if "config.beat" in command)
    os.kill(beat, signal.SIGKILL)
    first.wait_until_it_says(r"beat was ended by signal 9; starting it again in 0\.5 s\.")

    os.kill(first.process.pid, signal.SIGINT)
    assert first.process.wait(timeout=15) == 0  # it gives its parts 8 seconds
    first.wait_until_nothing_is_left(0)
    assert first.said().endswith("Stopped.\n")

    second = start()
    second.wait_until_it_says(r"celery@\S+ ready")
    assert "Preparing the database" not in second.said()
    os.kill(second.process.pid, signal.SIGKILL)
    second.process.wait()
    second.wait_until_nothing_is_left(10)


def test_a_port_in_use_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused_start(tmp_path / "var", PORT=str(port))
    assert said.startswith(f"Port {port} on 127.0.0.1 is not free (Address already in use): choose another with PORT=")


def test_a_port_that_is_no_number_is_one_sentence(tmp_path):
    assert (
        refused_start(tmp_path / "var", PORT="eighty") == "PORT must be a whole number from 1 to 65535, not “eighty”."
    )


def test_a_folder_without_write_access_is_one_sentence(tmp_path):
    (tmp_path / "var").write_text("a file where a folder should be")
    said = refused_start(tmp_path / "var", PORT=str(free_port()))
    assert said.startswith(f"Pažanga cannot write to {tmp_path / 'var'}: ")
    assert said.endswith("Set VAR_DIR to a folder it may use.")
