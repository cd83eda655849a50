"""Ladders, rungs, quiet hours, and the one rule of lateness; times are Vilnius's unless another zone is named."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ImproperlyConfigured

from workflows import clock
from workflows.actors import SYSTEM
from workflows.ladders import deadline_label, register_deadline
from workflows.models import Deadline, Exclusion, Message, Reminder, ReminderLadder, Rung, WorkItem
from workflows.services import clear_deadlines, pause_deadlines, perform, resume_deadlines, set_deadline
from workflows.services.reminding import coming_reminders, remind
from workflows.services.rungs import is_quiet, moment_of, plan

pytestmark = pytest.mark.django_db
VILNIUS = ZoneInfo("Europe/Vilnius")


def vilnius(text):
    return datetime.fromisoformat(text).replace(tzinfo=VILNIUS)


def shown(moments):
    return [(one.days, f"{one.send_at.astimezone(VILNIUS):%Y-%m-%d %H:%M}") for one in moments]


@pytest.fixture
def due(leave):
    """Sets a deadline of the employee's on a fresh leave request; returns the request and the deadline."""

    def make(moment, zone="Europe/Vilnius", request=None, **fields):
        request = request or leave()
        fields = {"kind": "leave_papers", "audience": f"user:{request.employee_id}", **fields}
        return request, set_deadline(request, due_at=vilnius(moment), time_zone=zone, url="/leave/1/", **fields)

    return make


def sent_days():
    return list(Rung.objects.filter(outcome="sent").order_by("settled_at").values_list("days", flat=True))


def walk(travel, until, step=timedelta(minutes=30)):
    """Lets time pass, asking at each step what is due."""
    end = vilnius(until)
    while travel() < end:
        travel.to(travel() + step)
        remind()


def test_a_ladder_is_materialised_at_nine_in_the_deadlines_zone(at, due):
    at("2026-10-01T12:00")
    _request, deadline = due("2026-11-02T17:00")
    assert shown(deadline.rungs.order_by("send_at")) == [
        (-21, "2026-10-12 09:00"),
        (-7, "2026-10-26 09:00"),
        (-2, "2026-10-31 09:00"),
        (0, "2026-11-02 09:00"),
        (1, "2026-11-03 09:00"),
        (7, "2026-11-09 09:00"),
    ]


def test_the_zone_that_counts_is_the_deadlines():
    moment = moment_of(vilnius("2026-11-02T17:00"), -7, "America/New_York")
    assert moment == datetime(2026, 10, 26, 13, 0, tzinfo=UTC)  # nine in New York, still in summer time there


@pytest.mark.parametrize(
    ("due_at", "days", "expected"),
    [
        ("2026-11-02T17:00", 0, "2026-11-02 09:00"),
        ("2026-11-02T09:00", 0, "2026-11-01 09:00"),  # nine is not before nine
        ("2026-11-03T00:00", 0, "2026-11-02 09:00"),  # midnight: the day before is the last day
        ("2026-11-03T00:00", 1, "2026-11-04 09:00"),
    ],
)
def test_a_rung_of_the_due_day_comes_before_the_due_moment(due_at, days, expected):
    moment = moment_of(vilnius(due_at), days, "Europe/Vilnius")
    assert f"{moment.astimezone(VILNIUS):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize(
    ("local", "quiet"),
    [("07:59", True), ("08:00", False), ("12:00", False), ("19:59", False), ("20:00", True), ("23:59", True),
     ("00:00", True)],
)  # fmt: skip
def test_quiet_hours_are_from_eight_in_the_evening_to_eight_in_the_morning(local, quiet):
    assert is_quiet(vilnius(f"2026-11-02T{local}"), "Europe/Vilnius") is quiet


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        ("2026-10-27T08:59", [-7, -2, 0, 1, 7]),  # the newest past one is less than a day old
        ("2026-10-27T09:00", [-2, 0, 1, 7]),  # now it is a day old
        ("2026-11-02T16:59", [0, 1, 7]),
        ("2026-11-02T17:00", [1, 7]),  # the due moment has come: the rung of the day has lost its reason
        ("2026-11-20T12:00", []),
    ],
)
def test_of_rungs_past_when_the_deadline_is_set_only_a_fresh_newest_one_stays(now, kept):
    planned = plan("leave_papers", vilnius("2026-11-02T17:00"), "Europe/Vilnius", vilnius(now))
    assert [one.days for one in planned] == kept


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


def test_a_ladder_in_the_database_outweighs_the_code(at, due):
    at("2026-10-01T12:00")
    ReminderLadder.objects.create(kind="leave_papers", rungs=[-3, -3, 2])
    _request, deadline = due("2026-11-02T17:00")
    assert [rung.days for rung in deadline.rungs.order_by("days")] == [-3, 2]


def test_a_ladder_may_be_empty(at, due):
    at("2026-10-01T12:00")
    ReminderLadder.objects.create(kind="leave_papers", rungs=[])
    assert due("2026-11-02T17:00")[1].rungs.count() == 0


def test_a_kind_of_deadline_has_its_own_ladder_and_words():
    register_deadline("toy_report", "The toy report", rungs=[-1, -1, -5])
    assert [one.days for one in plan("toy_report", vilnius("2026-11-20T17:00"), "Europe/Vilnius",
                                     vilnius("2026-11-01T12:00"))] == [-5, -1]  # fmt: skip
    assert (deadline_label("toy_report"), deadline_label("leave_decision"), deadline_label("unheard")) == (
        "The toy report",
        "Decide",
        "unheard",
    )
    with pytest.raises(ImproperlyConfigured):
        register_deadline("toy_report", "Again")


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
