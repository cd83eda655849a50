"""How the list of funded projects can be narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.calls.models import Call
from grants.organisations.folding import alphabetical, every_word
from grants.organisations.models import Municipality
from grants.projects.filters import municipalities
from grants.projects.models import Project
from reporting.showcase.selectors import calls_with_results, funded_projects
from workflows.text import localized_field


def years() -> list[tuple[int, str]]:
    """The years in which something was decided, the newest first."""
    found = funded_projects().filter(decided_at__isnull=False).values_list("decided_at__year", flat=True)
    return [(year, str(year)) for year in sorted(set(found), reverse=True)]


def counties() -> list[tuple[str, str]]:
    """The ten counties in the reader's language, in the order of the alphabet."""
    rows = {
        place.county_code: localized_field(place, "county") for place in Municipality.objects.order_by("county_code")
    }
    return sorted(rows.items(), key=lambda row: alphabetical(row[1]))


def calls_of(request: Any) -> QuerySet[Call]:
    """The calls that have results."""
    return calls_with_results()


class FundedFilter(django_filters.FilterSet):
    """By words, year of the decision, call, municipality and county; and in which order."""

    text = django_filters.CharFilter(label=_("Title or library"), method="filter_text")
    year = django_filters.ChoiceFilter(
        label=_("Year"), field_name="decided_at__year", choices=years, empty_label=_("all")
    )
    call = django_filters.ModelChoiceFilter(
        label=_("Call"), queryset=calls_of, to_field_name="code", empty_label=_("all")
    )
    municipality = django_filters.ChoiceFilter(
        label=_("Municipality"), field_name="organisation__municipality", choices=municipalities, empty_label=_("all")
    )
    county = django_filters.ChoiceFilter(
        label=_("County"), field_name="organisation__municipality__county_code", choices=counties,
        empty_label=_("all"),
    )  # fmt: skip
    order = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a list", "Order"), method="keep", empty_label=_("by library"),
        choices=[("newest", _("newest first")), ("amount", _("largest sum first"))],
    )  # fmt: skip

    class Meta:
        model = Project
        fields: list[str] = []

    def filter_text(self, queryset: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """Projects in whose title, number or library every word is found, with or without Lithuanian letters."""
        return queryset.filter(every_word(value, "search_text", "organisation__search_text"))

    def keep(self, queryset: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """The order narrows nothing."""
        return queryset
