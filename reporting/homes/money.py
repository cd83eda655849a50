"""Money on a home page: the figures of this year, and payments by the level where they wait; sums open their rows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.implementation.selectors import payments_visible_to
from grants.implementation.states import PaymentState
from grants.money.permissions import can_view_money
from grants.money.selectors import Balance, FundingBalance, balances, fundings_visible_to, total
from reporting.homes.deadlines import zone

P = PaymentState
LEVELS = (P.REQUESTED, P.APPROVED, P.FAILED)
"""The states in which a payment waits for somebody: the second person, finance, the coordinator."""


@dataclass(frozen=True)
class Figure:
    """A sum in euros, what it is, and the page with its rows; `part` is its share of the year's money, per cent."""

    label: Any
    amount: Decimal
    url: str
    part: int = 0


@dataclass(frozen=True)
class Level:
    """Payments that wait at one level: how many, how much together, and where they are listed."""

    label: Any
    n: int
    amount: Decimal
    url: str
    warn: bool = False


def year_of(now: datetime) -> int:
    """The year of the programme's clock."""
    return now.astimezone(zone()).year


def rows_of_money(user: Any, year: int | None = None) -> list[FundingBalance]:
    """The balances that the person sees, of one year where it is named. Two queries; none for who sees no money."""
    if not can_view_money(user):
        return []
    fundings = fundings_visible_to(user)
    return balances(fundings if year is None else fundings.filter(year=year))


def figures(rows: list[FundingBalance], year: int) -> dict[str, Any] | None:
    """The money of a year: confirmed, reserved, committed, paid, free; none where there is none."""
    balance = total(row for row in rows if row.funding.year == year)
    if not balance.planned and not balance.committed:
        return None
    whole = balance.confirmed or balance.planned
    overview = f"{reverse('money:overview')}#year-{year}"
    parts = (
        (_("confirmed"), balance.confirmed, overview),
        (_("reserved"), balance.reserved, _ledger(year, "reserved")),
        (_("committed"), balance.committed, _ledger(year, "committed")),
        (_("paid"), balance.paid, _ledger(year, "paid")),
        (_("free"), balance.available, overview),
    )
    shown = [Figure(label, amount, url, round(100 * amount / whole) if whole else 0) for label, amount, url in parts]
    return {"year": year, "figures": shown, "paid": round(100 * balance.paid / whole) if whole else 0}


def of_year(user: Any, now: datetime) -> dict[str, Any] | None:
    """The money of this year as the person sees it. Two queries."""
    year = year_of(now)
    return figures(rows_of_money(user, year), year)


def by_source(rows: list[FundingBalance]) -> dict[str, Any] | None:
    """Exposure: what is committed and not yet paid, by source and year, where there is any."""
    sums: dict[tuple[int, int], Balance] = {}
    for row in rows:
        key = (row.funding.year, row.funding.source_id)
        sums[key] = sums.get(key, Balance()) + row.balance
    names = {row.funding.source_id: row.funding.source for row in rows}
    open_ones: list[dict[str, Any]] = [
        {
            "source": names[source], "year": year, "committed": balance.committed, "paid": balance.paid,
            "to_pay": balance.to_pay, "url": _ledger(year, "committed", source),
        }
        for (year, source), balance in sorted(sums.items())
        if balance.to_pay
    ]  # fmt: skip
    return {"rows": open_ones, "total": total(rows).to_pay} if open_ones else None


def _ledger(year: int, figure: str, source: int | None = None) -> str:
    query = {"year": year, "figure": figure} | ({"source": source} if source else {})
    return f"{reverse('money:ledger')}?{urlencode(query)}"


def payments(user: Any, now: datetime) -> dict[str, Any] | None:
    """Payments by level, and what is still to leave this year by the plan. One query; none where nothing is open."""
    end = date(year_of(now), 12, 31)
    coming = Q(state__in=[P.PLANNED, *LEVELS], due_on__lte=end)
    sums: dict[str, Any] = {"coming": Sum("amount", filter=coming), "coming_n": Count("pk", filter=coming)}
    for state in LEVELS:
        sums[f"n_{state}"] = Count("pk", filter=Q(state=state))
        sums[f"sum_{state}"] = Sum("amount", filter=Q(state=state))
    found = payments_visible_to(user).aggregate(**sums)
    levels = [
        Level(state.label, found[f"n_{state}"], found[f"sum_{state}"], _payments(state), warn=state == P.FAILED)
        for state in LEVELS
        if found[f"n_{state}"]
    ]
    if not levels and not found["coming"]:
        return None
    return {"levels": levels, "coming": found["coming"], "coming_n": found["coming_n"], "year": end.year}


def _payments(state: str) -> str:
    return f"{reverse('implementation:payments')}?{urlencode({'state': state})}"
