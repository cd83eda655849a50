"""Applications and all that hangs on them."""

from grants.applications.models.application import Application, BudgetLine, SubmitAttempt, SubmittedVersion
from grants.applications.models.checking import Clarification, EligibilityAnswer, IneligibilityFinding

__all__ = [
    "Application",
    "BudgetLine",
    "Clarification",
    "EligibilityAnswer",
    "IneligibilityFinding",
    "SubmitAttempt",
    "SubmittedVersion",
]
