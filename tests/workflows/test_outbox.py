from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.workflows.testapp.outbox_tasks import CALLS, DEAD
from workflows import clock
from workflows.delivery import deliver_all, outbox_task, outbox_tasks, run_entry
from workflows.models import OutboxEntry
from workflows.services import cleaning, outbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget():
    CALLS.clear()
    DEAD.clear()


def test_an_entry_is_done_once_however_often_it_is_delivered():
    entry = outbox.enqueue("toy.note", "hello")
    for _delivery in range(3):
        run_entry(entry.pk)
    entry.refresh_from_db()
    assert (CALLS, entry.tries, entry.done_at is not None) == (["hello"], 1, True)


def test_the_same_key_twice_is_one_entry():
    first = outbox.enqueue("toy.note", "hello", dedupe="note:1")
    assert outbox.enqueue("toy.note", "other", dedupe="note:1") == first
    assert first.args == ["hello"]


def test_an_entry_is_not_done_before_its_time(at):
    travel = at("2026-11-02T10:00")
    outbox.enqueue("toy.note", "hello", available_at=clock.now() + timedelta(minutes=5))
    assert (deliver_all(), CALLS) == (0, [])
    travel.forward(minutes=5)
    assert (deliver_all(), CALLS) == (1, ["hello"])


def test_a_task_that_says_later_waits_in_the_database_and_is_blamed_for_nothing(at):
    travel = at("2026-11-02T10:00")
    moment = clock.now() + timedelta(hours=1)
    entry = outbox.enqueue("toy.later", moment.isoformat())
    deliver_all()
    entry.refresh_from_db()
    assert (entry.available_at, entry.tries, entry.failures, entry.last_error) == (moment, 1, 0, "too early")
    travel.forward(hours=1)
    deliver_all()
    entry.refresh_from_db()
    assert entry.done_at == moment


@pytest.mark.logs_error("is given up")
def test_a_task_that_fails_is_tried_with_growing_pauses_and_then_given_up(at):
    travel = at("2026-11-02T10:00")
    entry, pauses = outbox.enqueue("toy.stumble", "a stone"), []
    while True:
        before = clock.now()
        deliver_all()
        entry.refresh_from_db()
        if entry.dead_at:
            break
        pauses.append((entry.available_at - before).total_seconds())
        travel.to(entry.available_at)
    assert (CALLS, DEAD) == (["a stone"] * 3, ["a stone"])
    assert 12 <= pauses[0] <= 15
    assert 48 <= pauses[1] <= 60
    assert entry.last_error == "RuntimeError: stumbled over a stone"


@pytest.mark.parametrize(
    ("tries", "least", "most"),
    [(1, 12, 15), (2, 48, 60), (3, 192, 240), (4, 768, 960), (5, 2880, 3600), (60, 2880, 3600)],
)
def test_backoff_grows_by_four_up_to_an_hour_less_a_fifth_at_random(tries, least, most):
    seconds = {outbox.backoff(tries).total_seconds() for _ in range(50)}
    assert least <= min(seconds) < max(seconds) <= most


def test_a_worker_that_vanishes_is_replaced_after_the_lease(at):
    travel = at("2026-11-02T10:00")
    entry = outbox.enqueue("toy.note", "hello")
    assert outbox.claim_for_work(entry.pk, timedelta(seconds=120)) is not None
    assert outbox.claim_for_work(entry.pk, timedelta(seconds=120)) is None
    travel.forward(seconds=119)
    assert outbox.claim_for_work(entry.pk, timedelta(seconds=120)) is None
    travel.forward(seconds=1)
    assert outbox.claim_for_work(entry.pk, timedelta(seconds=120)).tries == 2


def test_a_worker_given_up_for_lost_can_mark_nothing(at):
    travel = at("2026-11-02T10:00")
    lost = outbox.claim_for_work(outbox.enqueue("toy.note", "hello").pk, timedelta(seconds=120))
    travel.forward(seconds=120)
    present = outbox.claim_for_work(lost.pk, timedelta(seconds=120))
    assert not outbox.extend(lost, timedelta(seconds=120))
    assert not outbox.mark_done(lost)
    assert not outbox.put_off(lost, clock.now())
    assert not outbox.give_up(lost, "lost")
    assert outbox.mark_done(present)


