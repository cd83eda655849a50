"""How the list of calls can be narrowed."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grants.calls.models import Call
from grants.calls.states import CallState
from grants.organisations.folding import every_word
from grants.programmes.models import Programme


class CallFilter(django_filters.FilterSet):
    """By words of the title or the code, state and programme."""

    text = django_filters.CharFilter(label=_("Title or code"), method="filter_text")
    state = django_filters.ChoiceFilter(label=_("Status"), choices=CallState.choices, empty_label=_("all"))
    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"), queryset=Programme.objects.order_by("code"), empty_label=_("all")
    )

    class Meta:
        model = Call
        fields: list[str] = []

    def filter_text(self, queryset: QuerySet[Call], name: str, value: str) -> QuerySet[Call]:
        """Calls whose title or code has every word, with or without Lithuanian letters."""
        return queryset.filter(every_word(value, "search_text"))
