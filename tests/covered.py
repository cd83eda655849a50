"""Measure which lines and branches the suite goes through, on both databases together; say it package by package.

`python -m tests.covered [pytest's arguments]` runs on SQLite everything but the journeys, then on PostgreSQL what only
PostgreSQL can show, and ends with 1 when a test fails or a package stays below what it must reach. What was measured
stays in var/coverage: `coverage report -m` and `coverage html` read it. Settings: [tool.coverage] in pyproject.toml.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage import Coverage

from tests.run import SHARED_OUT, SHORT, report, run_part, stopping_like_ctrl_c
from tests.services import NotFoundError, Postgres, QueueServer

MUST_BE = {"workflows": 100, "grants": 95, "reporting": 95, "config": 95}
"""Package → percent of its lines, and of its branches, that tests must go through."""

MEASURED = ("--cov", "--cov-report=")
ONLY_POSTGRES = ("-m", f"postgres and {SHORT}")
FIGURES = ("num_statements", "covered_lines", "num_branches", "covered_branches")


@dataclass(frozen=True)
class Package:
    """How much of one package was gone through."""

    name: str
    lines: int
    lines_reached: int
    branches: int
    branches_reached: int

    @property
    def lacks(self) -> bool:
        """Whether it stays below what it must reach; compared in whole numbers, so that 99.96 % is not 100 %."""
        least = MUST_BE[self.name]
        return 100 * self.lines_reached < least * self.lines or 100 * self.branches_reached < least * self.branches

    def __str__(self) -> str:
        lines = _share(self.lines_reached, self.lines)
        branches = _share(self.branches_reached, self.branches)
        verdict = "  LACKS" if self.lacks else ""
        return f"{self.name:<10} lines {lines}   branches {branches}   must be {MUST_BE[self.name]} %{verdict}"


def _share(part: int, whole: int) -> str:
    percent = int(10_000 * part / whole) / 100 if whole else 100.0  # never rounded up to a goal
    return f"{part:>6} of {whole:>6} = {percent:6.2f} %"


def packages(files: dict[str, Any]) -> list[Package]:
    """The sum over the files of each package, from the `files` of coverage's JSON report."""
    return [Package(name, *_sums(files[path]["summary"] for path in files if _top(path) == name)) for name in MUST_BE]


def _top(path: str) -> str:
    return Path(path).parts[0]


def _sums(summaries: Iterable[dict[str, int]]) -> list[int]:
    rows = [[summary[name] for name in FIGURES] for summary in summaries]
    return [sum(column) for column in zip(*rows, strict=True)] or [0] * len(FIGURES)


def say_what_was_reached() -> int:
    """Print each file with what no test went through, then a line for each package; 1 when one lacks."""
    measured = Coverage()
    measured.load()
    measured.report(show_missing=True, skip_covered=True)
    with tempfile.TemporaryDirectory(prefix="pazanga-coverage-") as folder:
        told = Path(folder) / "coverage.json"
        measured.json_report(outfile=str(told))
        found = packages(json.loads(told.read_text())["files"])
    print(*found, sep="\n", flush=True)
    return int(any(package.lacks for package in found))


def main(arguments: list[str]) -> int:
    """Run both parts, whatever the first says, and add up what they went through."""
    words = [*SHARED_OUT, "-n", os.environ.get("TEST_PROCESSES", "2"), *MEASURED, *arguments]
    with QueueServer() as queue:
        results = [run_part("sqlite", words, None, queue)]
        with Postgres() as postgres:
            results.append(run_part("postgres", [*words, *ONLY_POSTGRES, "--cov-append"], postgres, queue))
    reached = say_what_was_reached()
    return report(results, sum(result.seconds for result in results)) or reached


if __name__ == "__main__":
    with stopping_like_ctrl_c():
        try:
            sys.exit(main(sys.argv[1:]))
        except NotFoundError as reason:
            sys.exit(str(reason))
