"""Forms of the steps of a project that ask for more than a reason."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grants.calls.forms import NoteForm, WallTimeField
from grants.money.arithmetic import parse_money


class AllocateForm(NoteForm):
    """How much a project gets without a competition, and why."""

    amount = forms.CharField(label=_("Amount, EUR"), max_length=40, error_messages={"required": _("Give the amount.")})

    field_order = ["amount", "note", "key"]

    def clean_amount(self) -> Decimal:
        """The sum as people write it: 1 234,50 and 1234.50 both."""
        try:
            amount = parse_money(self.cleaned_data["amount"])
        except ValueError as fault:
            raise ValidationError(str(fault))
        if amount <= 0:
            raise ValidationError(_("Give an amount above 0."))
        return amount


class InviteForm(NoteForm):
    """Until when a full proposal can be submitted."""

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].required = False
        self.fields["submit_until"] = WallTimeField(
            label=_("Deadline of the full proposal"),
            zone=zone,
            error_messages={"required": _("Give a deadline that lies ahead.")},
        )
        self.order_fields(["submit_until", "note", "key"])
