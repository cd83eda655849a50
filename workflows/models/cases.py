"""A case: the thing whose whole life is followed; and who is kept away from it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workflows import clock


class Case(models.Model):
    """One followed thing (a call, a project, a programme). Log, work, deadlines, messages and exclusions hang on it.

    `parent` is the case it belongs to (the call of a project). `log_length` and `log_head` are the chain's end, written
    only with a log row, under this row's lock.
    """

    kind = models.CharField(_("kind"), max_length=40)
    number = models.CharField(_("number"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_test = models.BooleanField(_("test"), default=False)
    created_at = models.DateTimeField(_("created"))
    log_length = models.PositiveIntegerField(default=0)
    log_head = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("number",)
        indexes = [models.Index(fields=["kind", "parent"], name="case_kind_parent")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stamp the creation with the one clock."""
        if self._state.adding and self.created_at is None:
            self.created_at = clock.now()
        super().save(*args, **kwargs)


class Exclusion(models.Model):
    """A person kept away from a case in every capacity held for the funder; begun and ended by rules, never by hand."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    code = models.CharField(_("code"), max_length=60)

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(until__isnull=True), name="exclusion_open_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="exclusion_ends_after_it_began"
            ),
        ]
