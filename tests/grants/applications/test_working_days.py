"""A term skips weekends and Lithuania's public holidays and ends at five, also through the change of clocks."""

from datetime import UTC, datetime

import pytest

from grants.applications.working_days import working_days_later


@pytest.mark.parametrize(
    ("moment", "days", "due"),
    [
        (datetime(2027, 3, 8, 8, tzinfo=UTC), 1, datetime(2027, 3, 9, 15, tzinfo=UTC)),
        (datetime(2027, 3, 8, 8, tzinfo=UTC), 5, datetime(2027, 3, 16, 15, tzinfo=UTC)),  # over 11 March and a weekend
        (datetime(2027, 3, 26, 8, tzinfo=UTC), 1, datetime(2027, 3, 30, 14, tzinfo=UTC)),  # over Easter, summer time
        (datetime(2027, 3, 8, 22, 30, tzinfo=UTC), 1, datetime(2027, 3, 10, 15, tzinfo=UTC)),  # the 9th in Vilnius
        (datetime(2027, 10, 29, 8, tzinfo=UTC), 1, datetime(2027, 11, 3, 15, tzinfo=UTC)),  # over 1 and 2 November
    ],
)
def test_a_term_ends_at_five_on_its_last_working_day(moment, days, due):
    assert working_days_later(moment, days, "Europe/Vilnius") == due


def test_a_term_of_no_days_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        working_days_later(datetime(2027, 3, 8, tzinfo=UTC), 0, "Europe/Vilnius")
