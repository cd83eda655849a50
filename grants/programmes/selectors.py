"""Programmes, plans in force, and the rows of a plan as the document's reader gives them."""

from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from grants.programmes.models import PlanNode, Programme, StrategyPlan, StrategyUpload
from grants.programmes.permissions import can_import_strategy, can_view_programmes
from grants.programmes.strategy_cells import SOURCE_CODES
from grants.programmes.strategy_rows import Row
from workflows.policy import without_excluded


def programmes_visible_to(user: Any) -> QuerySet[Programme]:
    """Programmes, for those who work for the funder."""
    if not can_view_programmes(user):
        return Programme.objects.none()
    return without_excluded(Programme.objects.select_related("case"), user, case="case")


def plans_visible_to(user: Any) -> QuerySet[StrategyPlan]:
    """Every version of every plan, for those who work for the funder."""
    if not can_view_programmes(user):
        return StrategyPlan.objects.none()
    return StrategyPlan.objects.select_related("imported_by", "supersedes", "superseded_by")


def uploads_visible_to(user: Any) -> QuerySet[StrategyUpload]:
    """Documents that wait for confirmation, for those who may import."""
    if not can_import_strategy(user):
        return StrategyUpload.objects.none()
    return StrategyUpload.objects.select_related("uploaded_by", "based_on", "plan")


def plans_in_force() -> QuerySet[StrategyPlan]:
    """The newest version of the plan of each span of years."""
    return StrategyPlan.objects.filter(superseded_by__isnull=True)


def plan_in_force(first_year: int, last_year: int) -> StrategyPlan | None:
    """The plan in force for a span of years, or None where none was imported."""
    return plans_in_force().filter(first_year=first_year, last_year=last_year).first()


def versions_of(plan: StrategyPlan) -> QuerySet[StrategyPlan]:
    """Every version for the same years, the newest first."""
    same = StrategyPlan.objects.filter(first_year=plan.first_year, last_year=plan.last_year)
    return same.select_related("imported_by").order_by("-imported_at", "-pk")


def rows_of(plan: StrategyPlan | None) -> list[Row]:
    """The rows of a plan in the document's order, in three queries the first time; none for no plan.

    They stay with the plan, which never changes: its page and the picture on it read them once.
    """
    if plan is None:
        return []
    nodes = PlanNode.objects.order_by("position").prefetch_related("amounts", "sources")
    prefetch_related_objects([plan], Prefetch("nodes", nodes))
    return [_row(node) for node in plan.nodes.all()]


def _row(node: PlanNode) -> Row:
    codes = {source.code for source in node.sources.all()}
    return Row(
        code=node.code,
        level=node.level,
        text=node.text,
        marked_text=node.marked_text,
        amounts=tuple(sorted((amount.year, amount.amount) for amount in node.amounts.all())),
        sources=tuple(code for code in SOURCE_CODES if code in codes),
    )
