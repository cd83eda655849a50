"""Days in a call's zone, and when they begin and end. Wall times are turned into instants by workflows.zones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflows.formatting import day_and_clock


def day_begins(day: date, zone: str) -> datetime:
    """The UTC instant at which a day begins in a zone."""
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_ends(day: date, zone: str) -> datetime:
    """The UTC instant at which a day is over in a zone: when the next one begins."""
    return day_begins(day + timedelta(days=1), zone)


def local_date(moment: datetime, zone: str) -> date:
    """The day that the clocks of a zone show at a moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def last_day(deadline: datetime, zone: str) -> date:
    """The last day on which a thing is still on time: a deadline at midnight is the end of the day before."""
    return day_and_clock(deadline.astimezone(ZoneInfo(zone)))[0]


def local_wall(moment: datetime, zone: str) -> datetime:
    """What the clocks of a zone show at a moment, without the zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
