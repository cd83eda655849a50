"""What a report is about, and where it stands."""

from django.db import models
from django.utils.translation import pgettext_lazy

KIND = "impact_report"
"""The kind of the jobs that assemble reports."""


class Scope(models.TextChoices):
    """What a report is about."""

    PROJECT = "project", pgettext_lazy("report scope", "project")
    CALL = "call", pgettext_lazy("report scope", "call")
    PROGRAMME = "programme", pgettext_lazy("report scope", "programme")


class ReportState(models.TextChoices):
    """Where an impact report stands. What was assembled is frozen; what is newer is a new report."""

    REQUESTED = "requested", pgettext_lazy("impact report", "being assembled")
    ASSEMBLED = "assembled", pgettext_lazy("impact report", "assembled")
    PUBLISHED = "published", pgettext_lazy("impact report", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("impact report", "withdrawn")


FROZEN_STATES = (ReportState.ASSEMBLED, ReportState.PUBLISHED, ReportState.WITHDRAWN)
"""States of a report whose figures are there and no longer change."""
