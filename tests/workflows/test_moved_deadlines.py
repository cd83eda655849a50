"""Deadlines that are paused, resumed and moved, and what becomes of their reminders."""

from datetime import timedelta

import pytest

from tests.workflows.times import sent_days, shown, vilnius, walk
from workflows.models import Deadline, Message, Rung, WorkItem
from workflows.services import pause_deadlines, perform, resume_deadlines
from workflows.services.reminding import remind

pytestmark = pytest.mark.django_db


def test_nothing_is_sent_while_the_clock_is_stopped_and_what_was_missed_is_not_sent_after_it(at, due):
    travel = at("2026-10-01T12:00")
    request, deadline = due("2026-11-02T17:00")
    travel.to(vilnius("2026-10-10T12:00"))
    assert pause_deadlines(request.case) == 1
    walk(travel, "2026-10-29T12:00", timedelta(hours=6))
    travel.to(vilnius("2026-10-30T12:00"))
    assert Message.objects.count() == 0
    assert resume_deadlines(request.case) == 1
    deadline.refresh_from_db()
    assert deadline.due_at == vilnius("2026-11-22T17:00")  # twenty days later, at the same hour in winter time
    walk(travel, "2026-11-30T12:00")
    assert sent_days() == [-21, -7, -2, 0, 1, 7]


@pytest.mark.parametrize(
    ("resumed", "expected"),
    [
        ("2026-10-10T12:00", "2026-11-02T17:00"),
        ("2026-10-10T12:01", "2026-11-03T17:00"),  # a begun day counts whole
        ("2026-10-11T12:00", "2026-11-03T17:00"),
        ("2026-10-13T13:00", "2026-11-06T17:00"),
    ],
)
def test_resuming_moves_the_due_moment_by_whole_days_at_the_same_hour(at, due, resumed, expected):
    travel = at("2026-10-10T12:00")
    request, deadline = due("2026-11-02T17:00")
    pause_deadlines(request.case)
    travel.to(vilnius(resumed))
    resume_deadlines(request.case)
    deadline.refresh_from_db()
    assert (deadline.due_at, deadline.paused_at) == (vilnius(expected), None)


def test_resuming_leaves_what_was_overdue_where_it_was(at, due):
    travel = at("2026-10-01T12:00")
    request, deadline = due("2026-11-02T17:00")
    travel.to(vilnius("2026-11-05T12:00"))
    pause_deadlines(request.case)
    travel.to(vilnius("2026-11-15T12:00"))
    resume_deadlines(request.case)
    deadline.refresh_from_db()
    assert deadline.due_at == vilnius("2026-11-02T17:00")


def test_work_moves_along_with_its_deadline(at, leave):
    travel = at("2026-10-01T12:00")
    request = leave(due_at=vilnius("2026-11-02T17:00"))
    perform(request, "ask", by=request.employee)
    pause_deadlines(request.case)
    travel.forward(days=3)
    resume_deadlines(request.case)
    assert WorkItem.objects.get(closed_at=None).due_at == vilnius("2026-11-05T17:00")


def test_a_moved_deadline_is_recalled_for_its_new_day(at, due):
    travel = at("2026-10-01T12:00")
    request, deadline = due("2026-11-02T17:00")
    walk(travel, "2026-10-20T12:00", timedelta(hours=3))
    due("2026-12-02T17:00", request=request)
    assert shown(deadline.rungs.filter(settled_at=None).order_by("send_at"))[0] == (-21, "2026-11-11 09:00")
    assert Rung.objects.filter(due_at=vilnius("2026-11-02T17:00"), settled_at=None).count() == 0
    walk(travel, "2026-12-20T12:00", timedelta(hours=1))
    assert sent_days() == [-21, -21, -7, -2, 0, 1, 7]


def test_a_deadline_moved_by_an_hour_is_not_recalled_twice_for_it(at, due):
    travel = at("2026-10-01T12:00")
    request, _deadline = due("2026-11-02T17:00")
    travel.to(vilnius("2026-10-12T09:00"))
    remind()
    travel.to(vilnius("2026-10-12T11:00"))
    due("2026-11-02T18:00", request=request)
    assert remind() == 0


def test_a_step_that_gives_more_time_moves_the_deadline_and_is_not_taken_for_its_end(at, leave):
    at("2026-10-01T12:00")
    request = leave(due_at=vilnius("2026-11-02T17:00"))
    perform(request, "ask", by=request.employee)
    perform(request, "give_time", by=request.boss, until=vilnius("2026-12-02T17:00"))
    deadline = Deadline.objects.get()
    assert (deadline.due_at, deadline.outcome) == (vilnius("2026-12-02T17:00"), "")
    assert set(deadline.rungs.values_list("due_at", flat=True)) == {vilnius("2026-12-02T17:00")}
    assert WorkItem.objects.get(closed_at=None).due_at == vilnius("2026-12-02T17:00")


def test_a_deadline_whose_state_is_left_is_met_and_set_anew_on_coming_back(at, leave):
    at("2026-10-01T12:00")
    request = leave(due_at=vilnius("2026-11-02T17:00"))
    perform(request, "ask", by=request.employee)
    perform(request, "grant", by=request.boss)
    perform(request, "reopen", by=request.boss)
    assert list(Deadline.objects.order_by("pk").values_list("outcome", flat=True)) == ["met", ""]
