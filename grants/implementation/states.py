"""The states of an agreement, a milestone, a payment and a report."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SIGNED_PAPER = "agreement/signed"
"""The category of signed copies of agreements; whoever sees the project may read them."""


class AgreementState(models.TextChoices):
    """Where the agreement stands."""

    DRAFT = "draft", pgettext_lazy("agreement", "being prepared")
    SENT = "sent", pgettext_lazy("agreement", "sent to be signed")
    SIGNED = "signed", pgettext_lazy("agreement", "signed")
    TERMINATED = "terminated", pgettext_lazy("agreement", "terminated")


class MilestoneState(models.TextChoices):
    """Where a milestone stands."""

    PLANNED = "planned", pgettext_lazy("milestone", "planned")
    SUBMITTED = "submitted", pgettext_lazy("milestone", "reported done")
    RETURNED = "returned", pgettext_lazy("milestone", "returned")
    ACCEPTED = "accepted", pgettext_lazy("milestone", "accepted")
    WAIVED = "waived", pgettext_lazy("milestone", "waived")


class PaymentState(models.TextChoices):
    """Where an instalment stands."""

    PLANNED = "planned", pgettext_lazy("payment", "planned")
    REQUESTED = "requested", pgettext_lazy("payment", "put forward")
    APPROVED = "approved", pgettext_lazy("payment", "approved")
    PAID = "paid", pgettext_lazy("payment", "paid")
    FAILED = "failed", pgettext_lazy("payment", "failed")
    CANCELLED = "cancelled", pgettext_lazy("payment", "cancelled")


class PaymentKind(models.TextChoices):
    """What an instalment is."""

    ADVANCE = "advance", _("Advance")
    INTERIM = "interim", _("Interim payment")
    FINAL = "final", _("Final payment")


class ReportState(models.TextChoices):
    """Where a report stands."""

    SCHEDULED = "scheduled", pgettext_lazy("report", "not begun")
    DRAFT = "draft", pgettext_lazy("report", "draft")
    SUBMITTED = "submitted", pgettext_lazy("report", "submitted")
    RETURNED = "returned", pgettext_lazy("report", "returned")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")


class ReportKind(models.TextChoices):
    """What a report is."""

    QUARTERLY = "quarterly", _("Quarterly report")
    INTERIM = "interim", _("Interim report")
    FINAL = "final", _("Final report")


OPEN_REPORTS = (ReportState.SCHEDULED, ReportState.DRAFT, ReportState.RETURNED)
"""States in which the grantee writes."""

OPEN_MILESTONES = (MilestoneState.PLANNED, MilestoneState.RETURNED)
"""States in which the grantee has still to show that it is reached."""

SETTLED_MILESTONES = (MilestoneState.ACCEPTED, MilestoneState.WAIVED)
SETTLED_PAYMENTS = (PaymentState.PAID, PaymentState.CANCELLED)