def test_a_task_that_kills_its_worker_is_given_up_after_its_tries(at):
    travel = at("2026-11-02T10:00")
    entry = outbox.enqueue("toy.stumble", "poison")
    for _death in range(3):
        outbox.claim_for_work(entry.pk, timedelta(seconds=120))
        travel.forward(seconds=120)
    run_entry(entry.pk)
    entry.refresh_from_db()
    assert (CALLS, DEAD, entry.last_error) == ([], ["poison"], "The worker ended in the middle of it each time.")


@pytest.mark.logs_error("is given up")
def test_a_task_that_tells_nobody_of_its_end_is_given_up_too(at):
    travel = at("2026-11-02T10:00")
    entry = outbox.enqueue("toy.drop", "a cup")
    for _try in range(5):
        deliver_all()
        travel.forward(hours=1)
    entry.refresh_from_db()
    assert (entry.dead_at is not None, entry.last_error) == (True, "RuntimeError: dropped a cup")


def test_here_and_now_stops_at_its_limit():
    for number in range(3):
        outbox.enqueue("toy.note", number)
    assert [deliver_all(limit=2), deliver_all(limit=2)] == [2, 1]
    assert CALLS == [0, 1, 2]


def test_of_two_relays_one_hands_an_entry():
    entry, now = outbox.enqueue("toy.note", "hello"), clock.now()
    assert [outbox.claim_for_broker(entry.pk, now) is not None for _relay in range(2)] == [True, False]


def test_what_was_handed_and_not_begun_is_handed_again_after_a_growing_lease(at):
    travel = at("2026-11-02T10:00")
    entry = outbox.enqueue("toy.note", "hello")
    for minutes in (1, 2, 4, 8, 16, 16):
        assert outbox.due_ids(clock.now(), 10) == [entry.pk]
        outbox.claim_for_broker(entry.pk, clock.now())
        travel.forward(minutes=minutes, seconds=-1)
        assert outbox.due_ids(clock.now(), 10) == []
        travel.forward(seconds=1)


def test_what_the_broker_did_not_take_waits_as_if_nothing_had_happened():
    entry = outbox.enqueue("toy.note", "hello")
    seen = outbox.claim_for_broker(entry.pk, clock.now())
    outbox.unhand(seen.pk, seen.handings, "refused")
    entry.refresh_from_db()
    assert (entry.handed_at, entry.lease_until, entry.handings, entry.last_error) == (None, None, 0, "refused")


def test_an_entry_of_an_unknown_task_harms_nobody():
    run_entry(outbox.enqueue("toy.gone").pk)
    run_entry(4711)
    assert CALLS == []


def test_a_task_is_declared_once():
    with pytest.raises(ImproperlyConfigured):
        outbox_task("toy.note")(print)


def test_an_entry_can_be_taken_back_until_somebody_begins():
    entry = outbox.enqueue("toy.note", "hello", dedupe="note:1")
    assert outbox.cancel("note:1")
    assert (deliver_all(), CALLS) == (0, [])
    begun = outbox.enqueue("toy.note", "hello", dedupe="note:2")
    outbox.claim_for_work(begun.pk, timedelta(seconds=120))
    assert not outbox.cancel("note:2")
    assert entry.pk != begun.pk


def test_only_what_was_done_a_week_ago_is_thrown_away(at):
    travel = at("2026-11-02T10:00")
    outbox.enqueue("toy.note", "done")
    deliver_all()
    waiting = outbox.enqueue("toy.note", "waiting", available_at=clock.now() + timedelta(days=30))
    travel.forward(days=7)
    assert cleaning.sweep() == 0
    travel.forward(seconds=1)
    assert cleaning.sweep() == 1
    assert list(OutboxEntry.objects.all()) == [waiting]


@pytest.mark.logs_error("is given up")
def test_an_entry_whose_end_cannot_be_told_is_not_given_up_yet(at, monkeypatch):
    travel = at("2026-11-02T10:00")
    entry = outbox.enqueue("toy.stumble", "poison")
    declared = outbox_tasks()["toy.stumble"]
    for _try in range(2):
        deliver_all()
        travel.forward(hours=1)
    with monkeypatch.context() as fault:
        fault.setattr("workflows.delivery._tasks", {"toy.stumble": replace(declared, on_dead=lambda word: 1 / 0)})
        with pytest.raises(ZeroDivisionError):
            run_entry(entry.pk)
    entry.refresh_from_db()
    assert (entry.dead_at, DEAD) == (None, [])
    travel.forward(hours=1)
    deliver_all()
    entry.refresh_from_db()
    assert (entry.dead_at is not None, DEAD) == (True, ["poison"])
