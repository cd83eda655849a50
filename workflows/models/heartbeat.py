"""The heartbeat: when a task last went the whole way from the timer to the worker."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """One row per way; `sent_at` is when the last canary set out, `at` when it arrived."""

    name = models.CharField(_("way"), max_length=40, unique=True)
    sent_at = models.DateTimeField(_("set out"))
    at = models.DateTimeField(_("arrived"))

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
