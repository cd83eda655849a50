"""How big and how quick everything of `make run` is together."""

import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

MOST_MEMORY, LONGEST_SECOND_START = 450, 6.0


def proportional_megabytes(process: int) -> float:
    """Memory of one process, with what it shares divided among those that share it (PSS)."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


@pytest.mark.bench
def test_memory_and_the_second_start(start_everything, record_figure):
    first = start_everything()
    first.wait_until_it_says(r"celery@\S+ ready")
    for page in ("/", "/kvietimai/") * 10:
        fetch(f"http://127.0.0.1:{first.port}{page}")
    time.sleep(5)
    used = sum(map(proportional_megabytes, [first.process.pid, *first.children()]))
    first.process.terminate()
    first.process.wait()

    started = time.monotonic()
    second = start_everything()
    second.wait_until_it_says("Pažanga runs at")
    took = time.monotonic() - started

    record_figure("all processes of make run, PSS", f"{used:.0f} MB", f"≤ {MOST_MEMORY} MB")
    record_figure("second start to first page", f"{took:.1f} s", f"≤ {LONGEST_SECOND_START:.0f} s")
    assert used <= MOST_MEMORY
    assert took <= LONGEST_SECOND_START


def fetch(address: str) -> None:
    try:
        urllib.request.urlopen(address, timeout=10).read()
    except urllib.error.HTTPError as answer:
        answer.close()
