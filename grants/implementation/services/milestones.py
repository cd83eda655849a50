"""Milestones: reported done with evidence, accepted or returned by somebody else."""

from datetime import date
from typing import Any

from grants.implementation.models import Milestone
from workflows.models import TransitionRecord
from workflows.services import perform


def report_milestone(
    *, milestone: Milestone, by: Any, evidence: str, reached_on: date | None = None, seen_version: int | None = None
) -> TransitionRecord:
    """Say that a milestone is reached, and what shows it."""
    return perform(milestone, "submit", by=by, evidence=evidence, reached_on=reached_on, seen_version=seen_version)


def judge_milestone(*, milestone: Milestone, by: Any, accept: bool, note: str = "") -> TransitionRecord:
    """Accept what was reported, or return it with the reason."""
    return perform(milestone, "accept" if accept else "return_milestone", by=by, note=note)


def waive_milestone(*, milestone: Milestone, by: Any, note: str) -> TransitionRecord:
    """The project need not reach it after all, for this reason."""
    return perform(milestone, "waive", by=by, note=note)
