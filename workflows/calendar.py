"""Working days: weekends and public holidays of a country do not count."""

from datetime import date, timedelta
from functools import cache
from typing import Literal

Landing = Literal["same", "after", "before"]


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415  it is large, and most processes never count a working day

    return frozenset(holidays.country_holidays(country, years=year))


def is_working_day(day: date, country: str = "LT") -> bool:
    """Whether people work on that day: Monday to Friday, no public holiday of the country."""
    return day.weekday() < 5 and day not in _holidays(country, day.year)


def land(day: date, rule: Landing = "after", country: str = "LT") -> date:
    """Where a day that may be free lands: on itself, or on the next or the last working day.

    The default is the rule of the Lithuanian Civil Code (art. 1.121): a term that ends on a free day ends on the next
    working day.
    """
    step = {"same": 0, "after": 1, "before": -1}[rule]
    while step and not is_working_day(day, country):
        day += timedelta(days=step)
    return day


def add_working_days(day: date, count: int, country: str = "LT") -> date:
    """The working day that is `count` working days after `day`, or before it where `count` is negative.

    The day itself never counts. With 0 it lands by the rule "after".
    """
    if count == 0:
        return land(day, "after", country)
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, country)
    return day
