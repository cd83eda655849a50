"""The states of conflicts, reviews and decisions, and the choices that go with them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.projects.states import ProjectState


class ConflictState(models.TextChoices):
    """What is known of a person's conflict of interest with a project."""

    ASKED = "asked", pgettext_lazy("conflict", "not answered")
    NONE = "none", pgettext_lazy("conflict", "none declared")
    POSSIBLE = "possible", pgettext_lazy("conflict", "possible, to be settled")
    CONFLICT = "conflict", pgettext_lazy("conflict", "declared")
    ALLOWED = "allowed", pgettext_lazy("conflict", "possible, allowed with a reason")
    BLOCKED = "blocked", pgettext_lazy("conflict", "found, kept away")


CLEAR_STATES = (ConflictState.NONE, ConflictState.ALLOWED)
"""States in which the person may read the application."""

KEPT_AWAY_STATES = (ConflictState.CONFLICT, ConflictState.BLOCKED)
"""States in which the person is excluded from the case in every capacity held for the funder."""


class ReviewState(models.TextChoices):
    """Where one person's review of one application stands."""

    ASSIGNED = "assigned", pgettext_lazy("review", "to do")
    DRAFT = "draft", pgettext_lazy("review", "draft")
    SUBMITTED = "submitted", pgettext_lazy("review", "submitted")
    RETURNED = "returned", pgettext_lazy("review", "returned")
    RECUSED = "recused", pgettext_lazy("review", "given up for a conflict")
    CANCELLED = "cancelled", pgettext_lazy("review", "cancelled")


OPEN_REVIEWS = (ReviewState.ASSIGNED, ReviewState.DRAFT, ReviewState.RETURNED)
UNWRITTEN_REVIEWS = (ReviewState.ASSIGNED, ReviewState.DRAFT)
"""Reviews whose author has never submitted them, and therefore reads nobody else's."""

COUNTED_REVIEWS = (ReviewState.ASSIGNED, ReviewState.DRAFT, ReviewState.RETURNED, ReviewState.SUBMITTED)
"""Reviews that are, or will be, part of the result."""


class DecisionState(models.TextChoices):
    """Where the decision on a project stands: seen by the applicant only once announced."""

    DRAFT = "draft", pgettext_lazy("decision", "draft")
    PROPOSED = "proposed", pgettext_lazy("decision", "proposed")
    CONFIRMED = "confirmed", pgettext_lazy("decision", "confirmed")
    ANNOUNCED = "announced", pgettext_lazy("decision", "announced")


class DecisionOutcome(models.TextChoices):
    """What is decided. A call with money awards; a call without recognises winners, and commends where its rules do."""

    AWARD = "award", pgettext_lazy("decision", "fund")
    RESERVE = "reserve", pgettext_lazy("decision", "reserve list")
    DECLINE = "decline", pgettext_lazy("decision", "do not fund")
    RECOGNISE = "recognise", pgettext_lazy("decision", "recognise")
    COMMEND = "commend", pgettext_lazy("decision", "commend")


def outcome_label(outcome: str, *, grants_money: bool) -> Any:
    """An outcome in the words of the call: a contest does not refuse to fund, it gives no award."""
    if outcome == DecisionOutcome.DECLINE and not grants_money:
        return pgettext_lazy("decision", "no award")
    return DecisionOutcome(outcome).label


STEP_OF = {
    DecisionOutcome.AWARD: "award",
    DecisionOutcome.RESERVE: "reserve",
    DecisionOutcome.DECLINE: "decline",
    DecisionOutcome.RECOGNISE: "recognise",
    DecisionOutcome.COMMEND: "recognise",
}
"""The step of the project by which an outcome comes into force; a commended entry is recognised too."""


class Recommendation(models.TextChoices):
    """What an evaluator advises, beside the scores."""

    FUND = "fund", _("Fund")
    CONDITIONS = "conditions", _("Fund with conditions")
    DECLINE = "decline", _("Do not fund")


RANKED_STATES = (
    ProjectState.SELECTION, ProjectState.RESERVE, ProjectState.DECLINED, ProjectState.IMPLEMENTATION,
    ProjectState.EVALUATION, ProjectState.TERMINATED, ProjectState.CLOSED,
)  # fmt: skip
"""States of projects that are, or were, in the ranked table of their call."""
