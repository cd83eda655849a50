"""The way of projects from the call to the evidence, in one query: how many stand where, for how long, what is late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from django.db.models import Case, F, Max, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to_staff
from grants.projects.states import STAGE_OF, ProjectState, Stage
from reporting.homes.parts import Number, shown
from reporting.search.flags import FLAGS
from reporting.search.selectors import address
from workflows.models import TransitionRecord

S = ProjectState
IN_HAND = (S.CALL, S.APPLICATION, S.SELECTION, S.RESERVE, S.IMPLEMENTATION, S.EVALUATION)
COUNTED = (
    "overdue", "clarifying", "unassigned", "assessed", "conflict", "unsigned", "held", "late-report", "silent",
    "no-baseline", "unmeasured",
)  # fmt: skip
"""The questions that are asked of every project at once."""

PARTS: Mapping[Stage, tuple[tuple[str, Any], ...]] = {
    Stage.CALL: (("state:call", pgettext_lazy("pipeline", "drafts")),),
    Stage.APPLICATION: (
        ("state:application -is:clarifying", pgettext_lazy("pipeline", "being checked")),
        ("is:clarifying", pgettext_lazy("pipeline", "asked to clarify")),
    ),
    Stage.SELECTION: (
        ("is:unassigned", pgettext_lazy("pipeline", "wait for an evaluator")),
        ("state:selection -is:unassigned -is:assessed", pgettext_lazy("pipeline", "being assessed")),
        ("is:assessed", pgettext_lazy("pipeline", "all reviews are in")),
        ("state:reserve", pgettext_lazy("pipeline", "on the reserve list")),
    ),
    Stage.IMPLEMENTATION: (
        ("is:unsigned -is:held", pgettext_lazy("pipeline", "agreement to be signed")),
        ("state:implementation -is:unsigned -is:held", pgettext_lazy("pipeline", "under way")),
        ("stage:implementation is:held", pgettext_lazy("pipeline", "on hold")),
    ),
    Stage.EVALUATION: (
        ("is:unmeasured", pgettext_lazy("pipeline", "effect not measured yet")),
        ("state:evaluation -is:unmeasured", pgettext_lazy("pipeline", "measured, to be closed")),
    ),
}
"""The parts of each stage as searches, so that each number opens its rows."""


@dataclass(frozen=True)
class Strip:
    """One stage: how many projects in hand stand in it, its parts, for how many days half of them, how many late."""

    label: Any
    total: Number
    parts: list[Number]
    days: int | None
    late: Number


def rows_in_hand(user: Any, now: datetime) -> list[dict[str, Any]]:
    """Every project in hand that the person sees for the funder, with the answers to all questions. One query."""
    projects = projects_visible_to_staff(user).filter(state__in=IN_HAND)
    moved = (
        TransitionRecord.objects.filter(subject_label="grants.project", subject_id=OuterRef("pk"))
        .exclude(before=F("after"))
        .order_by()
        .values("subject_id")
        .annotate(last=Max("at"))
        .values("last")
    )
    answers = {name_of(key): _answer(key, user, now) for key in COUNTED}
    named = _named(projects.annotate(since=Subquery(moved), **answers))
    return list(named.order_by("-call__opens_at", "call_id", "ordinal"))


def name_of(key: str) -> str:
    """The name of the column with the answer to a question."""
    return f"is_{key.replace('-', '_')}"


def _answer(key: str, user: Any, now: datetime) -> Case:
    return Case(When(FLAGS[key].condition(user, now), then=Value(1)), default=Value(0))


def _named(projects: QuerySet[Project]) -> Any:
    return projects.values(
        "pk", "number", "title", "state", "since", "call_id", "call__code", "call__title_lt", "call__title_en",
        "call__state", "call__closes_at", "call__time_zone", "organisation__name", *map(name_of, COUNTED),
    )  # fmt: skip


def pipeline(rows: list[dict[str, Any]], now: datetime) -> dict[str, Any] | None:
    """The strip of the five stages from the rows of `rows_in_hand`; none where nothing is in hand."""
    if not rows:
        return None
    by_stage: dict[Stage, list[dict[str, Any]]] = {stage: [] for stage in Stage}
    for row in rows:
        by_stage[STAGE_OF[S(row["state"])]].append(row)
    return {"strips": [_strip(stage, of_stage, now) for stage, of_stage in by_stage.items()]}


def _strip(stage: Stage, rows: list[dict[str, Any]], now: datetime) -> Strip:
    inside = f"stage:{stage} -is:ended"
    late = sum(row["is_overdue"] for row in rows)
    ages = [(now - row["since"]).days for row in rows if row["since"]]
    return Strip(
        label=stage.label,
        total=Number(len(rows), stage.label, address(inside)),
        parts=shown(Number(count(text, rows), label, address(text)) for text, label in PARTS[stage]),
        days=round(median(ages)) if ages else None,
        late=Number(late, _("past a deadline"), address(f"{inside} is:overdue"), warn=True),
    )


def count(text: str, rows: Iterable[dict[str, Any]]) -> int:
    """How many rows meet a search made of `state:`, `stage:`, `call:` and `is:` alone."""
    return sum(all(_meets(row, part) for part in text.split()) for row in rows)


def _meets(row: dict[str, Any], part: str) -> bool:
    key, _colon, value = part.removeprefix("-").partition(":")
    answers = {
        "is": lambda: bool(row[name_of(value)]),
        "call": lambda: row["call__code"] == value,
        "state": lambda: row["state"] == value,
        "stage": lambda: STAGE_OF[S(row["state"])] == value,
    }
    return answers[key]() != part.startswith("-")
