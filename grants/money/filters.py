"""How the ledger can be narrowed; the same filter serves the page and its CSV."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from grants.money.models import Funding, FundingSource, LedgerEntry
from grants.money.selectors import first_moment, until
from grants.money.states import EntryKind

FIGURES = {
    "reserved": Q(kind=EntryKind.RESERVE) | Q(own_reserved__gt=0) | Q(call_reserved__gt=0),
    "committed": Q(kind=EntryKind.COMMIT) | Q(kind=EntryKind.DECOMMIT, own_reserved=0),
    "paid": Q(kind__in=[EntryKind.PAY, EntryKind.RETURN]),
}
"""Which entries make up a figure of a balance."""


def date_filter(label: Any, method: str) -> django_filters.DateFilter:
    """A filter by a day."""
    return django_filters.DateFilter(
        label=label, method=method, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class LedgerFilter(django_filters.FilterSet):
    """By case, funding, source, year, kind, figure and day."""

    case = django_filters.CharFilter(label=_("Case number"), method="filter_case")
    funding = django_filters.ModelChoiceFilter(
        label=_("Funding"), queryset=Funding.objects.select_related("source"), empty_label=_("all")
    )
    source = django_filters.ModelChoiceFilter(
        label=_("Source"),
        field_name="funding__source",
        queryset=FundingSource.objects.order_by("order"),
        empty_label=_("all"),
    )
    year = django_filters.NumberFilter(label=_("Year"), field_name="funding__year", min_value=1990, max_value=2100)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EntryKind.choices, empty_label=_("all"))
    figure = django_filters.ChoiceFilter(
        label=_("Part of the figure"),
        choices=[("reserved", _("reserved")), ("committed", _("committed")), ("paid", _("paid"))],
        method="filter_figure",
        empty_label=_("all"),
    )
    since = date_filter(_("From"), "filter_since")
    until = date_filter(_("Until"), "filter_until")

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def filter_case(self, queryset: QuerySet[LedgerEntry], name: str, value: str) -> QuerySet[LedgerEntry]:
        """Entries of cases whose number holds the text, and of calls."""
        return queryset.filter(Q(case__number__icontains=value) | Q(call_case__number__icontains=value))

    def filter_figure(self, queryset: QuerySet[LedgerEntry], name: str, value: str) -> QuerySet[LedgerEntry]:
        """Entries that make up one figure of a balance."""
        return queryset.filter(FIGURES[value])

    def filter_since(self, queryset: QuerySet[LedgerEntry], name: str, value: date) -> QuerySet[LedgerEntry]:
        """Entries from the beginning of a day."""
        return queryset.filter(at__gte=first_moment(value))

    def filter_until(self, queryset: QuerySet[LedgerEntry], name: str, value: date) -> QuerySet[LedgerEntry]:
        """Entries to the end of a day."""
        return queryset.filter(until(value))
