"""The evaluator's home: the next review, the rounds with how far each is, every assignment, how to judge."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.selection.panels import progress_of
from grants.selection.selectors import is_evaluator
from grants.selection.states import OPEN_REVIEWS, ReviewState
from reporting.homes.parts import Home, Page, block

ORDER = (ReviewState.RETURNED, ReviewState.DRAFT, ReviewState.ASSIGNED)
KINDS = {ReviewState.SUBMITTED: "ok", ReviewState.RETURNED: "warn", ReviewState.DRAFT: "info"}


@dataclass
class Round:
    """The reviews of one call: how many are done of how many, until when, and its page with the criteria."""

    call: Any
    due: Any
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many reviews are submitted."""
        return sum(row["review"].state == ReviewState.SUBMITTED for row in self.rows)

    @property
    def next(self) -> Any:
        """The review to go on with: one returned or begun before one not begun."""
        waiting = [row["review"] for row in self.rows if row["review"].state in OPEN_REVIEWS]
        return min(waiting, key=lambda review: ORDER.index(review.state), default=None)

    @property
    def open(self) -> bool:
        """Whether a review of the round is still to be written."""
        return any(row["review"].state in OPEN_REVIEWS for row in self.rows)


def rounds_of(rows: list[dict[str, Any]]) -> list[Round]:
    """The reviews by call, rounds with open reviews first; what is to do stands before what is done."""
    found: dict[int, Round] = {}
    for row in rows:
        call = row["review"].project.call
        row["kind"] = KINDS.get(row["review"].state, "")
        found.setdefault(call.pk, Round(call, row["due"])).rows.append(row)
    for one in found.values():
        one.rows.sort(key=lambda row: row["review"].state == ReviewState.SUBMITTED)
    return sorted(found.values(), key=lambda one: not one.open)


def build(user: Any, now: datetime) -> Page:
    """All blocks, in three queries whatever their rows; of the work of others nothing is shown."""
    mine = progress_of(user)
    rounds = rounds_of(mine.rows)
    current, past = [one for one in rounds if one.open], [one for one in rounds if not one.open]
    return Page(
        main=block("_rounds", {"rounds": current} if current else None),
        aside=block("_guidance", {"rounds": current} if current else None),
        end=block("_past_rounds", {"rounds": past} if past else None),
    )


HOME = Home(
    key="evaluator",
    label=_("Evaluator"),
    holds=is_evaluator,
    gathers=lambda audience: audience.startswith("user:"),
    build=build,
)
