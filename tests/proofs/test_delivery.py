"""Thousands of messages while worker, relay and queue server are killed and the queue is emptied again and again."""

import random

import pytest

from tests.fixtures.delivery import until
from workflows.models import Message, OutboxEntry
from workflows.services.messages import queue_raw_message

pytestmark = [pytest.mark.proof, pytest.mark.services]
MESSAGES = 3000
BLOWS = 24


def strike(way, blow, relay, worker):
    """One blow of fate; answers the relay and the worker that run after it."""
    kind = ("worker", "flush", "relay", "queue")[blow % 4]
    worker.kill()
    worker.wait()
    if kind == "flush":
        way.flush()
    elif kind == "relay":
        relay.kill()
        relay.wait()
        relay = way.relay()
    elif kind == "queue":
        way.queue.kill()
        way.queue.start()
    # Nobody works now, so everything in somebody's hands is lost: what would take two minutes is done at once.
    way.let_leases_pass()
    return relay, way.worker()


def test_no_message_is_lost_and_none_is_doubled_in_the_ledger(way, record_figure):
    ids = {queue_raw_message(f"r{n}@example.test", f"Hello {n}", "text").message_id for n in range(MESSAGES)}
    relay, worker = way.relay(), way.worker()
    dice = random.Random(20261025)
    for blow in range(BLOWS):
        mark = sum(way.mail.message_ids.values()) + dice.randint(20, 100)
        until(lambda mark=mark: sum(way.mail.message_ids.values()) >= mark, f"mail {mark}")
        relay, worker = strike(way, blow, relay, worker)
    until(lambda: not Message.objects.exclude(state="sent").exists(), "the last mail", patience=900)
    repeats = sum(way.mail.message_ids.values()) - MESSAGES
    assert set(way.mail.message_ids) == ids
    # Two threads work at once, so a kill can interrupt two mails between "sent" and "marked".
    assert repeats <= 2 * BLOWS
    what = f"{MESSAGES} messages, {BLOWS} blows to worker, relay and queue: lost"
    record_figure(what, MESSAGES - len(way.mail.message_ids), "0")
    record_figure("the same: repeated, each under its own Message-ID", repeats, f"at most {2 * BLOWS}")
    assert not OutboxEntry.objects.filter(dead_at__isnull=False).exists()
