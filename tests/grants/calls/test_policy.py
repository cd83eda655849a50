"""Who sees a call: the predicate and its twin agree for every reader, before and after publication."""

import pytest
from django.contrib.auth.models import AnonymousUser

from grants.calls.permissions import can_view_call, can_view_call_as_staff
from grants.calls.selectors import accepting_calls, calls_visible_to, calls_visible_to_staff, current_calls
from grants.calls.states import CallState
from tests.grants.calls.makers import AFTER_CLOSE, BEFORE, CONTEST, WHILE_OPEN, call_in, exclude, person
from workflows import clock

pytestmark = pytest.mark.django_db
S = CallState
STAFF = ["coordinator", "finance", "head", "administrator", "auditor"]


@pytest.mark.parametrize("reader", ["nobody", "", "kept away", *STAFF])
@pytest.mark.parametrize(("moment", "published"), [(BEFORE, False), (WHILE_OPEN, True)])
def test_everybody_reads_what_is_published_and_staff_what_is_not(reader, moment, published):
    with clock.replaced(moment):
        call = call_in(S.SCHEDULED, CONTEST)
        user = AnonymousUser() if reader == "nobody" else person("head" if reader == "kept away" else reader)
        if reader == "kept away":
            exclude(user, call.case_id)
        expected = published or reader in STAFF
        assert (can_view_call(user, call), calls_visible_to(user).exists()) == (expected, expected)
        staff = reader in STAFF
        assert (can_view_call_as_staff(user, call), calls_visible_to_staff(user).exists()) == (staff, staff)


@pytest.mark.parametrize(
    ("state", "moment", "accepting", "current"),
    [
        (S.SCHEDULED, BEFORE, False, False),
        (S.SCHEDULED, WHILE_OPEN, True, False),
        (S.OPEN, WHILE_OPEN, True, True),
        (S.SUSPENDED, WHILE_OPEN, False, True),
        (S.OPEN, AFTER_CLOSE, False, True),
        (S.CLOSED, AFTER_CLOSE, False, False),
    ],
)
def test_a_call_accepts_by_the_clock_and_not_by_its_state_alone(state, moment, accepting, current):
    call_in(state, CONTEST)
    with clock.replaced(moment):
        assert (accepting_calls().exists(), current_calls().exists()) == (accepting, current)
