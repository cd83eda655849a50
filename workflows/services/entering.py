"""Entering a state: what it asks of people is opened, what the left state asked is closed."""

from typing import Any

from workflows.models import TransitionRecord
from workflows.registry import asked_of
from workflows.services.deadlines import renew_state_deadlines
from workflows.services.work import renew_state_work


def enter_state(obj: Any, record: TransitionRecord) -> None:
    """Renew the work and the deadlines of a row for the state that it has now; `record` is the step that led here."""
    asked = asked_of(obj)
    renew_state_work(obj, record, asked)
    renew_state_deadlines(obj, record, asked)
