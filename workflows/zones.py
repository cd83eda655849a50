"""Wall-clock time and UTC: what a person typed in a zone becomes one instant, or a sentence says why it cannot."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _


class LocalTimeError(ValueError):
    """A wall-clock time that is not one instant; the text is a sentence for the person who typed it."""


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; raises LocalTimeError for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise LocalTimeError(_("“%(zone)s” is not a time zone.") % {"zone": str(name)[:60]}) from None


def to_utc(local: datetime, zone: str) -> datetime:
    """The instant of a naive wall-clock time in a zone, aware, in UTC.

    Raises LocalTimeError where clocks never show that time (it is jumped over in spring) or show it twice (in autumn),
    and where the instant lies before the year 1 or after the year 9999.
    """
    if local.tzinfo is not None:
        raise TypeError("A wall-clock time has no zone of its own.")
    where = zone_of(zone)
    try:
        first = local.replace(tzinfo=where, fold=0).astimezone(UTC)
        second = local.replace(tzinfo=where, fold=1).astimezone(UTC)
    except OverflowError:
        raise LocalTimeError(_("The year %(year)s lies outside of every calendar.") % {"year": local.year}) from None
    words = {"time": f"{local:%H:%M}", "day": f"{local:%Y-%m-%d}", "zone": zone}
    if first.astimezone(where).replace(tzinfo=None) != local:
        raise LocalTimeError(
            _("There is no %(time)s on %(day)s in %(zone)s: clocks are put forward then. Choose another time.") % words
        )
    if first != second:
        raise LocalTimeError(
            _("%(time)s comes twice on %(day)s in %(zone)s: clocks are put back then. Choose another time.") % words
        )
    return first


def near_utc(local: datetime, zone: str) -> datetime:
    """As `to_utc` for times nobody typed: one jumped over is taken an hour later, of two the first."""
    return local.replace(tzinfo=zone_of(zone), fold=0).astimezone(UTC)


def add_local_days(moment: datetime, days: int, zone: str) -> datetime:
    """The instant so many days later at the same wall-clock time in a zone."""
    where = zone_of(zone)
    local = moment.astimezone(where).replace(tzinfo=None)
    return near_utc(local + timedelta(days=days), zone)


def begun_days(start: datetime, end: datetime, zone: str) -> int:
    """How many days lie between two instants by the wall clock of a zone; a begun day counts whole."""
    where = zone_of(zone)
    first, last = (moment.astimezone(where).replace(tzinfo=None) for moment in (start, end))
    return -((first - last) // timedelta(days=1))
