"""The words of evaluation: kinds of measures, rules of adding up, waves, and the states of a measurement."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Measure(models.TextChoices):
    """What a value is made of."""

    UNIT = "unit", pgettext_lazy("measure", "number")
    PERCENTAGE = "percentage", pgettext_lazy("measure", "share, per cent")
    RATIO = "ratio", pgettext_lazy("measure", "ratio")
    MEAN = "mean", pgettext_lazy("measure", "mean")
    MONEY = "money", pgettext_lazy("measure", "euros")
    HOURS = "hours", pgettext_lazy("measure", "hours")


COUNTS = (Measure.UNIT, Measure.MONEY, Measure.HOURS)
"""Measures with one value."""

FRACTIONS = (Measure.PERCENTAGE, Measure.RATIO)
"""Measures of a part and a whole."""


class OverTime(models.TextChoices):
    """How values of one project add up over time."""

    SUM = "sum", pgettext_lazy("over time", "added up")
    LAST = "last", pgettext_lazy("over time", "the last one counts")
    DISTINCT = "distinct", pgettext_lazy("over time", "each counted once")
    NONE = "none", pgettext_lazy("over time", "not added up")


class OverProjects(models.TextChoices):
    """How values of many projects add up."""

    SUM = "sum", pgettext_lazy("over projects", "sum")
    DISTINCT = "distinct", pgettext_lazy("over projects", "sum in which the same may be counted twice")
    RATIO_OF_SUMS = "ratio_of_sums", pgettext_lazy("over projects", "sum of parts divided by sum of wholes")
    WEIGHTED_MEAN = "weighted_mean", pgettext_lazy("over projects", "mean weighted by the number of answers")
    NONE = "none", pgettext_lazy("over projects", "not added up")


class Wave(models.TextChoices):
    """When something was measured."""

    BASELINE = "baseline", pgettext_lazy("wave", "baseline")
    MIDLINE = "midline", pgettext_lazy("wave", "midline")
    ENDLINE = "endline", pgettext_lazy("wave", "endline")


class Method(models.TextChoices):
    """How something was measured."""

    REGISTER = "register", _("register or records")
    SURVEY = "survey", _("survey")
    OBSERVATION = "observation", _("observation")
    STATISTICS = "statistics", _("library statistics")
    OTHER = "other", _("another way")


class MeasurementState(models.TextChoices):
    """Where a measurement stands. Only an approved one counts; a corrected one stays to be read."""

    DRAFT = "draft", pgettext_lazy("measurement", "draft")
    SUBMITTED = "submitted", pgettext_lazy("measurement", "submitted")
    RETURNED = "returned", pgettext_lazy("measurement", "returned")
    APPROVED = "approved", pgettext_lazy("measurement", "approved")
    SUPERSEDED = "superseded", pgettext_lazy("measurement", "replaced by a correction")


NOT_ASKED = "not_asked"
"""Stored in place of the reason for a missing baseline where nobody was asked for one; shown in the reader's words."""

BEING_WRITTEN = (MeasurementState.DRAFT, MeasurementState.RETURNED)
"""States in which the grantee writes."""

UNDER_WAY = (*BEING_WRITTEN, MeasurementState.SUBMITTED)
"""States of a measurement that is not settled; one at a time for each indicator and wave."""
