"""Which day a deadline names, by a table written by hand."""

from datetime import UTC, date, datetime

import pytest

from grants.calls.zones import last_day


@pytest.mark.parametrize(
    ("deadline", "zone", "day"),
    [
        (datetime(2026, 12, 25, 22, 0, tzinfo=UTC), "Europe/Vilnius", date(2026, 12, 25)),
        (datetime(2026, 12, 25, 21, 59, tzinfo=UTC), "Europe/Vilnius", date(2026, 12, 25)),
        (datetime(2026, 12, 25, 22, 1, tzinfo=UTC), "Europe/Vilnius", date(2026, 12, 26)),
        (datetime(2026, 12, 4, 15, 0, tzinfo=UTC), "Europe/Vilnius", date(2026, 12, 4)),
        (datetime(2026, 12, 25, 22, 0, tzinfo=UTC), "UTC", date(2026, 12, 25)),
        (datetime(2026, 12, 26, 0, 0, tzinfo=UTC), "UTC", date(2026, 12, 25)),
    ],
)
def test_last_day_of_a_deadline(deadline, zone, day):
    assert last_day(deadline, zone) == day
