"""Calls that an organisation may apply to: open now, or to open soon."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from grants.calls.models import Call
from grants.calls.selectors import public_calls
from grants.calls.states import UPCOMING_STATES, CallState

SHOWN = 5


def calls_that_fit(kinds: set[str], now: datetime) -> list[Call]:
    """Published calls that take applications now or will, of those open to these kinds of organisation. One query."""
    takes = Q(state__in=[*UPCOMING_STATES, CallState.OPEN], closes_at__gt=now)
    calls = public_calls().filter(takes).order_by("closes_at", "code")
    return [call for call in calls if _fits(call, kinds)][:SHOWN]


def _fits(call: Any, kinds: set[str]) -> bool:
    asked = call.terms.applicant_kinds
    return not asked or not kinds.isdisjoint(asked)
