from datetime import UTC, datetime, timedelta, timezone

import pytest

from grants.applications.snapshots import submitted_document

PARTS = {
    "number": "BP-2027-1-014",
    "version": 2,
    "call": {"code": "BP-2027-1"},
    "organisation": {"code": "LT-LIB-12", "name": "Ąžuolupio viešoji biblioteka"},
    "submitted_by": "Vardenė Pavardenė",
    "language": "lt",
    "content": {"answers": {"title": "Dirbtuvės"}},
}


def test_the_document_says_who_what_and_when_to_the_microsecond_in_utc():
    vilnius = timezone(timedelta(hours=2))
    found = submitted_document(received_at=datetime(2027, 3, 5, 16, 59, 59, 999999, tzinfo=vilnius), **PARTS)
    assert found == {
        "schema": "pazanga-application/1",
        "received_at": "2027-03-05T14:59:59.999999+00:00",
        **PARTS,
    }


def test_a_whole_second_is_written_with_its_microseconds():
    found = submitted_document(received_at=datetime(2027, 3, 5, 15, tzinfo=UTC), **PARTS)
    assert found["received_at"] == "2027-03-05T15:00:00.000000+00:00"


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        submitted_document(received_at=datetime(2027, 3, 5, 15), **PARTS)  # noqa: DTZ001
