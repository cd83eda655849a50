"""How lists of projects can be narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from grants.calls.models import Call
from grants.organisations.folding import alphabetical, every_word
from grants.organisations.models import Municipality
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to
from grants.projects.states import ProjectState


def calls_of(request: Any) -> QuerySet[Call]:
    """The calls of the projects that the reader may see."""
    return Call.objects.filter(pk__in=projects_visible_to(request.user).values("call_id")).order_by("-opens_at", "code")


def municipalities() -> list[tuple[str, str]]:
    """All municipalities in the order of the Lithuanian alphabet."""
    return sorted(Municipality.objects.values_list("pk", "name_lt"), key=lambda one: alphabetical(one[1]))


class ProjectFilter(django_filters.FilterSet):
    """By words of title, number or applicant, call, state and municipality."""

    text = django_filters.CharFilter(label=_("Title, number or applicant"), method="filter_text")
    call = django_filters.ModelChoiceFilter(label=_("Call"), queryset=calls_of, empty_label=_("all"))
    state = django_filters.ChoiceFilter(label=_("Status"), choices=ProjectState.choices, empty_label=_("all"))
    municipality = django_filters.ChoiceFilter(
        label=_("Municipality"),
        field_name="organisation__municipality",
        choices=municipalities,
        empty_label=_("all"),
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def filter_text(self, queryset: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """Projects in whose title, number or applicant every word is found, with or without Lithuanian letters."""
        return queryset.filter(every_word(value, "search_text", "organisation__search_text"))
