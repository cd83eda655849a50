"""Wall times in a call's zone, and the instants behind them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class ImpossibleTimeError(ValueError):
    """The clocks of this zone never showed this time, or showed it twice; `twice` says which."""

    def __init__(self, *, twice: bool) -> None:
        super().__init__("shown twice" if twice else "never shown")
        self.twice = twice


def to_instant(wall: datetime, zone: str) -> datetime:
    """The UTC instant of a wall time without zone. Raises ImpossibleTimeError where there is none, or are two.

    When summer time begins an hour is missing, when it ends an hour comes twice: neither may be a deadline.
    """
    here = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=here, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        exists = first.astimezone(UTC).astimezone(here).replace(tzinfo=None) == wall
        raise ImpossibleTimeError(twice=exists)
    return first.astimezone(UTC)


def day_begins(day: date, zone: str) -> datetime:
    """The UTC instant at which a day begins in a zone."""
    return datetime.combine(day, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_ends(day: date, zone: str) -> datetime:
    """The UTC instant at which a day is over in a zone: when the next one begins."""
    return day_begins(day + timedelta(days=1), zone)


def days_later(moment: datetime, days: int, zone: str) -> datetime:
    """The instant at which the clocks of a zone show the same hour so many days later, summer time or not."""
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(days=days)
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_date(moment: datetime, zone: str) -> date:
    """The day that the clocks of a zone show at a moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def local_wall(moment: datetime, zone: str) -> datetime:
    """What the clocks of a zone show at a moment, without the zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
