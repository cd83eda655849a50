"""The dates of a document: days and wall times in the call's zone, and the instants behind them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from grants.calls.document.reading import ID, Check, at
from grants.calls.states import DateKey
from grants.calls.timetable import Span, out_of_order, place_of
from grants.calls.zones import day_begins, day_ends
from workflows.zones import LocalTimeError, to_utc

NEEDED = (DateKey.PUBLISHED, DateKey.OPENS, DateKey.CLOSES)
WITH_HOUR = (DateKey.OPENS, DateKey.CLOSES)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@cache
def _zones() -> set[str]:
    return available_timezones()


@dataclass(frozen=True)
class PlannedDate:
    """A date as the document plans it: `begins` in UTC; a whole day is over when the next one begins."""

    key: str
    begins: datetime
    ends: datetime
    whole_day: bool


def check_dates(check: Check, call: dict[str, Any], path: str) -> list[PlannedDate]:
    """The planned dates in the order of the timetable, with findings about each one that cannot be."""
    zone = call.get("timezone")
    if not isinstance(zone, str) or zone not in _zones():
        check.say(at(path, "timezone"), _("Name a time zone, for instance Europe/Vilnius."))
        return []
    dates = check.object(call, "dates", path)
    if dates is None:
        return []
    here = at(path, "dates")
    planned = [one for key, value in dates.items() if (one := _planned(check, key, value, at(here, key), zone))]
    for key in NEEDED:
        if dates.get(key) is None:
            check.say(at(here, str(key)), _("This date is needed."))
    spans: dict[str, Span] = {one.key: (one.begins, one.ends) for one in planned}
    for earlier, later in out_of_order(spans):
        check.say(at(here, later), _("This date comes before “%(earlier)s”.") % {"earlier": earlier})
    opens, closes = spans.get(DateKey.OPENS), spans.get(DateKey.CLOSES)
    if opens and closes and closes[0] == opens[0]:
        check.say(at(here, "closes"), _("The call must close after it opens."))
    return sorted(planned, key=lambda one: (place_of(one.key), one.begins))


def _planned(check: Check, key: str, value: Any, path: str, zone: str) -> PlannedDate | None:
    if not ID.fullmatch(key):
        check.say(path, _("A name of a date has only small Latin letters, digits and _."))
        return None
    moment = _parsed(value)
    if moment is None:
        check.say(path, _("Write a day (2027-03-05) or a day with an hour (2027-03-05T17:00), without a zone."))
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        check.say(path, _("The year must lie between 2000 and 2100."))
        return None
    if not isinstance(moment, datetime):
        if key in WITH_HOUR:
            check.say(path, _("This date needs an hour: 2027-03-05T17:00."))
            return None
        return PlannedDate(key, day_begins(moment, zone), day_ends(moment, zone), whole_day=True)
    try:
        instant = to_utc(moment, zone)
    except LocalTimeError as fault:
        check.say(path, str(fault))
        return None
    return PlannedDate(key, instant, instant, whole_day=False)


def _parsed(value: Any) -> date | datetime | None:
    """A day, or a wall time without zone; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        if "T" not in value:
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is None else None
