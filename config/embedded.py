"""The embedded installation: its environment, its obstacles in one sentence each, and whether it was prepared before.

Knows nothing of Django: the supervisor lives as long as the product and stays small.
"""

import fcntl
import hashlib
import os
import secrets
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.environment import BASE_DIR, KNOWN, YES, Environment
from config.queue_server import find_queue_server, server_command, socket_path

WATCHED = ("config/fonts.py", "config/locale", "config/static", "grants/migrations", "grants/organisations/data",
           "reporting/migrations", "workflows/migrations", "workflows/triggers.py")  # fmt: skip
"""What decides whether the database and the static files must be prepared anew."""


class ObstacleError(Exception):
    """Why the product cannot start here, as one sentence."""


@dataclass
class Installation:
    """Where everything is, and what the parts are told."""

    var: Path
    host: str
    port: int
    environment: dict[str, str]
    queue_command: list[str] | None
    queue_origin: str

    @property
    def address(self) -> str:
        """What a person types into a browser."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def can_start_over(self) -> bool:
        """Whether a demonstration may be loaded anew while it runs: everything of it lies in the folder."""
        return self.environment.get("DEMO_CAN_START_OVER") == "on"

    @property
    def queue_socket(self) -> Path:
        """Where the private queue server listens."""
        return socket_path(self.var / "queue")


def find_installation(given: Mapping[str, str]) -> Installation:
    """Read the environment and look around.

    Raises ObstacleError when something is in the way.
    """
    reader = Environment()
    reader.load_file(BASE_DIR / ".env")
    port = reader.number("PORT", 8000, 1, 65535)
    if reader.problems:
        raise ObstacleError(" ".join(reader.problems))
    var = Path(reader.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()
    _make_writable(var)
    host = reader.text("BIND", "127.0.0.1")
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    told = {
        "DEBUG": "off", "HTTPS": "off", "DEMO": "on", "SITE_URL": address, "VAR_DIR": str(var),
        "PORT": str(port), "BIND": host, **_without_empty(given),
    }  # fmt: skip
    told.setdefault("SECRET_KEY", _secret_key(var))
    elsewhere = any(reader.text(name) for name in ("DATABASE_URL", "S3_BUCKET", "SEALS_DIR", "CACHE_URL"))
    told["DEMO_CAN_START_OVER"] = "on" if told["DEMO"].lower() in YES and not elsewhere else "off"
    if host not in ("127.0.0.1", "localhost", "::1"):
        told.setdefault("ALLOWED_HOSTS", "*")
    command, origin = None, "REDIS_URL"
    if not reader.text("REDIS_URL"):
        command, origin = _private_queue(var)
        told["REDIS_URL"] = f"unix://{socket_path(var / 'queue')}"
    return Installation(var, host, port, told, command, origin)


def _without_empty(given: Mapping[str, str]) -> dict[str, str]:
    """What was given, less variables of ours that are empty: those mean the same as none at all."""
    return {name: value for name, value in given.items() if value.strip() or name not in KNOWN}


def _make_writable(var: Path) -> None:
    try:
        (var / "run").mkdir(parents=True, exist_ok=True)
        probe = var / "run" / f"probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as reason:
        raise ObstacleError(f"Pažanga cannot write to {var}: {reason.strerror}. Set VAR_DIR to a folder it may use.")


def _secret_key(var: Path) -> str:
    """The key of this installation, made once and readable by its owner only."""
    file = var / "secret_key"
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as target:
            target.write(secrets.token_urlsafe(60))
    return file.read_text().strip()


def _private_queue(var: Path) -> tuple[list[str], str]:
    found = find_queue_server()
    if found is None:
        raise ObstacleError(
            "There is no queue server for this machine: install Valkey or Redis, or set REDIS_URL to one that runs."
        )
    try:
        return server_command(found[0], var / "queue"), found[1]
    except OSError as reason:
        raise ObstacleError(f"The queue server has no folder to listen in: {reason}. Set VAR_DIR to a shorter path.")


def check_port(host: str, port: int) -> None:
    """Raise ObstacleError when nobody can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            if isinstance(reason, PermissionError):
                raise ObstacleError(f"Port {port} is reserved on this machine: choose another with PORT=8080 make run.")
            other = port % 65535 + 1
            raise ObstacleError(
                f"Port {port} on {host} is not free ({reason.strerror}): choose another with PORT={other} make run."
            )


def open_door(host: str, port: int) -> socket.socket:
    """Listen there; the web server is handed what this returns."""
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((host, port))
    door.listen(2048)
    return door


def lock(var: Path) -> IO[str]:
    """Hold the folder for this process; ObstacleError when another one runs on it."""
    handle = (var / "run" / "lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.seek(0)
        raise ObstacleError(f"Pažanga already runs on {var} ({handle.read().strip() or 'another process'}).")
    return handle


def fingerprint(installation: Installation) -> str:
    """A digest of everything that `manage.py prepare` depends on; changes with any file of WATCHED."""
    digest = hashlib.sha256()
    for path in _watched_files():
        facts = path.stat()
        digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    for name in ("DEBUG", "DEMO"):
        digest.update(f"{name}={installation.environment[name]}\n".encode())
    return digest.hexdigest()


def _watched_files() -> Iterator[Path]:
    for name in WATCHED:
        root = BASE_DIR / name
        yield from sorted(p for p in root.rglob("*") if p.is_file() and p.suffix not in (".pyc", ".mo"))
        if root.is_file():
            yield root
    yield from sorted((BASE_DIR / ".venv").glob("installed-*"))


def prepared_file(installation: Installation) -> Path:
    """Holds the fingerprint of the last preparation."""
    return installation.var / "run" / "prepared"


def needs_preparation(installation: Installation) -> bool:
    """Whether migrations, translations, static files or the demonstration may have something to do.

    A database elsewhere is always asked: it may have been replaced meanwhile.
    """
    if installation.environment.get("DATABASE_URL"):
        return True
    done = prepared_file(installation)
    here = [installation.var / "pazanga.sqlite3", installation.var / "static"]
    return not (all(path.exists() for path in here) and done.exists() and done.read_text() == fingerprint(installation))
