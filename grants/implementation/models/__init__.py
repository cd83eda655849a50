"""What belongs to a project that is carried out."""

from grants.implementation.models.agreements import Agreement, AwardLine, Milestone
from grants.implementation.models.payments import Payment
from grants.implementation.models.reports import Expense, ProgressReport

__all__ = ["Agreement", "AwardLine", "Expense", "Milestone", "Payment", "ProgressReport"]
