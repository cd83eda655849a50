"""Programmes, and the strategy plan in every version that was ever imported."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.money.models import FundingSource, money_field
from grants.programmes.states import Level
from workflows import clock
from workflows.models import Case
from workflows.text import localized_field


class Programme(models.Model):
    """A family of calls with one purpose and one operator."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=40, unique=True)
    title_lt = models.CharField(_("title in Lithuanian"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    operator_lt = models.CharField(_("operator in Lithuanian"), max_length=300, blank=True)
    operator_en = models.CharField(_("operator in English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return localized_field(self, "title")

    @property
    def operator(self) -> str:
        """Who runs it, in the reader's language."""
        return localized_field(self, "operator")


class StrategyPlan(models.Model):
    """One imported version of a plan for a span of years. It is never changed: a new document makes a new version,
    which `supersedes` the one before it; the version that nothing supersedes is in force.
    """

    title = models.CharField(_("title"), max_length=500)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    source_name = models.CharField(_("file"), max_length=255, blank=True)
    source_text = models.TextField(_("text of the document"))
    source_digest = models.CharField(_("SHA-256 of the document"), max_length=64)
    imported_at = models.DateTimeField(_("imported"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("imported by")
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )

    class Meta:
        verbose_name = _("strategy plan")
        verbose_name_plural = _("strategy plans")
        ordering = ("-first_year", "-imported_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="plan_years_in_order"),
            models.UniqueConstraint(
                fields=["first_year", "last_year"], condition=Q(supersedes__isnull=True), name="plan_one_first_version"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stamp the import with the one clock."""
        if self._state.adding and self.imported_at is None:
            self.imported_at = clock.now()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page with the tree."""
        return reverse("programmes:plan", args=[self.pk])

    @property
    def years(self) -> list[int]:
        """Every year of the plan."""
        return list(range(self.first_year, self.last_year + 1))


class PlanNode(models.Model):
    """A goal, a direction of activity or an activity of one version of the plan, in the document's order.

    `text` is plain; `marked_text` is the same with the document's `<i>…</i>` where it has any. An activity's `sources`
    are a set: the document does not say how its money splits between them, so nothing here does.
    """

    plan = models.ForeignKey(StrategyPlan, models.PROTECT, related_name="nodes")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    code = models.CharField(_("code"), max_length=20)
    position = models.PositiveIntegerField(_("position"))
    text = models.TextField(_("text"))
    marked_text = models.TextField(blank=True)
    sources = models.ManyToManyField(FundingSource, related_name="+", verbose_name=_("funding sources"))

    class Meta:
        verbose_name = _("part of a plan")
        verbose_name_plural = _("parts of a plan")
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="plannode_code_once"),
            models.UniqueConstraint(fields=["plan", "position"], name="plannode_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="plannode_has_text"),
            models.CheckConstraint(
                condition=Q(level="goal", parent__isnull=True)
                | Q(level__in=["direction", "activity"], parent__isnull=False),
                name="plannode_goals_only_on_top",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class PlanAmount(models.Model):
    """What is planned for an activity in a year, in euros; the document prints zero where there is nothing."""

    activity = models.ForeignKey(PlanNode, models.PROTECT, related_name="amounts")
    year = models.PositiveSmallIntegerField(_("year"))
    amount = money_field(_("amount"))

    class Meta:
        verbose_name = _("planned amount")
        verbose_name_plural = _("planned amounts")
        ordering = ("activity", "year")
        constraints = [
            models.UniqueConstraint(fields=["activity", "year"], name="planamount_year_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="planamount_not_negative"),
        ]


class StrategyUpload(models.Model):
    """A document that was read without an error and waits for a person to confirm what it will change.

    `based_on` is the plan in force that the preview compared it with: where another is in force at the confirmation,
    the preview is stale and is shown again. `plan` is the version that the confirmation led to.
    """

    text = models.TextField(_("text of the document"))
    source_digest = models.CharField(_("SHA-256 of the document"), max_length=64)
    name = models.CharField(_("file"), max_length=255, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    based_on = models.ForeignKey(StrategyPlan, models.PROTECT, null=True, blank=True, related_name="+")
    plan = models.ForeignKey(StrategyPlan, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("uploaded document")
        verbose_name_plural = _("uploaded documents")
        ordering = ("-uploaded_at", "-pk")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stamp the upload with the one clock."""
        if self._state.adding and self.uploaded_at is None:
            self.uploaded_at = clock.now()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page with the preview."""
        return reverse("programmes:upload", args=[self.pk])
