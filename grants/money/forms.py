"""Forms of fundings, and the field for sums that every slice can use."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.money.arithmetic import MAX_MONEY, Converted, MoneyError, litas_to_euro, parse_money
from grants.money.models import EURO, FundingSource
from grants.money.states import FundingStage

LITAS = "LTL"


class MoneyField(forms.CharField):
    """A sum in euros as people write it; cleans to a Decimal with two places, or None where it may be left empty."""

    def __init__(self, *, maximum: Decimal = MAX_MONEY, **kwargs: Any) -> None:
        self.maximum = maximum
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Decimal | None:
        """Read the sum; the error is a sentence that says how to mend it."""
        text = super().clean(value)
        if text in self.empty_values:
            return None
        try:
            return parse_money(text, maximum=self.maximum)
        except MoneyError as error:
            raise ValidationError(error.message, code=error.code) from error


class StageForm(forms.Form):
    """How much of a funding is now at a stage."""

    stage = forms.ChoiceField(label=_("Stage"), choices=FundingStage.choices, widget=forms.RadioSelect)
    amount = MoneyField(label=_("Amount at this stage"), help_text=_("For example 12 500,00."))
    currency = forms.ChoiceField(
        label=_("Currency of this amount"),
        choices=[(EURO, _("euros")), (LITAS, _("litas (divided by 3.4528)"))],
        initial=EURO,
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where an amount becomes smaller or falls back to an earlier stage."),
    )

    def clean(self) -> dict[str, Any]:
        """Convert litas and keep both amounts."""
        data = super().clean() or {}
        data["converted"] = None
        if data.get("currency") == LITAS and data.get("amount") is not None:
            converted: Converted = litas_to_euro(data["amount"])
            data["converted"], data["amount"] = converted, converted.amount
        return data

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("stage", "amount", "reason", "converted")}


class FundingForm(StageForm):
    """Money of one source for one year, at its first known stage."""

    source = forms.ModelChoiceField(label=_("Funding source"), queryset=FundingSource.objects.order_by("order"))
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    programme_code = forms.CharField(
        label=_("Programme code"),
        required=False,
        max_length=40,
        help_text=_("Only where the money may be used for one programme alone."),
    )
    field_order = ("source", "year", "programme_code", "stage", "amount", "currency", "reason")

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return super().values() | {name: self.cleaned_data[name] for name in ("source", "year", "programme_code")}


class AsOfForm(forms.Form):
    """The date for which balances are asked."""

    as_of = forms.DateField(
        label=_("As of the end of"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
