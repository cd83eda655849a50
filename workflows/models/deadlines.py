"""Deadlines: what is due, of whom, when, in which zone, by which rule."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.cases import Case


class Deadline(models.Model):
    """One due moment. It closes when the state is left, pauses when the clock of the case is stopped."""

    class Outcome(models.TextChoices):
        MET = "met", _("met")
        CLEARED = "cleared", _("cleared")
        PASSED = "passed", _("passed")

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    subject_label = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    audience = models.CharField(_("for whom"), max_length=80)
    due_at = models.DateTimeField(_("due"))
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Vilnius")
    rule = models.CharField(_("rule"), max_length=200, blank=True)
    url = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("due_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["subject_label", "subject_id", "kind", "audience"],
                condition=Q(closed_at__isnull=True),
                name="deadline_open_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="deadline_closed_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(closed_at__isnull=True), name="deadline_open_due")]
