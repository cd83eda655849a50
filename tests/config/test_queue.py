"""The task queue with a real server and a real worker."""

import socket
import threading

import pytest
from celery import Celery

from config.queue import SCHEDULE, VISIBILITY_TIMEOUT, broker_url, celery_settings
from tests.fixtures.processes import wait_until


def test_the_visibility_timeout_is_the_same_in_all_three_places():
    settings = celery_settings("redis://queue")
    assert {
        settings["visibility_timeout"],
        settings["broker_transport_options"]["visibility_timeout"],
        settings["result_backend_transport_options"]["visibility_timeout"],
    } == {VISIBILITY_TIMEOUT}


def test_a_task_is_kept_until_it_is_done_and_taken_one_at_a_time():
    settings = celery_settings("redis://queue")
    names = ("task_acks_late", "task_reject_on_worker_lost", "worker_prefetch_multiplier", "task_ignore_result")
    assert [settings[name] for name in names] == [True, True, 1, True]


def test_beats_are_intervals_in_utc():
    settings = celery_settings("redis://queue")
    assert (settings["timezone"], settings["enable_utc"]) == ("UTC", True)
    assert [name for name, every in SCHEDULE.items() if every.total_seconds() < 1] == []


def test_a_socket_address_is_spelled_as_the_library_wants_it():
    assert broker_url("unix:///var/queue.sock") == "redis+socket:///var/queue.sock"
    assert broker_url("rediss://host:6379/1") == "rediss://host:6379/1"


def sender(url: str) -> Celery:
    return Celery("sender", fixups=[], set_as_current=False, changes=celery_settings(url))


@pytest.mark.services
def test_a_sign_of_life_goes_the_whole_way_also_after_the_queue_server_was_killed(
    queue_server, product_environment, start_worker, tmp_path
):
    start_worker()
    alive = tmp_path / "var" / "run" / "worker.alive"
    queue = sender(queue_server.url)
    queue.send_task("config.tasks.heartbeat")
    wait_until(alive.exists, "the worker's sign of life")

    queue_server.kill()
    queue_server.start()
    alive.unlink()
    queue.send_task("config.tasks.heartbeat")
    wait_until(alive.exists, "the worker's sign of life after the queue server came back")
    queue.close()


@pytest.mark.services
def test_sending_to_a_mute_server_gives_up():
    """It takes connections and never answers; without timeouts the sender would hang for good."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        queue = sender(f"redis://127.0.0.1:{mute.getsockname()[1]}/0")
        failures: list[Exception] = []

        def send() -> None:
            try:
                queue.send_task("config.tasks.heartbeat", retry=False)
            except Exception as failure:
                failures.append(failure)

        thread = threading.Thread(target=send, daemon=True)
        thread.start()
        thread.join(timeout=30)
        assert not thread.is_alive()
        assert len(failures) == 1
        queue.close()
