"""Work: who must do what, by when, and why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.cases import Case
from workflows.models.log import TransitionRecord


class WorkItem(models.Model):
    """One thing that waits for somebody. Only the engine opens and closes it.

    `audience` says for whom: `user:5`, `org:12`, `role:coordinator` … `kind` names the words to show
    (workflows.registry).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="work_items")
    subject_label = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    audience = models.CharField(_("for whom"), max_length=80)
    url = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    opened_by_record = models.ForeignKey(TransitionRecord, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("work item")
        verbose_name_plural = _("work items")
        ordering = ("due_at", "opened_at")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_label", "subject_id", "kind", "audience"],
                condition=Q(closed_at__isnull=True),
                name="work_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["audience"], condition=Q(closed_at__isnull=True), name="work_open_audience"),
        ]
