"""Run the suite on PostgreSQL, in the browser, and on SQLite; add the results up honestly; leave nothing running.

What opens no database – pytest-django would refuse it – is run and counted once, with PostgreSQL.

`python -m tests.run` runs everything; `python -m tests.run PART [pytest's arguments]` one part: postgres, sqlite,
journeys, and the long ones, prove (which writes docs/proof.md) and bench.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.processes import die_with_parent, stop
from tests.fixtures.browsers import find_chromium
from tests.services import NotFoundError, Postgres, QueueServer

PARTS = ("postgres", "journeys", "sqlite")
LONG_PARTS = ("prove", "bench")
SHORT = "not proof and not bench"
MARKERS = {
    "postgres": f"not journey and {SHORT}",
    "journeys": f"journey and {SHORT}",
    "sqlite": f"not journey and not postgres and {SHORT}",
    "prove": "proof",
    "bench": "bench",
}
PROOF = Path(__file__).resolve().parent.parent / "docs" / "proof.md"
COUNTED = ("failed", "passed", "skipped", "xfailed", "xpassed", "error")
NO_TESTS = 5
ONCE = "PAZANGA_TESTS_LEAVE_OUT_WHAT_OPENS_NO_DATABASE"  # tests/fixtures/databases.py
SHARED_OUT = ("--dist", "loadfile", "--no-loadscope-reorder")
"""A file stays with one process, so that what is told once for a file is told once; the small files come last."""

SHARED_CODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""What one process has compiled serves the dozens after it: without this, the first seconds of each are spent on it."""


@dataclass
class Result:
    """How one part ended."""

    part: str
    where: str
    code: int
    seconds: float
    figures: dict[str, Any] = field(default_factory=dict)
    names_not_run: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether this part keeps the whole from being green."""
        return self.code not in (0, NO_TESTS) or not (self.figures or self.names_not_run)


def run_pytest(part: str, arguments: list[str], environment: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Run pytest for one part; returns its exit code and its figures (none when it broke down).

    It runs in a session of its own, which ends with it, so that its processes do not go on when it is interrupted.
    """
    with tempfile.TemporaryDirectory(prefix="pazanga-results-") as folder:
        results = Path(folder) / "results.json"
        command = [sys.executable, "-m", "pytest", "-m", MARKERS[part], *arguments]
        process = subprocess.Popen(
            command,
            env={**os.environ, **SHARED_CODE, **environment, "PAZANGA_TEST_RESULTS": str(results),
                 "PAZANGA_TEST_DIR": folder},
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )  # fmt: skip
        try:
            code = process.wait()
        finally:
            stop(process, signal.SIGINT)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        return code, json.loads(results.read_text()) if results.exists() else {}


def journeys_by_name() -> list[str]:
    """The node ids of every journey, without running one."""
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", MARKERS["journeys"], "--collect-only", "-q", "--no-header"],
        env={**os.environ, "CHROMIUM": "/bin/true"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [line for line in answer.stdout.splitlines() if "::" in line]


def run_part(
    part: str, arguments: list[str], postgres: Postgres | None, queue: QueueServer, *, once: bool = False
) -> Result:
    """Run one part and say what it ran on; once: an earlier part has run what opens no database."""
    environment = {"TEST_REDIS_URL": queue.url} | ({ONCE: "yes"} if once else {})
    where = "SQLite"
    if part != "sqlite":
        environment["TEST_DATABASE_URL"], where = _postgres_address(postgres)
    if part == "journeys" and not find_chromium():
        return Result(part, where, 0, 0.0, names_not_run=journeys_by_name())
    print(f"\n=== {part}: {where}; queue server: {queue.description}", flush=True)
    started = time.monotonic()
    code, figures = run_pytest(part, arguments, environment)
    return Result(part, where, code, time.monotonic() - started, figures)


def _postgres_address(postgres: Postgres | None) -> tuple[str, str]:
    if postgres is None:
        return os.environ["TEST_DATABASE_URL"], "PostgreSQL of TEST_DATABASE_URL"
    return postgres.url, f"PostgreSQL {postgres.description}"


def write_proof(result: Result) -> None:
    """Write docs/proof.md: what was proved, with its figures."""
    rows = [f"| {row['what']} | {row['value']} | {row['limit'] or '–'} |" for row in result.figures.get("figures", [])]
    head = [
        "# Proof", "", "Written by `make prove`, which asserts the last column and reports the others.", "",
        f"Ran on {result.where}: {_counts(result.figures)} in {result.seconds:.0f} s.", "",
        "| what | figure | must be |", "| --- | --- | --- |",
    ]  # fmt: skip
    PROOF.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


def report(results: list[Result], seconds: float) -> int:
    """Print one line per part and, last, the sum in the form of pytest's closing line; returns the exit code."""
    print()
    for result in results:
        if result.names_not_run:
            print(f"journeys NOT RUN, no Chromium on this machine (`make browsers`): {len(result.names_not_run)}")
            for name in result.names_not_run:
                print(f"  not run: {name}")
            continue
        nothing = "no tests" if result.code in (0, NO_TESTS) else f"broke down (exit {result.code})"
        said = _counts(result.figures) or nothing
        print(f"{result.part} on {result.where}: {said} in {result.seconds:.0f} s")
    total = {name: sum(result.figures.get(name, 0) for result in results) for name in COUNTED}
    broken = [result for result in results if result.failed]
    if broken and not (total["failed"] or total["error"]):
        total["error"] = len(broken)
    not_run = sum(len(result.names_not_run) for result in results)
    line = _counts(total) or "no tests ran"
    if not_run:
        line += f", {not_run} journeys not run"
    print(f" {line} in {seconds:.2f}s ".center(100, "="), flush=True)
    return 1 if broken else 0


def _counts(figures: dict[str, Any]) -> str:
    words = {"error": "errors"}
    return ", ".join(f"{figures[name]} {words.get(name, name)}" for name in COUNTED if figures.get(name))


def main(words: list[str]) -> int:
    """Run what was asked for; every server that was started is stopped again, whatever happens."""
    one = bool(words) and words[0] in PARTS + LONG_PARTS
    parts, arguments = ((words[0],), words[1:]) if one else (PARTS, words)
    if parts != ("bench",) and not any(argument.startswith("-n") for argument in arguments):
        arguments = [*SHARED_OUT, "-n", os.environ.get("TEST_PROCESSES", "2"), *arguments]
    started = time.monotonic()
    with ExitStack() as servers:
        try:
            queue = servers.enter_context(QueueServer())
            needs_postgres = parts != ("sqlite",) and "TEST_DATABASE_URL" not in os.environ
            postgres = servers.enter_context(Postgres()) if needs_postgres else None
        except NotFoundError as reason:
            print(reason, file=sys.stderr)
            return 2
        results = [run_part(part, arguments, postgres, queue, once=part == "sqlite" and not one) for part in parts]
    if parts == ("prove",) and not results[0].failed and not words[1:]:
        write_proof(results[0])
    return report(results, time.monotonic() - started)


def _as_interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def stopping_like_ctrl_c() -> Iterator[None]:
    """Inside, every polite signal is an interrupt: also where a shell started the program in the background."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _as_interrupt)
    try:
        yield
    except KeyboardInterrupt:
        sys.exit("\nStopped; nothing was left running.")


if __name__ == "__main__":
    with stopping_like_ctrl_c():
        sys.exit(main(sys.argv[1:]))
