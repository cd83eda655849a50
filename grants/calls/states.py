"""Where a call can stand, and which of these places the public sees."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CallState(models.TextChoices):
    """The life of a call."""

    DRAFT = "draft", pgettext_lazy("call", "draft")
    SCHEDULED = "scheduled", pgettext_lazy("call", "scheduled")
    OPEN = "open", pgettext_lazy("call", "open")
    SUSPENDED = "suspended", pgettext_lazy("call", "suspended")
    CLOSED = "closed", pgettext_lazy("call", "closed")
    DECIDING = "deciding", pgettext_lazy("call", "being decided")
    DECIDED = "decided", pgettext_lazy("call", "decided")
    ARCHIVED = "archived", pgettext_lazy("call", "archived")
    CANCELLED = "cancelled", pgettext_lazy("call", "cancelled")


UPCOMING_STATES = frozenset({CallState.SCHEDULED})
CURRENT_STATES = frozenset({CallState.OPEN, CallState.SUSPENDED})
PAST_STATES = frozenset({CallState.CLOSED, CallState.DECIDING, CallState.DECIDED, CallState.ARCHIVED})
BEGUN_STATES = CURRENT_STATES | PAST_STATES
"""States of a call that has been open at least once."""

MOVABLE_STATES = (
    CallState.DRAFT,
    CallState.SCHEDULED,
    CallState.OPEN,
    CallState.SUSPENDED,
    CallState.CLOSED,
    CallState.DECIDING,
)
"""States in which dates may still be moved (a closed call's closing time only by an extension)."""


class DateKey(models.TextChoices):
    """The dates of a call that the product itself acts on; a call may name others."""

    PUBLISHED = "published", pgettext_lazy("call date", "Call published")
    OPENS = "opens", pgettext_lazy("call date", "Applications open")
    QUESTIONS_UNTIL = "questions_until", pgettext_lazy("call date", "Last day to ask questions")
    CLOSES = "closes", pgettext_lazy("call date", "Deadline for applications")
    CHECK_UNTIL = "administrative_check_until", pgettext_lazy("call date", "Administrative check finished")
    EVALUATION_UNTIL = "evaluation_until", pgettext_lazy("call date", "Assessment finished")
    DECISION_BY = "decision_by", pgettext_lazy("call date", "Decision")
    CEREMONY = "award_ceremony", pgettext_lazy("call date", "Award ceremony")
    CONTRACTS_BY = "contracts_by", pgettext_lazy("call date", "Agreements signed")
    PROJECTS_START = "projects_start_from", pgettext_lazy("call date", "Projects start")
    PROJECTS_END = "projects_end_by", pgettext_lazy("call date", "Projects end")


class IndicatorType(models.TextChoices):
    """What an indicator counts: what was made, or what changed for people."""

    OUTPUT = "output", pgettext_lazy("indicator", "output")
    OUTCOME = "outcome", pgettext_lazy("indicator", "outcome")
    IMPACT = "impact", pgettext_lazy("indicator", "impact")
