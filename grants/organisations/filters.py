"""Filters of the list of organisations."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grants.organisations.folding import alphabetical
from grants.organisations.models import Municipality, Organisation
from grants.organisations.selectors import find_organisations
from grants.organisations.states import OrganisationKind


def counties() -> list[tuple[str, str]]:
    """The counties that municipalities name, by name."""
    found = Municipality.objects.order_by().values_list("county_code", "county_lt").distinct()
    return sorted(found, key=lambda county: alphabetical(county[1]))


class OrganisationFilter(django_filters.FilterSet):
    """By words, kind and county; the state is in the address."""

    q = django_filters.CharFilter(
        label=_("Name, seat or code"),
        method="by_words",
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=OrganisationKind.choices, empty_label=_("All kinds"))
    county = django_filters.ChoiceFilter(
        label=_("County"), field_name="municipality__county_code", choices=counties, empty_label=_("All counties")
    )

    class Meta:
        model = Organisation
        fields = ["q", "kind", "county"]

    def by_words(self, queryset: QuerySet[Organisation], name: str, value: Any) -> QuerySet[Organisation]:
        """Find with and without Lithuanian letters."""
        return find_organisations(queryset, value)
