"""Indicators: how they are defined for everybody, and what a project has promised."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grants.calls.models import CallIndicator
from grants.calls.states import IndicatorType
from grants.evaluation.states import NOT_ASKED, Measure, OverProjects, OverTime
from grants.projects.models import Project
from workflows.text import localized, localized_field


def number_field(label: Any, **options: Any) -> models.DecimalField:
    """A column for a measured number: four places, up to twelve digits before the mark; empty where unknown."""
    return models.DecimalField(label, max_digits=16, decimal_places=4, null=True, blank=True, **options)


def words_for_no_baseline(reason: str) -> str:
    """A stored reason in words: the grantee's own, or in the reader's language that nobody asked."""
    return gettext("It was not asked for.") if reason == NOT_ASKED else reason


def _rules(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(measure__in=Measure.values), name=f"{name}_measure_known"),
        models.CheckConstraint(condition=Q(over_time__in=OverTime.values), name=f"{name}_over_time_known"),
        models.CheckConstraint(condition=Q(over_projects__in=OverProjects.values), name=f"{name}_over_projects_known"),
    ]


class IndicatorDefinition(models.Model):
    """One indicator of the catalogue: what it means, what it is made of, how it adds up. Shipped with the product.

    `call_keys` names, divided by spaces, the keys under which calls ask for it. `ascending` is empty where more is
    neither better nor worse.
    """

    code = models.CharField(_("code"), max_length=20, unique=True)
    area = models.CharField(_("area"), max_length=60)
    level = models.CharField(_("level"), max_length=20)
    name_lt = models.CharField(_("name in Lithuanian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    definition = models.CharField(_("definition"), max_length=300)
    measure = models.CharField(_("measure"), max_length=12, choices=Measure.choices)
    ascending = models.BooleanField(_("more is better"), null=True, blank=True)
    numerator = models.CharField(_("part"), max_length=100, blank=True)
    denominator = models.CharField(_("whole"), max_length=100, blank=True)
    disaggregations = models.CharField(_("divided by"), max_length=300, blank=True)
    instrument = models.CharField(_("measured by"), max_length=100, blank=True)
    waves = models.CharField(_("measured when"), max_length=100, blank=True)
    over_time = models.CharField(_("over time"), max_length=12, choices=OverTime.choices)
    over_projects = models.CharField(_("over projects"), max_length=16, choices=OverProjects.choices)
    call_keys = models.CharField(max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    wording = models.CharField(_("whose wording"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("indicator of the catalogue")
        verbose_name_plural = _("indicators of the catalogue")
        ordering = ("code",)
        constraints = _rules("definition")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localized_field(self, "name")


class ProjectIndicator(models.Model):
    """What a project promised: where things stood, and what is to be reached. Copied when the award is made.

    `baseline` is empty only with a reason. `target` is empty where nobody was asked for one (money without a
    competition). The rules of adding up are copied too, so that a later catalogue does not change an old promise.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="indicators", verbose_name=_("project"))
    call_indicator = models.ForeignKey(CallIndicator, models.PROTECT, related_name="+", verbose_name=_("asked as"))
    definition = models.ForeignKey(
        IndicatorDefinition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("definition")
    )
    key = models.SlugField(_("key"), max_length=60)
    label = models.JSONField(_("name"))
    unit = models.JSONField(_("unit"), default=dict)
    type = models.CharField(_("type"), max_length=10, choices=IndicatorType.choices)
    required = models.BooleanField(_("required"), default=False)
    order = models.PositiveSmallIntegerField(_("order"))
    measure = models.CharField(_("measure"), max_length=12, choices=Measure.choices)
    ascending = models.BooleanField(_("more is better"), default=True)
    over_time = models.CharField(_("over time"), max_length=12, choices=OverTime.choices)
    over_projects = models.CharField(_("over projects"), max_length=16, choices=OverProjects.choices)
    baseline = number_field(_("baseline"))
    baseline_missing_reason = models.CharField(_("no baseline because"), max_length=300, blank=True)
    target = number_field(_("target"))

    class Meta:
        verbose_name = _("indicator of a project")
        verbose_name_plural = _("indicators of projects")
        ordering = ("project", "order")
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="project_indicator_once"),
            models.CheckConstraint(
                condition=Q(baseline__isnull=False) | ~Q(baseline_missing_reason=""),
                name="project_indicator_baseline_or_reason",
            ),
            models.CheckConstraint(condition=Q(type__in=IndicatorType.values), name="project_indicator_type_known"),
            *_rules("project_indicator"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its row on the page of the project's indicators."""
        return f"{reverse('evaluation:indicators', args=[self.project_id])}#indicator-{self.key}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localized(self.label)

    @property
    def why_no_baseline(self) -> str:
        """Why there is no baseline: the grantee's words, or that nobody asked."""
        return words_for_no_baseline(self.baseline_missing_reason)

    @property
    def unit_name(self) -> str:
        """The unit in the reader's language."""
        return localized(self.unit)
