"""Questionnaires, the sheets filled in from them, their answers, and documents."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.questionnaires.canonical import sha256_of


class Questionnaire(models.Model):
    """One version of a set of questions with its rules. Once published it never changes."""

    code = models.CharField(_("code"), max_length=64)
    version = models.PositiveIntegerField(_("version"), default=1)
    definition = models.JSONField(_("definition"))
    sha256 = models.CharField(max_length=64, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="questionnaire_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="questionnaire_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the digest with the definition; refuse any change of a published version."""
        if self.pk and type(self).objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise PublishedQuestionnaire("A published questionnaire cannot be changed; make a new version.")
        self.sha256 = sha256_of(self.definition)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a draft; a published version stays, because sheets and submitted copies refer to it."""
        if type(self).objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise PublishedQuestionnaire("A published questionnaire cannot be deleted.")
        return super().delete(*args, **kwargs)


class PublishedQuestionnaire(Exception):
    """Someone tried to change or delete a published questionnaire."""


class AnswerSheet(models.Model):
    """One filled-in copy of a questionnaire, of one case. `kind` says what it serves: application, review, report…"""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="sheets")
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(_("kind"), max_length=40, default="application")
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("answer sheet")
        verbose_name_plural = _("answer sheets")


class Answer(models.Model):
    """One answer: what was typed (`raw`), and what it means (`value`, null while it cannot be understood).

    `version` grows with every change; a save from a stale tab is recognised by it.
    """

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=64)
    raw = models.JSONField(null=True)
    value = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="answer_once_per_question")]


class AnswerRevision(models.Model):
    """What one person had typed before another person wrote over it, so that nothing is lost between two."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    raw = models.JSONField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier answer")
        verbose_name_plural = _("earlier answers")
        ordering = ["answer", "version"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="answer_revision_once")]


def document_storage() -> Storage:
    """Where the content of documents lies; a function, so that migrations do not name a folder."""
    from grants.questionnaires.storage import documents  # noqa: PLC0415 - settings must be ready first

    return documents()


class Document(models.Model):
    """A file someone gave or the product made. Its content never changes; removing it only hides the row.

    `category` says whose policy decides who may download it (permissions.register_document_policy),
    `key` and `subject` which question, and which row of a table, it answers.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(AnswerSheet, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    category = models.CharField(_("category"), max_length=120)
    key = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    file = models.FileField(_("file"), storage=document_storage, max_length=200)
    name = models.CharField(_("name"), max_length=160)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=120)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("uploaded"))
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["sheet", "key"], name="document_of_answer")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="document_not_empty"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_has_digest"),
            models.CheckConstraint(condition=~Q(file="") & ~Q(name=""), name="document_has_content"),
            models.CheckConstraint(condition=~Q(category=""), name="document_has_category"),
        ]
