"""The coordinator's home: what waits, this week, where all projects are, what is late, money, results, the machine."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.accounts.states import Role
from reporting.homes import calls, counting, deadlines, money, pipeline, portfolio, results, system
from reporting.homes.parts import Page, block
from reporting.homes.roles import home_of_role


def build(user: Any, now: datetime) -> Page:
    """All blocks, in nine queries whatever their rows."""
    rows = pipeline.rows_in_hand(user, now)
    counts = counting.counted({**system.things(user, now), "reports": results.published(user)})
    found, figures = results.results(rows, counts["reports"]), money.of_year(user, now)
    payments = money.payments(user, now)
    return Page(
        aside=block("_week", deadlines.week(user, now)),
        wide=block("_pipeline", pipeline.pipeline(rows, now)),
        pairs=[
            *block("_portfolio", portfolio.portfolio(rows)),
            *block("_calls", calls.health(rows)),
            *block("_money", (figures or {}) | {"payments": payments} if figures or payments else None),
            *block("_titled_numbers", found and {"id": "results", "title": _("Results"), **found}),
            *block("_titled_numbers", system_block(counts)),
        ],
    )


def system_block(counts: dict[str, int]) -> dict[str, Any]:
    """Letters and jobs, with a word where all is well."""
    found = system.system(counts)
    note = _("No letter and no job has failed.") if found["well"] else ""
    return {"id": "system", "title": _("Letters and jobs"), "numbers": found["numbers"], "note": note}


HOME = home_of_role(Role.COORDINATOR, _("Coordinator"), build)
