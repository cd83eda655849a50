"""What an attempt to submit came to, what an officer answers, how far a section is."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AttemptResult(models.TextChoices):
    """What came of one press of the submit button."""

    ACCEPTED = "accepted", pgettext_lazy("attempt", "accepted")
    REPEATED = "repeated", pgettext_lazy("attempt", "repeated: already accepted")
    INCOMPLETE = "incomplete", pgettext_lazy("attempt", "refused: something is missing")
    LATE = "late", pgettext_lazy("attempt", "refused: after the deadline")
    REFUSED = "refused", pgettext_lazy("attempt", "refused")


class CheckAnswer(models.TextChoices):
    """An officer's answer to one point of the eligibility checklist."""

    YES = "yes", pgettext_lazy("eligibility check", "yes")
    NO = "no", pgettext_lazy("eligibility check", "no")
    CLARIFY = "clarify", pgettext_lazy("eligibility check", "to be clarified")


class SectionStatus(models.TextChoices):
    """How far a section of the application is; few words, so that they are read."""

    NOT_STARTED = "not_started", pgettext_lazy("section", "Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("section", "In progress")
    MISTAKES = "mistakes", pgettext_lazy("section", "Has mistakes")
    COMPLETED = "completed", pgettext_lazy("section", "Completed")
    CANNOT_START = "cannot_start", pgettext_lazy("section", "Cannot start yet")
    CHANGES = "changes", pgettext_lazy("section", "Changes requested")


class ClarificationState(models.TextChoices):
    """Where a request for clarification stands."""

    ASKED = "asked", pgettext_lazy("clarification", "asked")
    ANSWERED = "answered", pgettext_lazy("clarification", "answered")
    EXPIRED = "expired", pgettext_lazy("clarification", "expired")
    CANCELLED = "cancelled", pgettext_lazy("clarification", "cancelled")
