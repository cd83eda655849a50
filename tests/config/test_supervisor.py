"""`make run` as a person at the terminal meets it: real processes, refused starts, and every way to end."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.running import PATIENCE, ROOT, environment_of, free_port


def refused_start(var: Path, *words: str, **more: str) -> str:
    """What a start that must fail says; it fails without a traceback and with exit code 1."""
    done = subprocess.run(
        [sys.executable, "-m", "config.supervisor", *words],
        env=environment_of(var, **more), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.mark.services
def test_everything_starts_is_mended_stops_starts_again_and_leaves_no_orphan(start_everything):
    first = start_everything()
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

    second = start_everything()
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


def test_what_is_no_demonstration_is_not_thrown_away(tmp_path):
    said = refused_start(tmp_path / "var", "demo", PORT=str(free_port()))
    assert said == "CommandError: Only a demonstration (DEMO=on) can be thrown away."


def test_a_preparation_that_fails_keeps_the_parts_from_starting(tmp_path):
    said = refused_start(tmp_path / "var", PORT=str(free_port()), SECRET_KEY="short")
    assert said == "Pažanga does not start:\n  SECRET_KEY has fewer than 50 characters."
