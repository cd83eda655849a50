"""The money of a strategy plan by goal and direction; sources are not split, as the document does not split them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.programmes.models import StrategyPlan
from grants.programmes.selectors import plans_visible_to, rows_of
from grants.programmes.strategy_totals import totals_of
from reporting.pictures import Ask, Picture
from reporting.pictures.kinds.plan import Part, plan_picture
from reporting.pictures.sources import by_id, csv_address
from workflows.formatting import moment_text

KIND, SHOWN = "plan", ("goal", "direction")


def picture(user: Any, key: str, query: Mapping[str, str]) -> Picture | None:
    """The picture of a plan by its id."""
    plan = by_id(plans_visible_to(user), key)
    return None if plan is None else of_plan(plan)


def of_plan(plan: StrategyPlan) -> Picture | None:
    """The picture of one version of a plan; None where it has no rows. Three queries."""
    rows = rows_of(plan)
    if not rows:
        return None
    sums, parts = totals_of(rows).nodes, []
    for row in rows:
        if row.level in SHOWN:
            by_year = tuple(sums[row.code].by_year.get(year, Decimal(0)) for year in plan.years)
            parts.append(Part(row.code, row.text, by_year, row.level == "goal", f"#n{row.code}"))
    formula = _("The sum of a goal or direction is the sum of its activities; nothing is split between sources.")
    ask = Ask(formula, moment_text(plan.imported_at), _("the goals, directions and activities below"), "#tree")
    return plan_picture(parts, plan.years, name=KIND).with_source(ask, csv_address(KIND, plan.pk))


def panel(plan: StrategyPlan, user: Any) -> dict[str, Any]:
    """The picture on the page of a plan, which only those open who may see it."""
    found = of_plan(plan)
    return {"picture": found} if found else {}
