"""Funded projects and calls with results, for every reader the same."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from grants.calls.models import Call
from grants.calls.selectors import public_calls
from grants.organisations.folding import alphabetical
from grants.projects.models import Project
from grants.projects.states import WITH_AWARD

ORDERS = ("library", "newest", "amount")


def funded_projects(user: Any = None) -> QuerySet[Project]:
    """The twin of `can_read_funded`."""
    return Project.objects.filter(state__in=WITH_AWARD, call__in=public_calls().values("pk"), case__is_test=False)


def calls_with_results(user: Any = None) -> QuerySet[Call]:
    """The twin of `can_read_results`, the newest first."""
    funded = Project.objects.filter(call_id=OuterRef("pk"), state__in=WITH_AWARD)
    return public_calls().filter(Exists(funded)).order_by("-opens_at", "code")


def in_order(projects: QuerySet[Project], order: str) -> list[int]:
    """The ids of projects as a list shows them, names by the Lithuanian alphabet. One query."""
    if order == "newest":
        return list(projects.order_by("-decided_at", "number").values_list("pk", flat=True))
    if order == "amount":
        return list(projects.order_by("-awarded_amount", "number").values_list("pk", flat=True))
    rows = projects.order_by().values_list("pk", "organisation__name", "title", "number")
    return [row[0] for row in sorted(rows, key=lambda row: (alphabetical(row[1]), alphabetical(row[2]), row[3]))]


def shown(ids: Sequence[int]) -> list[Project]:
    """The projects of these ids in this order, with what rows name beside them. One query."""
    found = Project.objects.select_related("call", "organisation__municipality", "nomination").in_bulk(ids)
    return [found[pk] for pk in ids]
