"""Moving dates and extending a deadline on pages: by the call's own clocks, nothing typed is lost."""

from datetime import UTC, datetime

import pytest

from grants.calls.forms import DatesForm
from grants.calls.states import CallState
from tests.grants.calls.makers import AFTER_CLOSE, WHILE_OPEN, call_in, person
from workflows import clock

pytestmark = pytest.mark.django_db
S = CallState


def dates_form(call, **changes):
    """What the page of dates sends back untouched, with changes."""
    form = DatesForm(call=call)
    data = {name: form[name].value() for name in form.fields}
    shown = {name: v.strftime("%Y-%m-%dT%H:%M") if hasattr(v, "hour") else v.isoformat() if hasattr(v, "year") else v
             for name, v in data.items()}  # fmt: skip
    return {name: value for name, value in {**shown, **changes}.items() if value is not None}


def test_dates_are_moved_on_a_page_by_the_clocks_of_the_call(client):
    call = call_in(S.OPEN)
    client.force_login(person("coordinator"))
    with clock.replaced(WHILE_OPEN):
        answer = client.post("/calls/BP-2027-1/dates/", dates_form(call, closes="2027-03-08T17:00", note="Gedimas"))
        assert answer.status_code == 302, answer.content.decode()
        page = client.get("/calls/BP-2027-1/").content.decode()
    call.refresh_from_db()
    assert call.closes_at == datetime(2027, 3, 8, 15, tzinfo=UTC)
    assert "First planned for" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"closes": "2027-03-28T03:30", "note": "x"},
            "There is no 03:30 on 2027-03-28 in Europe/Vilnius:",
        ),
        ({"closes": "soon", "note": "x"}, "Write the day and the hour"),
        ({"closes": "2027-03-08T17:00"}, "Give a reason."),
        ({"closes": "2027-04-28T17:00", "note": "x"}, "would come before"),
        ({"note": "x"}, "None of the dates is different."),
    ],
)
def test_a_page_of_dates_keeps_what_was_typed_and_says_what_is_wrong(client, changes, sentence):
    call = call_in(S.OPEN)
    client.force_login(person("coordinator"))
    with clock.replaced(WHILE_OPEN):
        answer = client.post("/calls/BP-2027-1/dates/", dates_form(call, **changes))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert changes.get("closes", "2027-03-05T17:00") in answer.content.decode()


def test_an_extension_on_a_page(client):
    call = call_in(S.CLOSED)
    client.force_login(person("coordinator"))
    with clock.replaced(AFTER_CLOSE):
        wrong = client.post("/calls/BP-2027-1/extend/", {"closes_at": "2027-03-01T17:00", "note": "x"})
        right = client.post("/calls/BP-2027-1/extend/", {"closes_at": "2027-03-15T17:00", "note": "Gedimas"})
    assert (wrong.status_code, right.status_code) == (400, 302)
    call.refresh_from_db()
    assert (call.state, call.closes_at) == (S.OPEN, datetime(2027, 3, 15, 15, tzinfo=UTC))
