"""The forms of implementation."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.implementation.models import Agreement, AwardLine, Expense, ProgressReport
from grants.implementation.services.budgets import budget_edition, difference_in
from grants.implementation.services.reports import WORDS, edition_of_expense
from grants.money.forms import MoneyField


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day, picked or typed as 2027-03-05."""
    return forms.DateField(
        label=label, help_text=hint, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Name the day."),
                        "invalid": gettext_lazy("Write the day as year-month-day, for example 2027-03-05.")},
    )  # fmt: skip


class SignForm(forms.Form):
    """Both days of signing, and the period of the project."""

    grantee_on = day_field(gettext_lazy("Signed by the grantee on"))
    funder_on = day_field(gettext_lazy("Signed by the funder on"))
    starts_on = day_field(gettext_lazy("The project starts on"))
    ends_on = day_field(gettext_lazy("The project ends on"))

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("The end must be after the start."))
        return cleaned


class BudgetForm(forms.Form):
    """What the grant pays of each line; the lines make the award."""

    mark_optional = False

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        self.lines = list(agreement.lines.select_related("category"))
        edition = budget_edition(agreement)
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=edition)
        for line in self.lines:
            self.fields[f"line-{line.pk}"] = MoneyField(
                label=str(line), initial=line.awarded,
                error_messages={"required": _("Name a sum; 0 where the grant pays nothing.")},
            )  # fmt: skip

    def awarded(self) -> dict[int, Decimal]:
        """The sums by line."""
        return {line.pk: self.cleaned_data[f"line-{line.pk}"] or Decimal(0) for line in self.lines}

    def clean(self) -> dict[str, Any]:
        """The lines make the award, to the cent; else the difference is named."""
        cleaned = super().clean() or {}
        sums = [cleaned[name] for line in self.lines if (name := f"line-{line.pk}") in cleaned]
        difference = difference_in(self.agreement, sums) if len(sums) == len(self.lines) else None
        if difference is not None:
            self.add_error(None, difference)
        return cleaned


class MilestoneForm(forms.Form):
    """What shows that a milestone is reached, and since when."""

    evidence = forms.CharField(
        label=gettext_lazy("What shows that it is reached"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what shows that the milestone is reached.")},
    )  # fmt: skip
    reached_on = day_field(gettext_lazy("Reached on"))


class ConditionForm(forms.Form):
    """How a condition in words is met."""

    condition_note = forms.CharField(
        label=gettext_lazy("How the condition is met"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("Name the documents or figures that show it."),
    )  # fmt: skip


class PaidForm(forms.Form):
    """The day on which the money left, and the bank's reference."""

    paid_on = day_field(gettext_lazy("The money left on"))
    reference = forms.CharField(label=gettext_lazy("Bank reference"), max_length=140, required=False)


class DocumentForm(forms.Form):
    """A signed copy of the agreement."""

    file = forms.FileField(
        label=gettext_lazy("The signed agreement"), help_text=gettext_lazy("PDF or ADOC, at most 20 MB."),
        error_messages={"required": gettext_lazy("Choose the file."),
                        "empty": gettext_lazy("The file is empty. Choose another one.")},
    )  # fmt: skip


class ReportForm(forms.Form):
    """The words of a report. Nothing is required to save; the rest is asked for at submission."""

    mark_optional = False
    prefix = "q"
    """What js/forms.js saves in the background: names that begin with q-."""

    def __init__(self, *args: Any, report: ProgressReport, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(report, name) for name in WORDS})
        super().__init__(*args, **kwargs)
        labels = (_("What was done"), _("What was hard"), _("What comes next"))
        for name, label in zip(WORDS, labels, strict=True):
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=10000, widget=forms.Textarea(attrs={"rows": 6})
            )


class ExpenseForm(forms.Form):
    """One cost, from one line of the budget, with its document."""

    line = forms.ModelChoiceField(
        label=gettext_lazy("Line of the budget"), queryset=AwardLine.objects.none(),
        error_messages={"required": gettext_lazy("Choose the line of the budget."),
                        "invalid_choice": gettext_lazy("Choose a line of this project's budget.")},
    )  # fmt: skip
    description = forms.CharField(
        label=gettext_lazy("What it was"), max_length=250,
        error_messages={"required": gettext_lazy("Say what was paid for.")},
    )  # fmt: skip
    document = forms.CharField(
        label=gettext_lazy("Document and number"), max_length=200,
        help_text=gettext_lazy("For example: invoice AB 123."),
        error_messages={"required": gettext_lazy("Name the document that proves it.")},
    )  # fmt: skip
    spent_on = day_field(gettext_lazy("Paid on"))
    amount = MoneyField(label=gettext_lazy("Amount, EUR"), error_messages={"required": gettext_lazy("Name the sum.")})

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, report: ProgressReport, expense: Expense | None = None, **kwargs: Any) -> None:
        if expense is not None:
            names = ("line", "description", "document", "spent_on", "amount")
            known = {name: getattr(expense, name) for name in names}
            kwargs.setdefault("initial", known | {"seen": edition_of_expense(expense)})
        super().__init__(*args, **kwargs)
        lines = AwardLine.objects.filter(agreement__project_id=report.project_id).select_related("category")
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]

    def clean_amount(self) -> Decimal:
        """A cost is more than nothing."""
        amount = self.cleaned_data["amount"]
        if amount is None or amount <= 0:
            raise forms.ValidationError(_("Name a sum above zero."))
        return amount
