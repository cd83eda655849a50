"""The product with its demonstration, started for the pictures on a copy of its data and stopped again."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from config.processes import die_with_parent, stop

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "pazanga.sqlite3"
SHOWN = ("media", "seals")
PATIENCE = 60.0


@contextmanager
def running_demonstration(folder: Path) -> Iterator[str]:
    """The address of a demonstration in this folder: a copy of what lies in VAR_DIR, or loaded anew (a minute)."""
    given = Path(os.environ.get("VAR_DIR", ROOT / "var"))
    if (given / DATABASE).exists():
        _copy(given, folder)
    environment = {**os.environ, "VAR_DIR": str(folder), "DEMO": "on", "DEBUG": "on"}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent(),
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(server)


def _copy(given: Path, folder: Path) -> None:
    """Copy what the pages show, also while the product runs there: SQLite copies its own file whole."""
    with closing(sqlite3.connect(given / DATABASE)) as there, closing(sqlite3.connect(folder / DATABASE)) as here:
        there.backup(here)
    for name in SHOWN:
        if (given / name).exists():
            shutil.copytree(given / name, folder / name)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def _wait_for(address: str, server: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(f"{address}/health/alive", timeout=5).close()
        except (URLError, OSError):
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError("Pažanga did not start for the pictures.") from None
            time.sleep(0.1)
        else:
            return
