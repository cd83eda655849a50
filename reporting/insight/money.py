"""Money by source and year, from the steps of the fundings and the ledger, as of any day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.money.permissions import can_view_money
from grants.money.selectors import FundingBalance, balances, fundings_visible_to
from reporting.pictures import Ask, Picture
from reporting.pictures.kinds.money import Pot, money_picture
from reporting.pictures.sources import as_of_now, csv_address
from workflows.formatting import date_long

KIND, ALL = "money", "all"


def picture(user: Any, key: str, query: Mapping[str, str]) -> Picture | None:
    """The picture as of the day in the query, else of now."""
    return as_of(_day(query.get("as_of", "")), user) if key == ALL else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_of(day: date | None, user: Any) -> Picture | None:
    """The picture for those who see money; None without any. Three queries."""
    if not can_view_money(user):
        return None
    rows = sorted(
        balances(fundings_visible_to(user), day), key=lambda row: (-row.funding.year, row.funding.source.order)
    )
    if not rows:
        return None
    formula = _(
        "Planned to received: each counts what is at that stage or further on. Committed: commitments − decommitments. "
        "Paid: payments − returns. Entries of every case count, as in the table."
    )
    told = as_of_now() if day is None else date_long(day)
    query = "" if day is None else f"as_of={day.isoformat()}"
    rows_url = reverse("money:ledger") + ("" if day is None else f"?until={day.isoformat()}")
    ask = Ask(formula, told, _("all entries of the ledger"), rows_url)
    return money_picture([_pot(row) for row in rows], name=KIND).with_source(ask, csv_address(KIND, ALL, query))


def _pot(row: FundingBalance) -> Pot:
    funding, sums = row.funding, row.balance
    name = " · ".join(part for part in (funding.source.name, funding.programme_code) if part)
    return Pot(
        funding.year, name, sums.planned, sums.promised, sums.confirmed, sums.received, sums.committed, sums.paid,
        funding.get_absolute_url(),
    )  # fmt: skip


def panel(day: date | None, user: Any) -> dict[str, Any]:
    """The picture on the page of money."""
    found = as_of(day, user)
    return {"picture": found} if found else {}
