"""An impact report: frozen figures, and the files made of them."""

import uuid
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField

from grants.calls.models import Call
from grants.programmes.models import Programme
from grants.projects.models import Project
from grants.questionnaires.models import document_storage
from reporting.impact import guards, permissions
from reporting.impact.states import FROZEN_STATES, ReportState, Scope
from workflows.models import WorkflowModel
from workflows.moves import Move
from workflows.text import localized
from workflows.transitions import transition

S = ReportState


class ImpactReport(WorkflowModel):
    """What became of the money of a project, a call or a programme, as of one moment.

    `snapshot` holds every figure with its formula and rows in both languages, frozen when the report was assembled;
    `snapshot_sha256` is the digest of its canonical JSON. A newer state of things is a new report.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scope = models.CharField(_("about"), max_length=10, choices=Scope.choices)
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.JSONField(_("title"), default=dict)
    snapshot = models.JSONField(_("figures"), default=dict, encoder=DjangoJSONEncoder)
    snapshot_sha256 = models.CharField(_("SHA-256 of the figures"), max_length=64, blank=True)
    as_of = models.DateTimeField(_("as of"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    requested_at = models.DateTimeField(_("asked for"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    state = FSMField(_("state"), default=S.REQUESTED, choices=S.choices, protected=True)

    class Meta:
        verbose_name = _("impact report")
        verbose_name_plural = _("impact reports")
        ordering = ("-requested_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="impactreport_state_known"),
            models.CheckConstraint(
                condition=Q(scope=Scope.PROJECT, project__isnull=False, call__isnull=True, programme__isnull=True)
                | Q(scope=Scope.CALL, project__isnull=True, call__isnull=False, programme__isnull=True)
                | Q(scope=Scope.PROGRAMME, project__isnull=True, call__isnull=True, programme__isnull=False),
                name="impactreport_about_one_thing",
            ),
            models.CheckConstraint(
                condition=(Q(state=S.REQUESTED, as_of__isnull=True, snapshot_sha256=""))
                | Q(state__in=FROZEN_STATES, as_of__isnull=False, snapshot_sha256__regex=r"^[0-9a-f]{64}$"),
                name="impactreport_figures_once_assembled",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.PUBLISHED) | Q(published_at__isnull=False), name="impactreport_published_has_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The address that stays the same for ever."""
        return reverse("impact:report", args=[self.public_id])

    @property
    def name(self) -> str:
        """The title in the reader's language; before it is assembled, that of what it is about."""
        return localized(self.title) or str(self.subject.title)

    @property
    def subject(self) -> Any:
        """The project, call or programme it is about."""
        return {Scope.PROJECT: self.project, Scope.CALL: self.call, Scope.PROGRAMME: self.programme}[Scope(self.scope)]

    @transition(field=state, source=S.REQUESTED, target=S.ASSEMBLED, permission=permissions.can_assemble, system=True,
                offered=False, guards=[guards.figures_given], logged=("snapshot_sha256",),
                label=pgettext_lazy("impact report step", "Assemble"))  # fmt: skip
    def assemble(self, move: Move) -> None:
        """The figures are gathered and frozen."""
        for name in ("title", "snapshot", "snapshot_sha256", "as_of"):
            setattr(self, name, move.data[name])

    @transition(field=state, source=[S.ASSEMBLED, S.WITHDRAWN], target=S.PUBLISHED, permission=permissions.can_publish,
                guards=[guards.files_there], label=pgettext_lazy("impact report step", "Publish"))  # fmt: skip
    def publish(self, move: Move) -> None:
        """Everybody may read it from now on."""
        self.published_at = move.now

    @transition(field=state, source=S.PUBLISHED, target=S.WITHDRAWN, permission=permissions.can_withdraw,
                note_required=True, dangerous=True, guards=[],
                label=pgettext_lazy("impact report step", "Withdraw"))  # fmt: skip
    def withdraw(self, move: Move) -> None:
        """The public no longer reads it; the reason stays in the log."""


class ReportPdf(models.Model):
    """The report as a tagged PDF in one language."""

    report = models.ForeignKey(ImpactReport, models.PROTECT, related_name="files")
    language = models.CharField(_("language"), max_length=2)
    file = models.FileField(_("file"), storage=document_storage, max_length=200)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ("report", "language")
        constraints = [
            models.UniqueConstraint(fields=["report", "language"], name="reportpdf_language_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="reportpdf_not_empty"),
            models.CheckConstraint(condition=Q(language__in=["lt", "en"]), name="reportpdf_language_known"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="reportpdf_has_digest"),
        ]
