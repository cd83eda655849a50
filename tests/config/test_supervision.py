"""The supervisor's rules, on small programs: what it watches, starts again, stops, and in which order."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from config import starting_over, supervisor
from config.embedded import Installation
from config.parts import PATIENCE_WITH_WORKER, Part, how_it_ended, parts_of
from config.processes import stop
from config.supervisor import Supervisor, prepare
from tests.fixtures.processes import wait_until
from tests.fixtures.running import free_port

STAYS = ["sleep", "60"]
ENDS = ["sh", "-c", "exit 3"]
STUBBORN = ["sh", "-c", "trap '' TERM; touch {ready}; while :; do sleep 0.02; done"]
TELLS = ["sh", "-c", "trap 'echo {name} >> {log}; exit 0' TERM; touch {ready}; while :; do sleep 0.02; done"]


def installed(var: Path, **environment: str) -> Installation:
    (var / "run").mkdir(exist_ok=True)
    told = {"DEBUG": "off", "DEMO": "on", "VAR_DIR": str(var), **environment}
    return Installation(var, "127.0.0.1", free_port(), told, None, "REDIS_URL")


@pytest.fixture
def watched(tmp_path):
    """Makes a supervisor of these parts, some of them started already; none of them stays behind."""
    made = []

    def make(*parts: Part, started: bool = True, **environment: str) -> Supervisor:
        made.append(Supervisor(installed(tmp_path, **environment), list(parts)))
        for part in parts if started else ():
            part.start(made[-1].environment)
        return made[-1]

    yield make
    for one in made:
        for part in one.parts:
            if part.process is not None:
                part.process.kill()
                part.process.wait()


def said(capsys) -> list[str]:
    return capsys.readouterr().out.splitlines()


def formed(command: list[str], **values: object) -> list[str]:
    return [word.format(**values) for word in command]


def test_a_part_that_ends_again_and_again_is_started_after_ever_longer_pauses(watched, capsys):
    part = Part("worker", ENDS)
    watching = watched(part)
    for _end in range(8):
        part.process.wait()
        watching._watch()
        part.next_start = time.monotonic() - 1  # the pause is over
        watching._watch()
    assert said(capsys) == [
        f"worker ended by itself with code 3; starting it again in {pause} s."
        for pause in ("0.5", "1", "2", "4", "8", "16", "30", "30")
    ]


def test_a_part_is_not_started_before_its_pause_is_over(watched, capsys):
    part = Part("worker", ENDS)
    watching = watched(part)
    part.process.wait()
    for _look in range(3):
        watching._watch()
    assert (len(said(capsys)), part.process.poll()) == (1, 3)


def test_a_part_that_has_run_for_a_minute_is_forgiven_its_failures(watched):
    young, old = Part("web", STAYS, failures=5), Part("worker", STAYS, failures=5)
    watching = watched(young, old)
    old.started_at -= supervisor.HEALTHY_AFTER + 1
    watching._watch()
    assert (young.failures, old.failures) == (5, 0)


def test_a_worker_that_lives_and_takes_no_work_is_ended(watched, capsys, tmp_path):
    part = Part("worker", STAYS, sign_of_life=tmp_path / "worker.alive")
    watching = watched(part)
    part.started_at -= PATIENCE_WITH_WORKER + 1
    watching._watch()
    assert part.process.wait() == -signal.SIGKILL
    assert said(capsys) == ["worker lives but takes no work; starting it anew."]


@pytest.mark.parametrize(
    ("has_sign", "started_ago", "sign_age", "deaf"),
    [
        (False, 1000, None, False),  # a part of which no sign is expected
        (True, 1, None, False),  # it has only just begun
        (True, 1000, None, True),  # it never gave one
        (True, 1000, 10, False),
        (True, 1000, PATIENCE_WITH_WORKER + 5, True),
    ],
)
def test_a_part_is_deaf_when_it_was_silent_for_three_minutes(tmp_path, has_sign, started_ago, sign_age, deaf):
    sign = tmp_path / "worker.alive"
    if sign_age is not None:
        sign.touch()
        moment = time.time() - sign_age
        os.utime(sign, (moment, moment))
    part = Part("worker", STAYS, sign_of_life=sign if has_sign else None, started_at=time.monotonic() - started_ago)
    assert part.is_deaf() is deaf


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["sh", "-c", "exit 0"], "ended by itself with code 0"),
        (["sh", "-c", "exit 3"], "ended by itself with code 3"),
        (["sh", "-c", "kill -9 $$"], "was ended by signal 9"),
    ],
)
def test_how_a_part_ended_is_said(watched, command, words):
    part = Part("worker", command)
    watched(part)
    part.process.wait()
    assert how_it_ended(part) == words


def test_a_part_that_never_began_or_still_runs_does_not_answer(watched):
    part = Part("worker", STAYS)
    assert how_it_ended(part) == "does not answer"
    watched(part)
    assert how_it_ended(part) == "does not answer"


@pytest.mark.parametrize(
    ("queue", "names"),
    [(None, ["web", "relay", "worker", "beat"]), (["valkey"], ["queue", "web", "relay", "worker", "beat"])],
)
def test_the_queue_server_is_a_part_where_none_was_given(tmp_path, queue, names):
    installation = installed(tmp_path)
    installation.queue_command = queue
    assert [part.name for part in parts_of(installation)] == names


def test_a_part_that_others_wait_for_and_that_ends_stops_the_start(watched, capsys, tmp_path):
    queue, web = Part("queue", ENDS), Part("web", STAYS)
    assert watched(queue, web, started=False).run() == 1
    assert said(capsys) == [
        "Pažanga did not start: queue ended by itself with code 3.",
        f"The reason stands above or in the logs of {tmp_path}.",
        "",
        "Stopping.",
        "Stopped.",
    ]
    assert web.process is None


def test_being_asked_to_stop_while_starting_is_no_failure(watched, capsys):
    queue = Part("queue", STAYS)
    starting = watched(queue, started=False)
    starting.ask_to_stop(signal.SIGTERM, None)
    assert starting.run() == 0
    assert (queue.runs, said(capsys)) == (False, ["", "Stopping.", "Stopped."])


def test_being_asked_a_second_time_waits_for_nobody(watched, tmp_path):
    ready = tmp_path / "ready"
    part = Part("worker", formed(STUBBORN, ready=ready))
    stopping = watched(part)
    wait_until(ready.exists, "the part's start")
    stopping.ask_to_stop(signal.SIGINT, None)
    assert part.runs
    stopping.ask_to_stop(signal.SIGINT, None)
    assert part.process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(
    ("web_later", "order"), [(False, [{"web", "worker"}, {"queue"}]), (True, [{"worker"}, {"web"}, {"queue"}])]
)
def test_parts_are_stopped_so_that_each_still_finds_what_it_needs(watched, tmp_path, web_later, order):
    log, names = tmp_path / "log", ("queue", "web", "worker")
    parts = [Part(name, formed(TELLS, name=name, log=log, ready=tmp_path / name)) for name in names]
    stopping = watched(*parts)
    wait_until(lambda: all((tmp_path / name).exists() for name in names), "the parts' start")
    stopping._stop_all(web_later=web_later)
    ended = log.read_text().split()
    assert [part.process.returncode for part in parts] == [0, 0, 0]
    for step in order:
        assert set(ended[: len(step)]) == step
        ended = ended[len(step) :]


def test_a_part_that_does_not_end_when_asked_is_ended(watched, tmp_path, monkeypatch):
    monkeypatch.setattr(supervisor, "PATIENCE_TO_STOP", 0.1)
    ready = tmp_path / "ready"
    part = Part("worker", formed(STUBBORN, ready=ready))
    stopping = watched(part)
    wait_until(ready.exists, "the part's start")
    stopping._stop_all()
    assert part.process.returncode == -signal.SIGKILL


def test_a_fresh_demonstration_that_cannot_be_loaded_changes_nothing(watched, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(starting_over, "LOADER", ["sh", "-c", "echo $VAR_DIR; exit 1"])
    running = watched(DEMO_CAN_START_OVER="on")
    running._start_over_if_asked()
    assert running.loader is None
    starting_over.ask(tmp_path)
    running._start_over_if_asked()
    running._start_over_if_asked()  # it may still be at work
    running.loader and running.loader.process.wait()
    running._start_over_if_asked()
    assert said(capsys) == [
        "Loading a fresh demonstration; this one goes on meanwhile.",
        "loader ended by itself with code 1.",
    ]
    assert starting_over.log_of(tmp_path).read_text() == f"{tmp_path / 'next'}\n"
    assert starting_over.progress_of(tmp_path).state == "failed"


def test_stopping_ends_the_loader_too(watched, monkeypatch, tmp_path):
    monkeypatch.setattr(starting_over, "LOADER", STAYS)
    running = watched(DEMO_CAN_START_OVER="on")
    starting_over.ask(tmp_path)
    running._start_over_if_asked()
    running._stop_all()
    assert running.loader.process.wait() == -signal.SIGKILL


def test_preparing_ends_when_somebody_asks_to_stop(watched, tmp_path):
    preparing = watched()
    preparing.ask_to_stop(signal.SIGTERM, None)
    assert prepare(preparing) is False
    assert not (tmp_path / "run" / "prepared").exists()


@pytest.mark.parametrize(("command", "polite"), [(STAYS, True), (ENDS, True), (STUBBORN, False)])
def test_stopping_a_program_says_whether_it_went_when_asked(watched, tmp_path, command, polite):
    ready = tmp_path / "ready"
    part = Part("worker", formed(command, ready=ready))
    watched(part)
    if command is STUBBORN:
        wait_until(ready.exists, "the program's start")
    if command is ENDS:
        part.process.wait()
    assert stop(part.process, patience=0.2) is polite
    assert not part.runs


def test_a_part_runs_in_python_as_the_product_does(tmp_path):
    assert {part.command[0] for part in parts_of(installed(tmp_path))} == {sys.executable}
