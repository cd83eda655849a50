"""Jobs: long work with progress, cancel and a result that can be fetched later."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflows.models.cases import Case
from workflows.models.outbox import new_key


class JobState(models.TextChoices):
    """Where a job is."""

    QUEUED = "queued", pgettext_lazy("job", "waiting")
    RUNNING = "running", pgettext_lazy("job", "running")
    DONE = "done", pgettext_lazy("job", "done")
    FAILED = "failed", pgettext_lazy("job", "failed")
    CANCELLED = "cancelled", pgettext_lazy("job", "cancelled")


FINISHED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Job(models.Model):
    """One long piece of work. State moves by conditional update only; `tries` fences a worker given up for lost."""

    State = JobState

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    dedupe = models.CharField(max_length=150, unique=True, default=new_key)
    kind = models.CharField(_("kind"), max_length=60)
    params = models.JSONField(_("parameters"), default=dict, encoder=DjangoJSONEncoder)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(_("language"), max_length=2)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="jobs")
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    message = models.CharField(_("what it is doing"), max_length=300, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    file = models.FileField(_("file"), upload_to="jobs/%Y/%m/", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)
    tries = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(_("cancel asked for"), null=True, blank=True)
    created_at = models.DateTimeField(_("asked for"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | (~Q(state__in=FINISHED) & Q(finished_at__isnull=True)),
                name="job_finished_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True)),
                name="job_lease_while_running",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="job_done_within_total"),
        ]
        indexes = [models.Index(fields=["requested_by", "-created_at"], name="job_of_person")]

    def get_absolute_url(self) -> str:
        """The page on which the job can be followed."""
        return reverse("workflows:job", args=[self.key])

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in FINISHED

    @property
    def status_kind(self) -> str:
        """The colour of its state on a page."""
        return {JobState.DONE: "ok", JobState.RUNNING: "info", JobState.FAILED: "danger"}.get(JobState(self.state), "")
