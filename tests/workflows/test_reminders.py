"""What is sent when, to whom, and the one rule of lateness; times are Vilnius's."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from tests.workflows.times import VILNIUS, sent_days, vilnius, walk
from workflows import clock
from workflows.actors import SYSTEM
from workflows.models import Deadline, Exclusion, Message, Reminder, ReminderLadder, Rung
from workflows.services import clear_deadlines, perform
from workflows.services.deadlines import pause_deadlines
from workflows.services.reminding import _remind_of, coming_reminders, remind
from workflows.services.rungs import moment_of

pytestmark = pytest.mark.django_db


def test_each_rung_is_sent_once_on_its_day(at, due):
    travel = at("2026-10-01T12:00")
    request, _deadline = due("2026-11-02T17:00")
    walk(travel, "2026-11-20T12:00")
    assert sent_days() == [-21, -7, -2, 0, 1, 7]
    assert Reminder.objects.filter(recipient=request.employee).count() == 6
    assert [f"{r.created_at.astimezone(VILNIUS):%m-%d %H:%M}" for r in Reminder.objects.order_by("pk")] == [
        "10-12 09:00", "10-26 09:00", "10-31 09:00", "11-02 09:00", "11-03 09:00", "11-09 09:00",
    ]  # fmt: skip


def test_a_reminder_says_what_is_due_when_and_where(at, due):
    travel = at("2026-10-30T12:00")
    request, _deadline = due("2026-11-02T17:00")
    request.employee.__class__.objects.update(language="en")
    travel.to(vilnius("2026-10-31T09:00"))
    remind()
    message = Message.objects.get()
    assert "leave_papers" in message.subject
    assert message.case == request.case
    assert "http://127.0.0.1:8000/leave/1/" in message.text
    assert request.case.number in message.text


def test_two_timers_send_each_reminder_once(at, due):
    travel = at("2026-10-01T12:00")
    due("2026-11-02T17:00")
    travel.to(vilnius("2026-10-12T09:00"))
    assert [remind(), remind()] == [1, 0]
    assert Message.objects.count() == 1


@pytest.mark.parametrize("done", ["closed", "paused", "reminded"])
def test_a_timer_that_had_to_wait_for_the_case_looks_again(at, due, done):
    """It chose the deadline before a step, a pause or another timer that held the case was through."""
    travel = at("2026-10-01T12:00")
    request, deadline = due("2026-11-02T17:00")
    travel.to(vilnius("2026-10-12T09:00"))
    {"closed": lambda: clear_deadlines(request), "paused": lambda: pause_deadlines(request.case), "reminded": remind}[
        done
    ]()
    before = Message.objects.count()
    with transaction.atomic():
        assert _remind_of(deadline.pk, clock.now()) is False
    assert Message.objects.count() == before == (1 if done == "reminded" else 0)


def test_a_timer_dead_for_a_day_sends_the_late_one_once(at, due):
    travel = at("2026-10-01T12:00")
    due("2026-11-02T17:00")
    travel.to(vilnius("2026-10-13T10:00"))
    assert remind() == 1
    assert sent_days() == [-21]


def test_a_timer_dead_for_weeks_sends_only_the_newest(at, due):
    travel = at("2026-10-01T12:00")
    due("2026-11-02T17:00")
    travel.to(vilnius("2026-11-01T10:00"))
    assert remind() == 1
    assert list(Rung.objects.exclude(outcome="").order_by("days").values_list("days", "outcome")) == [
        (-21, "overtaken"),
        (-7, "overtaken"),
        (-2, "sent"),
    ]


def test_a_reminder_late_for_its_due_moment_has_lost_its_reason(at, due):
    travel = at("2026-10-01T12:00")
    due("2026-11-02T17:00")
    travel.to(vilnius("2026-11-02T17:00"))
    assert remind() == 0
    assert Rung.objects.get(days=0).outcome == "pointless"
    walk(travel, "2026-11-04T12:00")
    assert sent_days() == [1]


def test_a_late_reminder_waits_for_the_morning(at, due):
    travel = at("2026-10-01T12:00")
    due("2026-11-02T17:00")
    travel.to(vilnius("2026-10-12T20:00"))
    assert remind() == 0
    travel.to(vilnius("2026-10-13T07:59"))
    assert remind() == 0
    travel.to(vilnius("2026-10-13T08:00"))
    assert remind() == 1


@pytest.mark.parametrize("outcome", ["met", "cleared"])
def test_nothing_is_sent_once_it_is_done(at, due, outcome):
    travel = at("2026-10-01T12:00")
    request, _deadline = due("2026-11-02T17:00")
    clear_deadlines(request, outcome=outcome)
    walk(travel, "2026-11-20T12:00", timedelta(hours=6))
    assert Message.objects.count() == 0
    assert set(Rung.objects.values_list("outcome", flat=True)) == {"closed"}


def test_a_step_that_changes_nothing_keeps_the_deadline_and_its_reminders(at, leave):
    travel = at("2026-10-01T12:00")
    request = leave(due_at=vilnius("2026-11-02T17:00"))
    perform(request, "ask", by=request.employee)
    travel.to(vilnius("2026-10-12T09:00"))
    remind()
    perform(request, "touch", by=request.boss)
    assert Deadline.objects.count() == 1
    assert remind() == 0
    perform(request, "expire", by=SYSTEM)
    assert list(Deadline.objects.values_list("outcome", flat=True)) == ["met"]


def test_people_are_those_of_the_moment_of_sending_and_not_those_kept_away(at, due, person):
    from grants.accounts.models import RoleGrant

    travel = at("2026-10-01T12:00")
    first, second, third = person(), person(), person()
    for user in (first, second, third):
        RoleGrant.objects.create(user=user, role="coordinator", since=clock.now())
    request, _deadline = due("2026-11-02T17:00", audience="role:coordinator")
    RoleGrant.objects.filter(user=second).update(until=clock.now())
    Exclusion.objects.create(case=request.case, user=third, since=clock.now(), code="family")
    travel.to(vilnius("2026-10-12T09:00"))
    remind()
    assert list(Reminder.objects.values_list("recipient", flat=True)) == [first.pk]


def test_a_week_late_a_coordinator_hears_of_it_too(at, due, person):
    from grants.accounts.models import RoleGrant

    travel = at("2026-11-01T12:00")
    coordinator = person()
    RoleGrant.objects.create(user=coordinator, role="coordinator", since=clock.now())
    request, _deadline = due("2026-11-02T17:00")
    walk(travel, "2026-11-09T10:00")
    reminded = Reminder.objects.order_by("pk").values_list("rung__days", "recipient")
    assert list(reminded) == [(0, request.employee_id), (1, request.employee_id), (7, request.employee_id),
                              (7, coordinator.pk)]  # fmt: skip


def test_nobody_to_remind_is_said(at, due, person):
    travel = at("2026-10-01T12:00")
    request, _deadline = due("2026-11-02T17:00")
    type(request.employee).objects.filter(pk=request.employee_id).update(is_active=False)
    travel.to(vilnius("2026-10-12T09:00"))
    assert remind() == 0
    assert Rung.objects.get(days=-21).outcome == "nobody"


@pytest.mark.logs_error("the reminders of deadline")
def test_a_fault_in_one_deadline_does_not_hold_up_the_others(at, due):
    travel = at("2026-10-01T12:00")
    due("2026-11-02T17:00", audience="unheard:1")
    due("2026-11-02T17:00")
    travel.to(vilnius("2026-10-12T09:00"))
    assert remind() == 1


def test_ten_years_of_reminders_leave_each_once_at_nine_by_the_wall_clock(at, due):
    """With a deadline each week, also across every change of clocks; asked once an hour."""
    travel = at("2026-01-05T00:00")
    ReminderLadder.objects.create(kind="leave_papers", rungs=[-1])
    request, _deadline = due("2026-01-07T17:00")
    planned = []
    day = datetime.fromisoformat("2026-01-07T17:00")
    while day.year < 2036:
        planned.append(moment_of(day.replace(tzinfo=VILNIUS), -1, "Europe/Vilnius"))
        day += timedelta(days=7)
    assert {f"{moment.astimezone(VILNIUS):%H:%M}" for moment in planned} == {"09:00"}
    assert len(planned) == len(set(planned)) == 521
    for autumn in ("2026-10-25", "2027-10-31"):
        due(f"{autumn}T17:00", request=request)
        travel.to(vilnius(f"{autumn}T00:00") - timedelta(days=2))
        walk(travel, f"{autumn}T17:00", timedelta(hours=1))
    assert Message.objects.count() == 2


def test_coming_reminders_are_shown_except_of_cases_one_is_kept_away_from(at, due, person):
    at("2026-10-01T12:00")
    reader = person()
    request, _deadline = due("2026-11-02T17:00")
    assert [one.days for one in coming_reminders(reader, clock.now())] == [-21, -7, -2]
    Exclusion.objects.create(case=request.case, user=reader, since=clock.now(), code="family")
    assert coming_reminders(reader, clock.now()) == []


def test_an_address_that_no_mail_can_go_to_keeps_nobody_else_from_being_reminded(at, due, person, caplog):
    from grants.accounts.models import RoleGrant

    travel = at("2026-10-01T12:00")
    lost, reached = person(), person()
    for user in (lost, reached):
        RoleGrant.objects.create(user=user, role="coordinator", since=clock.now())
    type(lost).objects.filter(pk=lost.pk).update(email="nowhere")
    due("2026-11-02T17:00", audience="role:coordinator")
    travel.to(vilnius("2026-10-12T09:00"))
    assert remind() == 1
    assert list(Reminder.objects.values_list("recipient", flat=True)) == [reached.pk]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
