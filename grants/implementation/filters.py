"""Filters of implementation's lists; their state is in the address."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from grants.calls.selectors import calls_visible_to_staff
from grants.implementation.models import Payment
from grants.implementation.states import PaymentState
from grants.organisations.folding import fold


class PaymentFilter(django_filters.FilterSet):
    """Payments by text, state and call."""

    q = django_filters.CharFilter(label=_("Number, title or applicant"), method="find")
    state = django_filters.ChoiceFilter(label=_("State"), choices=PaymentState.choices, empty_label=_("all"))
    call = django_filters.ModelChoiceFilter(
        label=_("Call"), field_name="project__call", queryset=lambda request: calls_visible_to_staff(request.user),
        empty_label=_("all"),
    )  # fmt: skip

    class Meta:
        model = Payment
        fields = ("q", "state", "call")

    def find(self, queryset: QuerySet[Payment], name: str, value: str) -> QuerySet[Payment]:
        """Payments whose project or applicant has the words, whatever the letters' marks."""
        words = fold(value)
        return queryset.filter(
            Q(project__search_text__contains=words) | Q(project__organisation__search_text__contains=words)
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["call"].field.label_from_instance = lambda call: call.code  # type: ignore[attr-defined]
