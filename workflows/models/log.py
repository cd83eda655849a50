"""The log: append-only, chained by hash in its case, sealed outside the database."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.cases import Case


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or remove a row that may only be added."""

    def __init__(self) -> None:
        super().__init__("Rows of an append-only table are never changed or removed.")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses every way of changing many rows at once."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Always refuse."""
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Always refuse."""
        raise AppendOnlyError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always refuse."""
        raise AppendOnlyError


class AppendOnlyModel(models.Model):
    """A row that can be added and read; a database trigger says the same (workflows.triggers)."""

    append_only = True
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row once; raise AppendOnlyError at a second save."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always refuse."""
        raise AppendOnlyError


class TransitionRecord(AppendOnlyModel):
    """One step: who took which transition of what, from where to where, when, and a digest of why.

    `hash` covers every other column and `previous`, the hash of the row before it in the same case.
    """

    class ActorKind(models.TextChoices):
        PERSON = "person", _("person")
        SYSTEM = "system", _("system")

    case = models.ForeignKey(Case, models.PROTECT, related_name="records")
    seq = models.PositiveIntegerField()
    subject_label = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    subject_version = models.PositiveIntegerField()
    transition = models.CharField(max_length=80)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=ActorKind.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason_digest = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    key = models.CharField(max_length=100, null=True, blank=True, unique=True)
    is_test = models.BooleanField(default=False)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("case", "seq")
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="record_seq_once"),
            models.UniqueConstraint(
                fields=["subject_label", "subject_id", "subject_version"], name="record_version_once"
            ),
            models.CheckConstraint(
                condition=Q(actor_kind="person", actor__isnull=False) | Q(actor_kind="system", actor__isnull=True),
                name="record_actor_named",
            ),
        ]

    def begins(self, obj: models.Model) -> bool:
        """Whether this row tells that `obj` has just been made, so that nothing can be open for it yet."""
        return (self.subject_version, self.subject_id, self.subject_label) == (1, obj.pk, obj._meta.label_lower)


class ReasonText(models.Model):
    """The words of a reason: erasable, while the digest in the log stays. The salt goes with the words."""

    record = models.OneToOneField(TransitionRecord, models.PROTECT, related_name="reason")
    salt = models.CharField(max_length=32, blank=True)
    text = models.TextField(_("reason"), blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(text="", salt=""), name="reason_erased_is_empty"
            )
        ]


class Seal(AppendOnlyModel):
    """A Merkle root over the ends of all chains at one moment; the same is exported outside the database."""

    at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    records = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ("pk",)
