"""The verbs of selection."""

from grants.selection.services.conflicts import (
    add_evaluator,
    allow_conflict,
    assign_review,
    block_conflict,
    declare,
    declare_own_conflict,
    remove_evaluator,
)
from grants.selection.services.decisions import (
    announce_decisions,
    confirm_decisions,
    propose_decisions,
    take_back_decision,
)
from grants.selection.services.drafting import draft_decision, draft_decisions
from grants.selection.services.letters import letters_of
from grants.selection.services.reviews import cancel_review, return_review, save_review, submit_review

__all__ = [
    "add_evaluator",
    "allow_conflict",
    "announce_decisions",
    "assign_review",
    "block_conflict",
    "cancel_review",
    "confirm_decisions",
    "declare",
    "declare_own_conflict",
    "draft_decision",
    "draft_decisions",
    "letters_of",
    "propose_decisions",
    "remove_evaluator",
    "return_review",
    "save_review",
    "submit_review",
    "take_back_decision",
]
