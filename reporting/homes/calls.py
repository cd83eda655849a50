"""The health of calls in hand: what was begun, what came in, and what is missing for the assessment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.calls.states import CURRENT_STATES, CallState
from grants.projects.states import ProjectState
from reporting.homes.parts import Number, shown
from reporting.homes.pipeline import count
from reporting.search.selectors import address
from workflows.text import localized

COLUMNS = (
    ("state:call", _("drafts")),
    ("state:application", _("to be checked")),
    ("is:unassigned", _("without an evaluator")),
    ("is:conflict", _("conflict question open")),
    ("is:assessed", _("ready to be decided")),
)


@dataclass(frozen=True)
class CallLine:
    """One call: its name and page, until when it takes applications if it does, and its numbers."""

    title: str
    code: str
    url: str
    state: Any
    closes_at: datetime | None
    zone: str
    numbers: list[Number]


def health(rows: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The calls whose projects are drafts, being checked or assessed, from the rows of `pipeline.rows_in_hand`."""
    calls: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row["state"] in (ProjectState.CALL, ProjectState.APPLICATION, ProjectState.SELECTION):
            calls.setdefault(row["call_id"], []).append(row)
    return {"calls": [_line(of_call) for of_call in calls.values()]} if calls else None


def _line(rows: list[dict[str, Any]]) -> CallLine:
    call, code = rows[0], rows[0]["call__code"]
    numbers = [
        Number(count(text, rows), label, address(f"call:{code} {text}"), warn=text in ("is:unassigned", "is:conflict"))
        for text, label in COLUMNS
    ]
    state = CallState(call["call__state"])
    return CallLine(
        title=localized({"lt": call["call__title_lt"], "en": call["call__title_en"]}),
        code=code,
        url=reverse("calls:manage", args=[code]),
        state=state.label,
        closes_at=call["call__closes_at"] if state in CURRENT_STATES else None,
        zone=call["call__time_zone"],
        numbers=shown(numbers),
    )
