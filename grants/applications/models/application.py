"""Applications, their submitted versions, the attempts to submit, and the lines of the budget."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.applications.states import AttemptResult
from grants.money.models import money_field
from workflows.models import AppendOnlyModel


class Application(models.Model):
    """What an applicant's team fills in for a project. The project carries the state and the key; this, the content.

    `version_no` counts the submitted versions. sections_done, sections_total and problems (what keeps it from being
    submitted, declarations aside) say how far the draft was when it was last saved, so that lists need not read it.
    """

    project = models.OneToOneField(
        "grants.Project", models.PROTECT, primary_key=True, related_name="application", verbose_name=_("project")
    )
    sheet = models.OneToOneField("grants.AnswerSheet", models.PROTECT, related_name="+", verbose_name=_("answers"))
    version_no = models.PositiveSmallIntegerField(_("submitted versions"), default=0)
    sections_done = models.PositiveSmallIntegerField(_("sections completed"), default=0)
    sections_total = models.PositiveSmallIntegerField(_("sections"), default=0)
    problems = models.PositiveIntegerField(_("what is missing"), default=0)
    created_at = models.DateTimeField(_("started"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.CheckConstraint(
                condition=Q(sections_done__lte=F("sections_total")), name="application_sections_in_range"
            ),
        ]

    def get_absolute_url(self) -> str:
        """The list of its sections."""
        return reverse("applications:detail", args=[self.pk])


class SubmittedVersion(AppendOnlyModel):
    """What was received, exactly once per number, for ever. `sha256` is of the canonical JSON of `snapshot`.

    received_at is the one clock reading that was compared with the deadline; `key` belongs to one press of the button.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    snapshot = models.JSONField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    receipt_number = models.CharField(_("receipt number"), max_length=80, unique=True)
    received_at = models.DateTimeField(_("received"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    language = models.CharField(_("language"), max_length=2)
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name = _("submitted version")
        verbose_name_plural = _("submitted versions")
        ordering = ("application", "number")
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="submitted_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="submitted_version_from_one"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="submitted_version_has_digest"),
        ]

    def get_absolute_url(self) -> str:
        """The receipt."""
        return reverse("applications:receipt", args=[self.receipt_number])


class SubmitAttempt(AppendOnlyModel):
    """One press of the submit button, whatever came of it; the applicant and the coordinator both read it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="attempts")
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    result = models.CharField(_("result"), max_length=10, choices=AttemptResult.choices)
    missing = models.JSONField(_("what stood in the way"), default=list)
    version = models.ForeignKey(SubmittedVersion, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("attempt to submit")
        verbose_name_plural = _("attempts to submit")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(result__in=AttemptResult.values), name="attempt_result_known"),
            models.CheckConstraint(
                condition=Q(result__in=["accepted", "repeated"], version__isnull=False)
                | (~Q(result__in=["accepted", "repeated"]) & Q(version__isnull=True)),
                name="attempt_accepted_has_version",
            ),
        ]


class BudgetLine(models.Model):
    """One line of the submitted budget, typed, so that the award becomes the project's budget without re-keying."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="budget_lines")
    version = models.ForeignKey(SubmittedVersion, models.PROTECT, related_name="budget_lines")
    order = models.PositiveSmallIntegerField()
    category = models.ForeignKey("grants.BudgetCategory", models.PROTECT, related_name="+", verbose_name=_("category"))
    description = models.CharField(_("cost"), max_length=250)
    unit_cost = money_field(_("unit cost"))
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=4)
    grant_amount = money_field(_("requested grant"))
    own_amount = money_field(_("own money"))
    in_kind_amount = money_field(_("in kind"))

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ("version", "order")
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="budget_line_once"),
            models.CheckConstraint(
                condition=Q(unit_cost__gte=0, quantity__gte=0, grant_amount__gte=0, own_amount__gte=0)
                & Q(in_kind_amount__gte=0),
                name="budget_line_not_negative",
            ),
        ]

    @property
    def total(self) -> Any:
        """What the line costs in all, EUR."""
        return self.grant_amount + self.own_amount + self.in_kind_amount
