"""Calls as different readers see them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from grants.accounts.permissions import is_staff_member
from grants.calls.models import Call
from grants.calls.states import CURRENT_STATES, UPCOMING_STATES, CallState
from grants.money.arithmetic import ZERO
from grants.money.models import Funding
from grants.money.selectors import balance_of, case_balance, committed_by_funding
from workflows import clock
from workflows.policy import without_excluded


def public_calls() -> QuerySet[Call]:
    """Calls that anybody may read: scheduled, and the moment of publication has come."""
    return Call.objects.filter(scheduled_at__isnull=False, published_at__lte=clock.now())


def calls_visible_to(user: Any) -> QuerySet[Call]:
    """The twin of `can_view_call`: published calls, and for staff those that they are not kept away from."""
    if not is_staff_member(user):
        return public_calls()
    staff = without_excluded(Call.objects.all(), user)
    return Call.objects.filter(
        Q(scheduled_at__isnull=False, published_at__lte=clock.now()) | Q(pk__in=staff.values("pk"))
    )


def calls_visible_to_staff(user: Any) -> QuerySet[Call]:
    """The twin of `can_view_call_as_staff`: what the working side of a call shows."""
    return without_excluded(Call.objects.all(), user) if is_staff_member(user) else Call.objects.none()


def calls_due_to_open() -> QuerySet[Call]:
    """Scheduled calls whose opening time has come."""
    return Call.objects.filter(state=CallState.SCHEDULED, opens_at__lte=clock.now()).order_by("opens_at", "pk")


def calls_due_to_close() -> QuerySet[Call]:
    """Open calls whose closing time has come."""
    return Call.objects.filter(state=CallState.OPEN, closes_at__lte=clock.now()).order_by("closes_at", "pk")


def accepting_calls() -> QuerySet[Call]:
    """Calls to which an application can be begun or submitted now, by the clock rather than by the state alone."""
    now = clock.now()
    return public_calls().filter(
        state__in=[*UPCOMING_STATES, CallState.OPEN], opens_at__lte=now, closes_at__gt=now
    ).order_by("closes_at", "code")  # fmt: skip


def current_calls() -> QuerySet[Call]:
    """Published calls that are open or suspended, the next to close first."""
    return public_calls().filter(state__in=CURRENT_STATES).order_by("closes_at", "code")


def money_left(call: Call) -> Iterator[tuple[Funding, Decimal]]:
    """Each funding behind the call, in their order, with what of it can still be committed under the call, EUR.

    Named for the call − committed under it, and never more than the funding itself has left (what is reserved for the
    call is its own to use).
    """
    committed = committed_by_funding(call.case)
    for behind in call.fundings.select_related("funding__source").order_by("pk"):
        funding = behind.funding
        reserved = case_balance(call.case, funding=funding).reserved
        there = balance_of(funding).available + reserved
        yield funding, max(min(behind.amount - committed.get(funding.pk, ZERO), there), ZERO)
