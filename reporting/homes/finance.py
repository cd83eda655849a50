"""The finance officer's home: payments by level, what failed, what is promised and unpaid by source and year."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.accounts.states import Role
from grants.implementation.selectors import payments_visible_to
from grants.implementation.states import PaymentState
from reporting.homes import deadlines, money
from reporting.homes.parts import Page, block
from reporting.homes.roles import home_of_role

PAID_SHOWN = 5


def last_paid(user: Any) -> dict[str, Any] | None:
    """The payments recorded last. One query."""
    paid = payments_visible_to(user).filter(state=PaymentState.PAID).select_related("project__organisation")
    rows = list(paid.order_by("-paid_on", "-pk")[:PAID_SHOWN])
    return {"rows": rows} if rows else None


def build(user: Any, now: datetime) -> Page:
    """All blocks, in nine queries whatever their rows."""
    rows, payments = money.rows_of_money(user), money.payments(user, now)
    return Page(
        aside=block("_week", deadlines.week(user, now)),
        main=block("_levels", payments and {"payments": payments}),
        pairs=[*block("_money", money.figures(rows, money.year_of(now))), *block("_exposure", money.by_source(rows))],
        end=block("_paid", last_paid(user)),
    )


HOME = home_of_role(Role.FINANCE, _("Finance"), build)
