"""Working days: not Saturdays, not Sundays, not the public holidays of Lithuania."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

END_OF_OFFICE = time(17)


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("LT", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices work on a day."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def working_days_later(moment: datetime, days: int, zone: str) -> datetime:
    """17:00 in `zone` on the last of so many whole working days after the day of `moment`; an instant in UTC.

    The day on which the term begins does not count. Raises ValueError below 1.
    """
    if days < 1:
        raise ValueError("A term lasts at least one working day.")
    day = moment.astimezone(ZoneInfo(zone)).date()
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return datetime.combine(day, END_OF_OFFICE, tzinfo=ZoneInfo(zone)).astimezone(UTC)
