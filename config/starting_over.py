"""Starting the demonstration over while it runs: a page asks, the supervisor does it, both read how far it is.

A fresh demonstration is loaded into VAR_DIR/next while everybody goes on with the old one. Once it is whole, the
programs stop, its files take the place of the old, and the programs start again. A mark says that it is whole: a kill
before it changes nothing, a kill after it is made good at the next start. Knows nothing of Django.
"""

import contextlib
import json
import shutil
import sqlite3
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LOADER = [sys.executable, "manage.py", "demo", "--reset"]
STEPS = 9
"""How many lines the loader says; the last of them is not its end."""
DATABASE = "pazanga.sqlite3"
FOLDERS = ("media", "mail", "seals")
MOVED = (DATABASE, *FOLDERS, "demo-accounts.txt")
UNDER_WAY = ("asked", "loading")


@dataclass(frozen=True)
class Progress:
    """How far it is: asked, loading, failed or done; since when, in seconds of the epoch; how many steps are told."""

    state: str
    since: float
    steps: int

    @property
    def is_under_way(self) -> bool:
        """Whether a fresh demonstration is on its way."""
        return self.state in UNDER_WAY


def log_of(var: Path) -> Path:
    """Return the file of what the loader says, one line for each step."""
    return var / "run" / "start-over.log"


def _asked(var: Path) -> Path:
    return var / "run" / "start-over.asked"


def _state(var: Path) -> Path:
    return var / "run" / "start-over.json"


def _fresh(var: Path) -> Path:
    return var / "next"


def _mark(var: Path) -> Path:
    return _fresh(var) / "whole"


def progress_of(var: Path) -> Progress | None:
    """Return how far it is; None where nobody has asked since this installation began."""
    with contextlib.suppress(FileNotFoundError):
        return Progress("asked", _asked(var).stat().st_mtime, 0)
    try:
        told = json.loads(_state(var).read_text())
    except FileNotFoundError:
        return None
    steps = 0
    with contextlib.suppress(FileNotFoundError):
        steps = log_of(var).read_bytes().count(b"\n")
    return Progress(told["state"], told["since"], min(steps, STEPS) if told["state"] == "loading" else 0)


def ask(var: Path) -> bool:
    """Ask for a fresh demonstration; False where one is on its way already."""
    now = progress_of(var)
    if now is not None and now.is_under_way:
        return False
    with contextlib.suppress(FileExistsError):
        _asked(var).touch(exist_ok=False)
        return True
    return False


def note(var: Path, state: str) -> None:
    """Write how far it is, whole or not at all."""
    waiting = _state(var).with_suffix(".part")
    waiting.write_text(json.dumps({"state": state, "since": time.time()}))
    waiting.replace(_state(var))


def take_up(var: Path) -> bool:
    """Begin with what was asked for, if anything was: an empty folder, the state, then the question is gone."""
    if not _asked(var).exists():
        return False
    shutil.rmtree(_fresh(var), ignore_errors=True)
    _fresh(var).mkdir()
    log_of(var).unlink(missing_ok=True)
    note(var, "loading")
    _asked(var).unlink()
    return True


def environment_for(var: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return what the loader is told: the same as everybody, and a folder of its own."""
    return {**environment, "VAR_DIR": str(_fresh(var))}


def complete(var: Path) -> bool:
    """Mark what was loaded as whole, with every change in the database file itself; False where there is none."""
    database = _fresh(var) / DATABASE
    if not database.is_file():
        return False
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    for name in FOLDERS:
        (_fresh(var) / name).mkdir(exist_ok=True)
    _mark(var).touch()
    return True


def swap(var: Path) -> None:
    """Put what was loaded in the place of what was there, with no program running; may be begun again after a kill."""
    if not _mark(var).exists():
        return
    for name in MOVED:
        source, target = _fresh(var) / name, var / name
        if not source.exists():  # moved before a kill
            continue
        for old in [target, *(var / f"{name}{ending}" for ending in ("-wal", "-shm"))]:
            shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
        source.replace(target)
    # Work that waits in the queue belongs to what is gone.
    shutil.rmtree(var / "queue" / "appendonlydir", ignore_errors=True)
    note(var, "done")
    shutil.rmtree(_fresh(var), ignore_errors=True)


def clear_up(var: Path) -> None:
    """At a start: end what a kill interrupted, forwards where the fresh demonstration was whole, else backwards."""
    interrupted = progress_of(var)
    if _mark(var).exists():
        swap(var)
    elif interrupted is not None and interrupted.is_under_way:
        note(var, "failed")
    _asked(var).unlink(missing_ok=True)
    shutil.rmtree(_fresh(var), ignore_errors=True)
