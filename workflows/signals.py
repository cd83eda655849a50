"""How a later room hears of a step: inside the transaction, so that a consequence that fails undoes the step."""

from django.dispatch import Signal

transitioned = Signal()
"""Sent by `perform` with sender=type(obj) and obj, record (TransitionRecord), by, data (dict)."""
