"""Real processes: relay, queue server, worker, mail server; what befalls them, and what must still hold."""

import signal
import time

import pytest

from tests.fixtures.delivery import until
from workflows import clock
from workflows.actors import SYSTEM
from workflows.models import Heartbeat, Job, Message, OutboxEntry
from workflows.services import heartbeat
from workflows.services.jobs import start_job
from workflows.services.messages import queue_raw_message
from workflows.services.relay import Broker, Relay

pytestmark = pytest.mark.services


def write(count):
    return [queue_raw_message(f"reader{n}@example.test", f"Hello {n}", "text") for n in range(count)]


def all_sent():
    return not Message.objects.exclude(state=Message.State.SENT).exists()


def all_handed():
    return not OutboxEntry.objects.filter(done_at=None, handed_at=None).exists()


def test_messages_and_canary_go_the_whole_way_and_the_relay_ends_in_peace(way):
    messages = write(3)
    heartbeat.set_out()
    relay = way.relay()
    way.worker()
    until(all_sent, "three mails")
    until(lambda: Heartbeat.objects.exists(), "the canary")
    assert way.mail.message_ids == {message.message_id: 1 for message in messages}
    relay.send_signal(signal.SIGTERM)
    assert (relay.wait(timeout=10), way.log("relay")) == (0, "")


def test_a_worker_killed_in_the_middle_of_a_mail_loses_nothing(way):
    way.mail.held = True
    [message] = write(1)
    way.relay()
    worker = way.worker()
    assert way.mail.holding.wait(60)
    worker.kill()
    worker.wait()
    way.mail.held = False
    assert Message.objects.get().state == Message.State.SENDING
    way.let_leases_pass()
    way.worker()
    until(all_sent, "the mail, again")
    assert way.mail.message_ids == {message.message_id: 2}  # the same Message-ID: a mailbox can tell
    assert Message.objects.get().tries == 2


def test_a_queue_that_forgets_everything_loses_nothing_and_doubles_nothing(way):
    messages = write(5)
    way.relay()
    until(all_handed, "the relay")
    way.flush()
    way.let_leases_pass()
    way.worker()
    until(all_sent, "five mails")
    assert way.mail.message_ids == {message.message_id: 1 for message in messages}


def test_a_queue_that_is_gone_and_comes_back(way):
    way.relay()
    way.queue.kill()
    messages = write(3)
    until(lambda: "does not answer" in way.log("relay"), "the relay's word")
    assert OutboxEntry.objects.filter(started_at=None, done_at=None).count() == 3
    way.queue.start()
    way.worker()
    until(all_sent, "three mails")
    until(lambda: "answers again" in way.log("relay"), "the relay's second word")
    assert way.log("relay").count("does not answer") == 1
    assert way.mail.message_ids == {message.message_id: 1 for message in messages}


def test_a_job_whose_worker_is_killed_is_done_by_the_next(way, tmp_path):
    job = start_job(kind="wait_for_file", by=SYSTEM, params={"until": str(tmp_path / "go")})
    way.relay()
    worker = way.worker()
    until(lambda: Job.objects.filter(pk=job.pk, done=1).exists(), "the job's first sign of life")
    worker.kill()
    worker.wait()
    way.let_leases_pass()
    (tmp_path / "go").touch()
    way.worker()
    until(lambda: Job.objects.get(pk=job.pk).is_finished, "the job")
    job.refresh_from_db()
    assert (job.state, job.result) == (Job.State.DONE, {"tries": 2})


class Told:
    """A Celery application that knows one broker."""

    @staticmethod
    def of(url):
        from celery import Celery

        from config.queue import celery_settings

        app = Celery("told", set_as_current=False)
        app.conf.update(celery_settings(url))
        return app


@pytest.mark.django_db
def test_a_queue_that_takes_connections_and_never_answers_holds_a_round_less_than_two_seconds(black_hole, caplog):
    write(3)
    broker = Broker(Told.of(black_hole.url))
    relay, waits = Relay(broker.send), []
    for _round in range(4):
        began = time.monotonic()
        assert relay.round() == 0
        assert time.monotonic() - began < 2
        waits.append(relay.wait)
    broker.close()
    assert waits == [1, 2, 4, 5]
    assert [record.message.split(";")[0] for record in caplog.records] == ["the queue does not answer"]
    assert OutboxEntry.objects.filter(handed_at=None, handings=0, tries=0).count() == 3


@pytest.mark.django_db
def test_a_queue_that_refuses_holds_nobody(caplog):
    write(1)
    broker = Broker(Told.of("redis://127.0.0.1:1/0"))
    relay = Relay(broker.send)
    began = time.monotonic()
    assert relay.round() == 0
    assert time.monotonic() - began < 2
    broker.close()
    assert OutboxEntry.objects.get().last_error != ""
    assert clock.now() >= OutboxEntry.objects.get().available_at
