"""Reminders: ladders as data, a rung per deadline and step, a row per person reminded."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.deadlines import Deadline
from workflows.models.messages import Message


class ReminderLadder(models.Model):
    """On which days, counted from the due day, a kind of deadline is recalled. Without a row the code's default holds.

    `rungs` is a list of whole days, negative before the due day: [-21, -7, -2, 0, 1, 7].
    """

    kind = models.CharField(_("kind of deadline"), max_length=60, unique=True)
    rungs = models.JSONField(_("days"), default=list)

    class Meta:
        verbose_name = _("reminder ladder")
        verbose_name_plural = _("reminder ladders")
        ordering = ("kind",)


class Rung(models.Model):
    """One moment at which a deadline is recalled. Settled once: sent, or skipped with its reason."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("sent")
        NOBODY = "nobody", _("nobody to remind")
        OVERTAKEN = "overtaken", _("a later one took its place")
        POINTLESS = "pointless", _("the moment had passed")
        CLOSED = "closed", _("the deadline was closed")

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="rungs")
    days = models.SmallIntegerField(_("days"))
    due_at = models.DateTimeField(_("due"))
    send_at = models.DateTimeField(_("to be sent"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        verbose_name = _("rung")
        verbose_name_plural = _("rungs")
        ordering = ("send_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["deadline", "days", "due_at"], name="rung_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="rung_settled_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["send_at"], condition=Q(settled_at__isnull=True), name="rung_waiting")]


class Reminder(models.Model):
    """That one person was reminded of one deadline by one rung; the message holds the words."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="reminders")
    rung = models.ForeignKey(Rung, models.PROTECT, related_name="reminders")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["deadline", "rung", "recipient"], name="reminder_once"),
        ]
