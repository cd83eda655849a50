"""The engine's tables."""

from workflows.models.base import WorkflowManager, WorkflowModel, WorkflowQuerySet
from workflows.models.cases import Case, Exclusion
from workflows.models.deadlines import Deadline
from workflows.models.log import AppendOnlyModel, ReasonText, Seal, TransitionRecord
from workflows.models.work import WorkItem

__all__ = [
    "AppendOnlyModel",
    "Case",
    "Deadline",
    "Exclusion",
    "ReasonText",
    "Seal",
    "TransitionRecord",
    "WorkItem",
    "WorkflowManager",
    "WorkflowModel",
    "WorkflowQuerySet",
]
