"""Where money comes from, how certain it is, and the ledger of what was done with it."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.money.states import EntryKind, FundingStage
from workflows.models import AppendOnlyModel, Case
from workflows.models.log import AppendOnlyError, AppendOnlyQuerySet
from workflows.text import localized_field

EURO = "EUR"


def money_field(label: Any, **options: Any) -> models.DecimalField:
    """A column for a sum with two places, up to twelve digits before the mark."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, **options)


class FundingSource(models.Model):
    """Who gives the money: the EU, the state, municipalities, the association, sponsors, or the grantee itself."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_lt = models.CharField(_("name in Lithuanian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), unique=True)

    class Meta:
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return localized_field(self, "name")


class Funding(models.Model):
    """Money of one source for one year, for the whole funder or for one programme.

    Made and moved only by `grants.money.services` (open_funding, record_stage). `stage` is the furthest stage that any
    of it has reached and `amount` what is at that stage; every figure is reckoned from its steps
    (selectors.balance_of). Its row is the lock under which the ledger grows.
    """

    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="fundings", verbose_name=_("funding source"))
    year = models.PositiveSmallIntegerField(_("year"))
    programme_code = models.CharField(_("programme code"), max_length=40, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=FundingStage.choices)
    amount = money_field(_("amount"))

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")
        ordering = ("year", "source__order", "programme_code")
        constraints = [
            models.UniqueConstraint(fields=["source", "year", "programme_code"], name="funding_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_amount_not_negative"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="funding_year_possible"),
            models.CheckConstraint(condition=Q(stage__in=FundingStage.values), name="funding_stage_known"),
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.source.name, str(self.year), self.programme_code) if part)

    def get_absolute_url(self) -> str:
        """The page with its steps and entries."""
        return reverse("money:funding", args=[self.pk])


class FundingStep(AppendOnlyModel):
    """One step of a funding: how much of it is now at a stage.

    `planned` … `received` are the figures after the step, each counting what is at that stage or further on, so the
    figures as of any date are one row. `reached` is the rank of the furthest stage that has money (0 planned …
    3 received); it goes back only with a reason.
    """

    funding = models.ForeignKey(Funding, models.PROTECT, related_name="steps")
    ordinal = models.PositiveIntegerField(_("number"))
    stage = models.CharField(_("stage"), max_length=10, choices=FundingStage.choices)
    reached = models.PositiveSmallIntegerField()
    reached_before = models.PositiveSmallIntegerField(default=0)
    amount = money_field(_("amount"))
    planned = money_field(_("planned"))
    promised = money_field(_("promised"))
    confirmed = money_field(_("confirmed"))
    received = money_field(_("received"))
    original_amount = money_field(_("amount in the original currency"), null=True, blank=True)
    original_currency = models.CharField(_("original currency"), max_length=3, blank=True)
    at = models.DateTimeField(_("recorded"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("step of a funding")
        verbose_name_plural = _("steps of fundings")
        ordering = ("funding", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["funding", "ordinal"], name="fundingstep_ordinal_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fundingstep_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(received__gte=0, confirmed__gte=F("received"), promised__gte=F("confirmed"))
                & Q(planned__gte=F("promised")),
                name="fundingstep_each_stage_within_the_last",
            ),
            models.CheckConstraint(
                condition=Q(reached__gte=F("reached_before")) | ~Q(reason=""), name="fundingstep_back_only_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(reached=3, received__gt=0)
                | Q(reached=2, received=0, confirmed__gt=0)
                | Q(reached=1, confirmed=0, promised__gt=0)
                | Q(reached=0, promised=0),
                name="fundingstep_reached_as_the_figures_say",
            ),
            models.CheckConstraint(
                condition=Q(original_amount__isnull=True, original_currency="")
                | (Q(original_amount__isnull=False, original_amount__gte=0) & ~Q(original_currency="")),
                name="fundingstep_original_whole",
            ),
        ]


class LedgerQuerySet(AppendOnlyQuerySet):
    """Refuses also to add many rows at once: each is added under the lock of its funding."""

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always refuse."""
        raise AppendOnlyError


class LedgerEntry(AppendOnlyModel):
    """One thing done with money of a funding, for a case. Never changed, never removed: a mistake is corrected by
    the opposite entry.

    `own_reserved` and `call_reserved` say how much of a commitment was taken out of what had been reserved for the same
    case and for its call; a decommitment with `own_reserved` gives a reservation back. `key` makes every act happen
    once, whoever asks twice.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices)
    amount = money_field(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, default=EURO)
    funding = models.ForeignKey(Funding, models.PROTECT, related_name="entries", verbose_name=_("funding"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("case"))
    call_case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("call"))
    own_reserved = money_field(_("out of its own reservation"), default=0)
    call_reserved = money_field(_("out of the call's reservation"), default=0)
    original_amount = money_field(_("amount in the original currency"), null=True, blank=True)
    original_currency = models.CharField(_("original currency"), max_length=3, blank=True)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    override_reason = models.CharField(_("reason for going over"), max_length=500, blank=True)
    key = models.CharField(_("key"), max_length=150, unique=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["funding", "at"], name="ledger_funding_at"),
            models.Index(fields=["case", "at"], name="ledger_case_at"),
            models.Index(fields=["call_case", "at"], name="ledger_call_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_amount_positive"),
            models.CheckConstraint(condition=Q(currency=EURO), name="ledger_in_euro"),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="ledger_kind_known"),
            models.CheckConstraint(condition=~Q(key=""), name="ledger_key_given"),
            models.CheckConstraint(
                condition=Q(own_reserved__gte=0, call_reserved__gte=0)
                # SQLite adds in binary: 2.86 + 128.71 is a little more than 131.57 until it is rounded to cents.
                & Q(amount__gte=Round(F("own_reserved") + F("call_reserved"), precision=2)),
                name="ledger_reserved_part_within",
            ),
            models.CheckConstraint(
                condition=Q(own_reserved=0, call_reserved=0)
                | Q(kind="commit")
                | Q(kind="decommit", call_reserved=0, own_reserved=F("amount")),
                name="ledger_reserved_part_where_it_means_something",
            ),
            models.CheckConstraint(
                condition=Q(call_reserved=0) | Q(call_case__isnull=False), name="ledger_call_reserved_of_a_call"
            ),
            models.CheckConstraint(
                condition=Q(override_reason="") | Q(kind__in=["reserve", "commit"]), name="ledger_override_of_taking"
            ),
            models.CheckConstraint(
                condition=Q(original_amount__isnull=True, original_currency="")
                | (Q(original_amount__isnull=False, original_amount__gt=0) & ~Q(original_currency="")),
                name="ledger_original_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"
