"""The power goes at the k-th statement, for every k: after the leases have passed everything is done, nothing twice."""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from tests.fixtures.delivery import Way
from tests.workflows.testapp.models import Leave
from workflows import clock
from workflows.delivery import deliver_all, run_entry
from workflows.models import Case, Job, Message, OutboxEntry, Reminder, Rung
from workflows.services import begin, sending, set_deadline
from workflows.services.jobs import start_job
from workflows.services.messages import queue_message
from workflows.services.reminding import remind


class PowerCut(BaseException):
    """No handler of faults may catch it: the process is gone."""


@contextmanager
def power_cut_at(number):
    """End everything at the n-th statement, before or (odd and even numbers) after the database has heard it."""
    heard = 0

    def count(execute, sql, params, many, context):
        nonlocal heard
        heard += 1
        if heard == (number + 1) // 2:
            if number % 2 == 0:
                execute(sql, params, many, context)
            raise PowerCut
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(count):
            yield
    except PowerCut:
        connection.close()  # what was not committed is gone


def cut_everywhere(prepare, act, check):
    """For k = 1, 2 … until no cut happens: prepare, act with the power cut at k, let leases pass, work on, check."""
    for number in range(1, 400):
        thing = prepare(number)
        finished = False
        with power_cut_at(number):
            act(thing)
            finished = True
        Way.let_leases_pass()
        deliver_all()
        check(thing)
        if finished:
            return number - 1
    raise AssertionError("it never came to an end")


@pytest.fixture
def sent(monkeypatch):
    counter = Counter()
    monkeypatch.setattr(sending, "_hand_to_server", lambda message: counter.update([message.message_id]))
    return counter


def test_a_mail_survives_a_power_cut_at_any_statement(committed_db, person, sent):
    reader = person()

    def check(message):
        message.refresh_from_db()
        assert message.state == "sent"
        assert 1 <= sent[message.message_id] <= 2
        assert not OutboxEntry.objects.filter(done_at=None).exists()

    points = cut_everywhere(
        lambda number: queue_message("leave_note", reader),
        lambda message: run_entry(OutboxEntry.objects.get(done_at=None).pk),
        check,
    )
    assert points >= 10
    # Only a cut between "sent" and "marked" repeats a mail, and the repeat bears the same Message-ID.
    assert sum(count == 2 for count in sent.values()) <= 4


def test_a_job_survives_a_power_cut_at_any_statement(committed_db, person):
    asker = person()

    def check(job):
        job.refresh_from_db()
        assert (job.state, job.result, job.done) == (Job.State.DONE, {"counted": 2}, 2)

    points = cut_everywhere(
        lambda number: start_job(kind="count_up", by=asker, params={"to": 2}),
        lambda job: run_entry(OutboxEntry.objects.get(done_at=None).pk),
        check,
    )
    assert points >= 20


def test_a_reminder_survives_a_power_cut_at_any_statement(committed_db, person, sent):
    employee, boss = person(), person()

    def prepare(number):
        case = Case.objects.create(kind="leave", number=f"C-{number}", title="Leave")
        leave = begin(Leave(case=case, employee=employee, boss=boss, days=1), by=employee)
        deadline = set_deadline(
            leave, kind="leave_papers", audience=f"user:{employee.pk}", due_at=clock.now() + timedelta(days=7)
        )
        Rung.objects.filter(deadline=deadline).delete()
        return Rung.objects.create(deadline=deadline, days=-7, due_at=deadline.due_at, send_at=clock.now())

    def check(rung):
        remind()
        deliver_all()
        assert Reminder.objects.filter(rung=rung).count() == 1
        assert Message.objects.get(dedupe=f"reminder:{rung.pk}:{employee.pk}").state == "sent"

    with clock.replaced(clock.now().replace(hour=10)):  # not in quiet hours, whenever the suite runs
        points = cut_everywhere(prepare, lambda rung: remind(), check)
    assert points >= 20
    assert set(sent.values()) == {1}


def test_queueing_is_all_or_nothing(committed_db, person):
    reader = person()
    for number in range(1, 40):
        finished = False
        before = (Message.objects.count(), OutboxEntry.objects.count())
        with power_cut_at(number):
            queue_message("leave_note", reader)
            finished = True
        after = (Message.objects.count(), OutboxEntry.objects.count())
        assert after in {before, (before[0] + 1, before[1] + 1)}
        if finished:
            return
    raise AssertionError("it never came to an end")
