"""A call with everything it is made of."""

from grants.calls.models.call import Call
from grants.calls.models.parts import BudgetCategory, CallDate, CallFunding, CallIndicator, Criterion, Nomination

__all__ = ["BudgetCategory", "Call", "CallDate", "CallFunding", "CallIndicator", "Criterion", "Nomination"]
