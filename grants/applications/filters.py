"""Filters of the lists of applications."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application
from grants.organisations.folding import every_word
from grants.projects.states import ProjectState


class ApplicationFilter(django_filters.FilterSet):
    """By words of number, title or applicant, and by state."""

    words = django_filters.CharFilter(label=_("Number, title or applicant"), method="by_words", max_length=200)
    state = django_filters.ChoiceFilter(
        label=_("State"), field_name="project__state", choices=ProjectState.choices, empty_label=_("any")
    )

    class Meta:
        model = Application
        fields = ("words", "state")

    def by_words(self, queryset: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Every word must be found; case and Lithuanian letters do not matter."""
        return queryset.filter(every_word(value, "project__search_text", "project__organisation__search_text"))
