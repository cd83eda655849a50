"""The part of the strategy plan that calls name: the activity, its direction and goal, and what is planned for them."""

from typing import Any

from grants.calls.models import Call
from grants.programmes.models import StrategyPlan
from grants.programmes.selectors import plans_in_force, rows_of
from grants.programmes.strategy_rows import Row
from grants.programmes.strategy_totals import totals_of
from reporting.impact.gather.values import cents


def named_activities(call: Call) -> list[tuple[str, int]]:
    """The activities of the plan that a call's document names, each with its year."""
    found = []
    for part in ("prize", "money"):
        named = call.terms.part("call", part, "cost_in_strategy")
        if isinstance(named, dict) and named.get("activity") and named.get("year"):
            found.append((str(named["activity"]), int(named["year"])))
    return found


def plan_of(calls: list[Call]) -> dict[str, Any] | None:
    """The named activities in the plan in force for their years; None where no call names any, or no plan has them."""
    named = [pair for call in calls for pair in named_activities(call)]
    if not named:
        return None
    years = {year for _code, year in named}
    plan: StrategyPlan | None = plans_in_force().filter(first_year__lte=min(years), last_year__gte=max(years)).first()
    rows = rows_of(plan)
    codes = {row.code for row in rows} & {code for code, _year in named}
    if plan is None or not codes:
        return None
    wanted = {code.rsplit(".", cut)[0] if cut else code for code in codes for cut in (0, 1, 2)}
    totals = totals_of(rows)
    return {
        "title": plan.title,
        "years": [plan.first_year, plan.last_year],
        "url": plan.get_absolute_url(),
        "rows": [_shown(row, totals.nodes[row.code]) for row in rows if row.code in wanted],
    }


def _shown(row: Row, sums: Any) -> dict[str, Any]:
    return {"code": row.code, "level": row.level, "text": row.text, "planned": cents(sums.all)}
