"""Projects under way: how many go to plan, how many need somebody, and the worst of them with the reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.projects.states import RUNNING_STATES
from reporting.homes.parts import Number, shown
from reporting.homes.pipeline import name_of
from reporting.search.flags import FLAGS
from reporting.search.selectors import address

TROUBLES = ("late-report", "overdue", "silent", "unsigned")
"""What makes a running project need attention; the more of these at once, the higher it stands."""

SHOWN = 5


@dataclass(frozen=True)
class Troubled:
    """A project that needs attention, and why."""

    title: str
    number: str
    organisation: str
    url: str
    reasons: list[Any]


def portfolio(rows: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """What needs attention among the running projects of `pipeline.rows_in_hand`; none without such projects."""
    running = [row for row in rows if row["state"] in RUNNING_STATES]
    if not running:
        return None
    troubled = sorted((row for row in running if _reasons(row)), key=lambda row: (-len(_reasons(row)), row["number"]))
    numbers = [
        Number(sum(row[name_of(key)] for row in running), FLAGS[key].label, address(f"is:running is:{key}"), warn=True)
        for key in TROUBLES
    ]
    return {
        "running": Number(len(running), _("projects under way"), address("is:running")),
        "needing": len(troubled), "numbers": shown(numbers),
        "worst": [_shown(row) for row in troubled[:SHOWN]],
    }  # fmt: skip


def _reasons(row: dict[str, Any]) -> list[Any]:
    return [FLAGS[key].label for key in TROUBLES if row[name_of(key)]]


def _shown(row: dict[str, Any]) -> Troubled:
    url = reverse("projects:detail", args=[row["pk"]])
    return Troubled(row["title"] or row["number"], row["number"], row["organisation__name"], url, _reasons(row))
