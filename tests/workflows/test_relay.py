"""The relay's rounds, with a broker that does what the test says."""

from datetime import timedelta

import pytest
from celery import Celery
from django.db import OperationalError

from workflows import clock
from workflows.models import OutboxEntry
from workflows.services import outbox, relay
from workflows.services.relay import Broker, Relay

pytestmark = pytest.mark.django_db


def test_a_round_hands_what_is_due_in_order():
    late = outbox.enqueue("toy.note", "late", available_at=clock.now() + timedelta(hours=1))
    first, second = outbox.enqueue("toy.note", 1), outbox.enqueue("toy.note", 2)
    handed = []
    rounds = Relay(lambda entry: handed.append(entry.pk))
    assert (rounds.round(), handed, rounds.wait) == (2, [first.pk, second.pk], 0.5)
    assert rounds.round() == 0
    late.refresh_from_db()
    assert late.handed_at is None


def test_a_full_round_is_followed_by_the_next_at_once(monkeypatch):
    monkeypatch.setattr(relay, "BATCH", 2)
    for number in range(3):
        outbox.enqueue("toy.note", number)
    rounds = Relay(lambda entry: None)
    assert [(rounds.round(), rounds.wait) for _round in range(3)] == [(2, 0), (1, 0.5), (0, 0.5)]


def test_a_backlog_waits_in_the_database(monkeypatch):
    monkeypatch.setattr(relay, "IN_FLIGHT", 2)
    for number in range(5):
        outbox.enqueue("toy.note", number)
    rounds = Relay(lambda entry: None)
    assert [rounds.round(), rounds.round()] == [2, 0]
    for entry in OutboxEntry.objects.filter(handed_at__isnull=False):
        outbox.claim_for_work(entry.pk, timedelta(minutes=2))
    assert rounds.round() == 2


def test_a_broker_that_fails_is_named_once_and_its_return_once(caplog):
    faults = [ConnectionRefusedError("refused"), TimeoutError("timed out"), ConnectionResetError("reset")]
    entry = outbox.enqueue("toy.note", 1)

    def send(_entry):
        if faults:
            raise faults.pop(0)

    rounds = Relay(send)
    assert [(rounds.round(), rounds.wait) for _round in range(4)] == [(0, 1), (0, 2), (0, 4), (1, 0.5)]
    assert [record.message for record in caplog.records] == [
        "the queue does not answer; rows wait in the database: refused",
        "the queue answers again",
    ]
    entry.refresh_from_db()
    assert (entry.handings, entry.tries) == (1, 0)


def test_a_row_that_another_relay_took_meanwhile_is_left_to_it():
    first, second = outbox.enqueue("toy.note", 1), outbox.enqueue("toy.note", 2)
    ours, theirs = [], []
    other = Relay(lambda entry: theirs.append(entry.pk))

    def send(entry):
        ours.append(entry.pk)
        other.round()

    assert (Relay(send).round(), ours, theirs) == (1, [first.pk], [second.pk])


def test_without_anything_to_hand_a_lost_broker_is_still_lost():
    entry = outbox.enqueue("toy.note", 1)

    def send(_entry):
        raise ConnectionRefusedError("refused")

    rounds = Relay(send)
    assert (rounds.round(), rounds.wait) == (0, 1)
    OutboxEntry.objects.filter(pk=entry.pk).update(done_at=clock.now())
    assert (rounds.round(), rounds.wait, rounds.broker_is_gone) == (0, 1, True)


def test_the_broker_is_connected_to_once_and_anew_after_closing():
    app = Celery("sender", broker="memory://", fixups=[], set_as_current=False)
    broker = Broker(app)
    first, second, third = (outbox.enqueue("toy.note", number) for number in (1, 2, 3))
    broker.send(first)
    connection = broker._connection
    broker.send(second)
    assert broker._connection is connection
    broker.close()
    broker.send(third)
    assert broker._connection is not connection
    broker.close()
    broker.close()
    with app.connection_for_read() as reading, reading.SimpleQueue("celery") as queue:
        handed = [queue.get(timeout=1).payload[0] for _message in range(3)]
    assert handed == [[first.pk], [second.pk], [third.pk]]


def test_a_database_that_fails_is_named_once_and_its_return_once(monkeypatch, caplog):
    faults, plain = [OperationalError("gone"), OperationalError("gone")], outbox.due_ids

    def due_ids(now, limit):
        if faults:
            raise faults.pop()
        return plain(now, limit)

    monkeypatch.setattr(outbox, "due_ids", due_ids)
    rounds = Relay(lambda entry: None)
    assert [rounds.round() for _round in range(3)] == [0, 0, 0]
    assert [record.message for record in caplog.records] == [
        "the database does not answer, waiting for it: gone",
        "the database answers again",
    ]
