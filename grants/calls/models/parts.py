"""What a call is made of: criteria, budget categories, money, indicators, nominations and dates."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.calls.models.call import Call
from grants.calls.states import DateKey, IndicatorType
from grants.calls.zones import day_ends, local_date
from grants.money.models import Funding, money_field
from workflows.formatting import number
from workflows.text import localized, localized_field


class Criterion(models.Model):
    """What an application is judged by. A threshold is a pass mark, never the lowest value of the scale.

    `scale` is a list of {"value": number as text, "anchor": {"lt", "en"}}: every value that can be given, with its
    words. A document that gives a range with a step is unfolded into the same list.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    key = models.SlugField(_("key"), max_length=60)
    label_lt = models.CharField(_("name in Lithuanian"), max_length=300)
    label_en = models.CharField(_("name in English"), max_length=300, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=7, decimal_places=3)
    scale = models.JSONField(_("scale"))
    evidence = models.JSONField(_("what assessors look for"), default=dict, blank=True)
    threshold_percent = models.DecimalField(
        _("pass mark, per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    is_priority = models.BooleanField(_("priority"), default=False)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("call", "order")
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="criterion_key_once"),
            models.UniqueConstraint(fields=["call", "order"], name="criterion_order_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_weighs_something"),
            models.CheckConstraint(
                condition=Q(threshold_percent__isnull=True) | Q(threshold_percent__gt=0, threshold_percent__lte=100),
                name="criterion_threshold_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return localized_field(self, "label")

    @property
    def values(self) -> list[Decimal]:
        """Every value that can be given, from low to high."""
        return [Decimal(one["value"]) for one in self.scale]

    @property
    def points(self) -> list[dict[str, Any]]:
        """The scale for reading: neighbours with the same words are one line, `span` says from where to where."""
        lines: list[dict[str, Any]] = []
        for one in self.scale:
            if lines and lines[-1]["anchor"] == one["anchor"]:
                lines[-1]["to"] = one["value"]
            else:
                lines.append({"from": one["value"], "to": one["value"], "anchor": one["anchor"]})
        for line in lines:
            ends = dict.fromkeys((number(line["from"]), number(line["to"])))
            line["span"] = "–".join(ends)
        return lines


class BudgetCategory(models.Model):
    """A kind of cost, and how much of the grant it may take at most (`max_percent`, none where there is no limit)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="budget_categories")
    code = models.CharField(_("code"), max_length=20)
    label = models.JSONField(_("name"))
    max_percent = models.DecimalField(
        _("most of the grant, per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("budget category")
        verbose_name_plural = _("budget categories")
        ordering = ("call", "order")
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="budget_category_code_once"),
            models.CheckConstraint(
                condition=Q(max_percent__isnull=True) | Q(max_percent__gt=0, max_percent__lte=100),
                name="budget_category_limit_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {localized(self.label)}"


class CallFunding(models.Model):
    """Money of one funding that stands behind a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="fundings")
    funding = models.ForeignKey(Funding, models.PROTECT, related_name="+", verbose_name=_("funding"))
    amount = money_field(_("amount"))

    class Meta:
        verbose_name = _("funding of a call")
        verbose_name_plural = _("fundings of calls")
        ordering = ("call", "pk")
        constraints = [
            models.UniqueConstraint(fields=["call", "funding"], name="call_funding_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="call_funding_positive"),
        ]


class CallIndicator(models.Model):
    """An indicator that applicants of the call name a baseline and a target for."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="indicators")
    key = models.SlugField(_("key"), max_length=60)
    label = models.JSONField(_("name"))
    unit = models.JSONField(_("unit"), default=dict)
    required = models.BooleanField(_("required"), default=False)
    type = models.CharField(_("type"), max_length=10, choices=IndicatorType.choices)
    source = models.CharField(_("measured by"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("indicator of a call")
        verbose_name_plural = _("indicators of calls")
        ordering = ("call", "order")
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="call_indicator_key_once"),
            models.CheckConstraint(condition=Q(type__in=IndicatorType.values), name="call_indicator_type_known"),
        ]

    def __str__(self) -> str:
        return localized(self.label)


class Nomination(models.Model):
    """What can be won in a contest, within a category of entries."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="nominations")
    category_key = models.SlugField(_("category"), max_length=60)
    category_label = models.JSONField(_("name of the category"))
    key = models.SlugField(_("key"), max_length=60)
    label = models.JSONField(_("name"))
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ("call", "order")
        constraints = [models.UniqueConstraint(fields=["call", "category_key", "key"], name="nomination_key_once")]

    def __str__(self) -> str:
        return localized(self.label)


class CallDate(models.Model):
    """A date of the call's timetable: as first promised, as planned now, and when it really came.

    A date without an hour (`whole_day`) stands at the beginning of its day in the call's zone and lasts until its end.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="dates")
    key = models.SlugField(_("key"), max_length=60)
    whole_day = models.BooleanField(_("without an hour"), default=True)
    first_planned_at = models.DateTimeField(_("first planned"))
    planned_at = models.DateTimeField(_("planned"))
    actual_at = models.DateTimeField(_("came"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("date of a call")
        verbose_name_plural = _("dates of calls")
        ordering = ("call", "order")
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="call_date_key_once")]

    @property
    def label(self) -> Any:
        """What happens on that date, in words."""
        return DateKey(self.key).label if self.key in DateKey.values else self.key.replace("_", " ").capitalize()

    @property
    def ends_at(self) -> datetime:
        """The moment at which the date is over."""
        return day_ends(self.day, self.call.time_zone) if self.whole_day else self.planned_at

    @property
    def day(self) -> date:
        """The day in the call's own zone."""
        return local_date(self.planned_at, self.call.time_zone)

    @property
    def moved(self) -> bool:
        """Whether it is planned for another moment than was first promised."""
        return self.first_planned_at != self.planned_at

    @property
    def first_day(self) -> date:
        """The day first promised, in the call's own zone."""
        return local_date(self.first_planned_at, self.call.time_zone)
