"""Evaluators, their conflicts and reviews, and decisions."""

from grants.selection.models.conflicts import ConflictDeclaration, Evaluator
from grants.selection.models.decisions import Decision, DecisionShare
from grants.selection.models.reviews import Review, ReviewVersion, Score

__all__ = [
    "ConflictDeclaration",
    "Decision",
    "DecisionShare",
    "Evaluator",
    "Review",
    "ReviewVersion",
    "Score",
]
