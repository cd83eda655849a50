"""The throw-away servers of the tests: they start for anybody, say what they are, and leave nothing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config.queue_server import answers, socket_path
from tests.fixtures.processes import wait_until
from tests.services import Postgres, QueueServer

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.services
def test_postgres_serves_and_leaves_nothing():
    with Postgres() as server:
        with psycopg.connect(host=str(server.directory), user="postgres", dbname="postgres") as connection:
            told = connection.execute("show server_version").fetchone()[0]
        assert server.description.startswith(told.split()[0])
        process = server.process.pid
    assert not server.directory.exists()
    assert not Path(f"/proc/{process}").exists()


@pytest.mark.services
def test_the_queue_server_keeps_its_data_over_a_kill_and_leaves_nothing():
    with QueueServer(durable=True) as server:
        address = socket_path(server.directory)
        assert answers(address)
        assert address.stat().st_mode & 0o077 == 0
        server.kill()
        assert not answers(address, patience=0.2)
        server.start()
    assert not server.directory.exists()


INTERRUPTED = """
import signal, sys
from tests.services import Postgres, QueueServer
signal.signal(signal.SIGINT, signal.default_int_handler)
with Postgres() as database, QueueServer() as queue:
    print(database.process.pid, queue.process.pid, flush=True)
    sys.stdin.read()
"""


@pytest.mark.services
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_servers_end_with_the_run_that_started_them(number):
    run = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with run:
        servers = [int(word) for word in run.stdout.readline().split()]
        assert len(servers) == 2
        os.kill(run.pid, number)
        run.wait(timeout=30)
    wait_until(lambda: not any(_lives(server) for server in servers), "the servers ended with their run")


def _lives(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
