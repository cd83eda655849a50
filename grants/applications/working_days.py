"""Terms in working days: the last one ends with office hours."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from workflows.calendar import add_working_days

END_OF_OFFICE = time(17)


def working_days_later(moment: datetime, days: int, zone: str) -> datetime:
    """17:00 in `zone` on the last of so many whole working days after the day of `moment`; an instant in UTC.

    The day on which the term begins does not count. Raises ValueError below 1.
    """
    if days < 1:
        raise ValueError("A term lasts at least one working day.")
    last = add_working_days(moment.astimezone(ZoneInfo(zone)).date(), days)
    return datetime.combine(last, END_OF_OFFICE, tzinfo=ZoneInfo(zone)).astimezone(UTC)
