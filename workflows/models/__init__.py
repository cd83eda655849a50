"""The engine's tables."""

from workflows.models.base import WorkflowManager, WorkflowModel, WorkflowQuerySet
from workflows.models.cases import Case, Exclusion
from workflows.models.deadlines import Deadline
from workflows.models.heartbeat import Heartbeat
from workflows.models.jobs import Job
from workflows.models.log import AppendOnlyModel, ReasonText, Seal, TransitionRecord
from workflows.models.messages import Message
from workflows.models.outbox import OutboxEntry
from workflows.models.reminders import Reminder, ReminderLadder, Rung
from workflows.models.work import WorkItem

__all__ = [
    "AppendOnlyModel",
    "Case",
    "Deadline",
    "Exclusion",
    "Heartbeat",
    "Job",
    "Message",
    "OutboxEntry",
    "ReasonText",
    "Reminder",
    "ReminderLadder",
    "Rung",
    "Seal",
    "TransitionRecord",
    "WorkItem",
    "WorkflowManager",
    "WorkflowModel",
    "WorkflowQuerySet",
]
