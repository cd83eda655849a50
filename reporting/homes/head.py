"""The programme head's home: what only the head may do, decisions to be confirmed, money, risks, results."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.accounts.states import Role
from grants.selection.selectors import decisions_visible_to
from grants.selection.states import DecisionState
from reporting.homes import counting, deadlines, money, pipeline, portfolio, results
from reporting.homes.parts import Page, block
from reporting.homes.roles import home_of_role
from workflows.text import localized


def packs(user: Any) -> dict[str, Any] | None:
    """Decisions that are proposed and wait for the head, by call: how many and how much. One query."""
    proposed = decisions_visible_to(user).filter(state=DecisionState.PROPOSED).order_by()
    found = proposed.values("project__call_id", "project__call__code", "project__call__title_lt",
                            "project__call__title_en").annotate(n=Count("pk"), amount=Sum("amount"))  # fmt: skip
    rows = [
        {
            "title": localized({"lt": one["project__call__title_lt"], "en": one["project__call__title_en"]}),
            "code": one["project__call__code"], "n": one["n"], "amount": one["amount"],
            "url": reverse("selection:decisions", args=[one["project__call_id"]]),
        }
        for one in found.order_by("project__call__code")
    ]  # fmt: skip
    return {"packs": rows} if rows else None


def build(user: Any, now: datetime) -> Page:
    """All blocks, in nine queries whatever their rows."""
    rows = pipeline.rows_in_hand(user, now)
    counts = counting.counted({"reports": results.published(user)})
    figures, payments = money.of_year(user, now), money.payments(user, now)
    found = results.results(rows, counts["reports"])
    return Page(
        aside=block("_week", deadlines.week(user, now)),
        main=block("_packs", packs(user)),
        wide=block("_pipeline", pipeline.pipeline(rows, now)),
        pairs=[
            *block("_money", (figures or {}) | {"payments": payments} if figures or payments else None),
            *block("_portfolio", portfolio.portfolio(rows)),
            *block("_titled_numbers", found and {"id": "results", "title": _("Results"), **found}),
        ],
    )


HOME = home_of_role(Role.HEAD, _("Programme head"), build)
