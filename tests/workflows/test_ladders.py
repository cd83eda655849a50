"""Ladders, rungs and quiet hours; times are Vilnius's unless another zone is named."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.workflows.times import VILNIUS, shown, vilnius
from workflows.ladders import deadline_label, register_deadline
from workflows.models import ReminderLadder
from workflows.services.rungs import is_quiet, moment_of, plan

pytestmark = pytest.mark.django_db


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
