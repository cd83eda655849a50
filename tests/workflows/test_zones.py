from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workflows.calendar import add_working_days, is_working_day, land
from workflows.zones import LocalTimeError, add_local_days, near_utc, to_utc, zone_of

VILNIUS = "Europe/Vilnius"
SPRING = ["2026-03-29", "2027-03-28", "2028-03-26", "2029-03-25", "2030-03-31", "2031-03-30", "2032-03-28",
          "2033-03-27", "2034-03-26", "2035-03-25"]  # fmt: skip
AUTUMN = ["2026-10-25", "2027-10-31", "2028-10-29", "2029-10-28", "2030-10-27", "2031-10-26", "2032-10-31",
          "2033-10-30", "2034-10-29", "2035-10-28"]  # fmt: skip


def every_minute(day, first="03:00", count=60):
    start = datetime.fromisoformat(f"{day}T{first}")
    return [start + timedelta(minutes=n) for n in range(count)]


@pytest.mark.parametrize("day", SPRING)
def test_no_minute_that_the_clocks_jump_over_is_accepted(day):
    for minute in every_minute(day):
        with pytest.raises(LocalTimeError, match=f"There is no {minute:%H:%M} on {day} in Europe/Vilnius"):
            to_utc(minute, VILNIUS)
    assert to_utc(datetime.fromisoformat(f"{day}T02:59"), VILNIUS).hour == 0
    assert to_utc(datetime.fromisoformat(f"{day}T04:00"), VILNIUS).hour == 1


@pytest.mark.parametrize("day", AUTUMN)
def test_no_minute_that_comes_twice_is_accepted(day):
    for minute in every_minute(day):
        with pytest.raises(LocalTimeError, match=f"{minute:%H:%M} comes twice on {day} in Europe/Vilnius"):
            to_utc(minute, VILNIUS)
    assert to_utc(datetime.fromisoformat(f"{day}T02:59"), VILNIUS).hour == 23
    assert to_utc(datetime.fromisoformat(f"{day}T04:00"), VILNIUS).hour == 2


def test_every_hour_of_ten_years_is_one_instant_or_a_sentence():
    zone, local, refused = ZoneInfo(VILNIUS), datetime.fromisoformat("2026-01-01T00:30"), []
    while local.year < 2036:
        try:
            assert to_utc(local, VILNIUS).astimezone(zone).replace(tzinfo=None) == local
        except LocalTimeError:
            refused.append(f"{local:%Y-%m-%d %H:%M}")
        local += timedelta(hours=1)
    assert refused == sorted(f"{day} 03:30" for day in [*SPRING, *AUTUMN])


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2026-03-29T03:30", "2026-03-29T01:30"),
        ("2026-10-25T03:30", "2026-10-25T00:30"),
        ("2026-11-02T17:00", "2026-11-02T15:00"),
    ],
)
def test_times_that_nobody_typed_are_mended(local, expected):
    assert near_utc(datetime.fromisoformat(local), VILNIUS) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_days_are_added_by_the_wall_clock():
    friday = datetime(2026, 10, 23, 14, 0, tzinfo=UTC)  # 17:00 in summer time
    assert add_local_days(friday, 3, VILNIUS) == datetime(2026, 10, 26, 15, 0, tzinfo=UTC)  # 17:00 in winter time


@pytest.mark.parametrize("name", ["Europe/Vilna", "", "../etc/passwd", "/etc/localtime", "x" * 300])
def test_an_unknown_zone_is_a_sentence(name):
    with pytest.raises(LocalTimeError, match="is not a time zone"):
        zone_of(name)


def test_a_moment_with_a_zone_is_no_wall_clock_time():
    with pytest.raises(TypeError):
        to_utc(datetime(2026, 1, 1, tzinfo=UTC), VILNIUS)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-02", False),  # All Souls' Day
        ("2026-11-03", True),
        ("2026-02-16", False),  # restoration of the state
        ("2026-03-11", False),  # restoration of independence
        ("2026-04-06", False),  # Easter Monday
        ("2026-12-24", False),  # Christmas Eve
        ("2026-12-28", True),
        ("2026-11-07", False),  # a Saturday
    ],
)
def test_working_days_of_lithuania(day, works):
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-10-30", 1, "2026-11-03"),  # Friday, then a weekend with All Saints', then All Souls'
        ("2026-12-23", 1, "2026-12-28"),
        ("2026-11-03", 5, "2026-11-10"),
        ("2026-11-03", -1, "2026-10-30"),
        ("2026-11-01", 0, "2026-11-03"),
    ],
)
def test_add_working_days_skips_weekends_and_holidays(start, count, end):
    assert add_working_days(date.fromisoformat(start), count) == date.fromisoformat(end)


@pytest.mark.parametrize(("rule", "end"), [("same", "2026-11-01"), ("after", "2026-11-03"), ("before", "2026-10-30")])
def test_a_day_lands_by_its_rule(rule, end):
    assert land(date(2026, 11, 1), rule) == date.fromisoformat(end)


@pytest.mark.parametrize(("moment", "zone"), [("0001-01-01T00:30", VILNIUS), ("9999-12-31T23:30", "America/New_York")])
def test_a_moment_outside_of_every_calendar_is_a_sentence(moment, zone):
    local = datetime.fromisoformat(moment)
    with pytest.raises(LocalTimeError, match=f"^The year {local.year} lies outside of every calendar.$"):
        to_utc(local, zone)
