"""Whose turn it is: of the open work of a project what is due first, told in a word that gives nobody away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext_lazy

from grants.accounts.states import Role
from workflows.models import WorkItem
from workflows.policy import audiences_of
from workflows.registry import work_kind

ROLES = {
    f"role:{Role.COORDINATOR}": pgettext_lazy("turn", "Coordinator"),
    f"role:{Role.FINANCE}": pgettext_lazy("turn", "Finance officer"),
    f"role:{Role.HEAD}": pgettext_lazy("turn", "Programme head"),
    f"role:{Role.ADMINISTRATOR}": pgettext_lazy("turn", "Administrator"),
}


@dataclass(frozen=True)
class Turn:
    """Who acts on what, since when, until when and where; `kind` is that of the turn component (you, none or empty)."""

    label: Any
    kind: str
    since: datetime | None = None
    due_at: datetime | None = None
    work: Any = ""
    url: str = ""


NOBODY = Turn(pgettext_lazy("turn", "Nobody’s turn"), "none")
YOURS = pgettext_lazy("turn", "Your turn")
APPLICANT = pgettext_lazy("turn", "Applicant")
ASSESSOR = pgettext_lazy("turn", "Assessor")
"""People assigned by name are never named: the team must not learn who assesses it."""


def turns_of(case_ids: Iterable[int], user: Any) -> dict[int, Turn]:
    """For each case whose turn it is, in one query; the reader's own work counts before that of others."""
    mine = audiences_of(user)
    found: dict[int, list[WorkItem]] = {}
    for item in WorkItem.objects.filter(case_id__in=list(case_ids), closed_at=None).order_by("opened_at", "pk"):
        found.setdefault(item.case_id, []).append(item)
    return {case_id: _turn(items, mine) for case_id, items in found.items()}


def turn_in(turns: Mapping[int, Turn], case_id: int) -> Turn:
    """The turn of a case; nobody's where nothing waits."""
    return turns.get(case_id, NOBODY)


def _turn(items: list[WorkItem], mine: set[str]) -> Turn:
    items = sorted(items, key=lambda item: item.due_at or item.opened_at)  # what has no date is due since it was opened
    own = next((item for item in items if item.audience in mine), None)
    item = items[0]
    if own is None:
        return Turn(_who(item.audience), "", item.opened_at, item.due_at)
    kind = work_kind(own.kind)
    return Turn(YOURS, "you", own.opened_at, own.due_at, kind.title if kind else "", own.url)


def _who(audience: str) -> Any:
    if audience.startswith("org"):
        return APPLICANT
    return ROLES.get(audience, ASSESSOR)
