"""The outbox: what a worker still has to do, written in the transaction that wants it done."""

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """A key that nothing else has."""
    return uuid.uuid4().hex


class OutboxEntry(models.Model):
    """One task for a worker. The relay hands it to the broker; the worker claims it, works, and marks it done.

    Waiting: neither done nor dead. In the broker: `handed_at`. At work: `started_at`. Both end at `lease_until`, after
    which the relay hands it again. `tries` counts starts: the fence by which a worker that was given up for lost can no
    longer mark anything. Starts that ended in an orderly "later" are counted in `put_offs` and held against nobody.
    """

    task = models.CharField(_("task"), max_length=100)
    args = models.JSONField(_("arguments"), default=list, encoder=DjangoJSONEncoder)
    dedupe = models.CharField(max_length=150, unique=True, default=new_key)
    created_at = models.DateTimeField(_("created"))
    available_at = models.DateTimeField(_("not before"))
    handed_at = models.DateTimeField(_("handed to the queue"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    dead_at = models.DateTimeField(_("given up"), null=True, blank=True)
    handings = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    put_offs = models.PositiveIntegerField(default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("outbox entry")
        verbose_name_plural = _("outbox entries")
        ordering = ("available_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dead_at__isnull=True), name="outbox_done_or_dead"
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True) | Q(lease_until__isnull=False), name="outbox_handed_has_lease"
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(handed_at__isnull=False), name="outbox_started_was_handed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["available_at"],
                condition=Q(done_at__isnull=True, dead_at__isnull=True),
                name="outbox_waiting",
            )
        ]

    @property
    def failures(self) -> int:
        """How many starts ended badly, the present one counted as if it would."""
        return self.tries - self.put_offs
