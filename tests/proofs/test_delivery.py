"""Thousands of messages while worker, relay and queue server are killed and the queue is emptied again and again."""

import random

import pytest

from tests.fixtures.delivery import until
from workflows.models import Message, OutboxEntry
from workflows.services.messages import queue_raw_message

pytestmark = [pytest.mark.proof, pytest.mark.services]
MESSAGES = 3000
BLOWS = 24
MID_MAIL_KILLS = 20


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


def test_a_worker_killed_in_the_middle_of_a_mail_repeats_it_once_under_the_same_message_id(way, record_figure):
    """The window between "sent" and "marked", which chance seldom hits, is hit on purpose each time."""
    way.relay()
    for number in range(MID_MAIL_KILLS):
        message = queue_raw_message(f"held{number}@example.test", "Held", "text")
        way.mail.holding.clear()
        way.mail.held = True
        worker = way.worker()
        assert way.mail.holding.wait(60)
        worker.kill()
        worker.wait()
        way.mail.held = False
        way.let_leases_pass()
        second = way.worker()
        until(lambda message=message: Message.objects.get(pk=message.pk).state == "sent", "the mail, again")
        second.kill()
        second.wait()
        assert way.mail.message_ids[message.message_id] == 2
    assert Message.objects.exclude(state="sent").count() == 0
    what = f"{MID_MAIL_KILLS} workers killed between “taken by the mail server” and “marked”: mails lost"
    record_figure(what, MID_MAIL_KILLS - len(way.mail.message_ids), "0")
    record_figure("the same: mails sent other than twice under one Message-ID",
                  sum(count != 2 for count in way.mail.message_ids.values()), "0")  # fmt: skip
