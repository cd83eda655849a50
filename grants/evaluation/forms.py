"""The form in which a value is entered."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.services import Content
from grants.evaluation.services.measuring import edition_of
from grants.evaluation.states import FRACTIONS, Measure, Method, OverTime, Wave
from grants.questionnaires.fields.numbers import NotANumber, read_number
from grants.questionnaires.text import number_text


class NumberField(forms.CharField):
    """A number as people write it: 1 234,5 or 1234.5. Empty is None, not zero."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number; raises ValidationError with a sentence."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            found = read_number(text)
        except NotANumber as error:
            raise forms.ValidationError(str(error)) from error
        if found < 0:
            raise forms.ValidationError(_("The number cannot be negative."))
        return found


class MeasurementForm(forms.Form):
    """What was measured and what shows it. Nothing is required to save; the rest is asked for when it is submitted."""

    mark_optional = False

    def __init__(
        self, *args: Any, indicator: ProjectIndicator, wave: str, known: Measurement | None, correcting: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.indicator, self.wave, self.known = indicator, wave, known
        names = ("value", "numerator", "denominator", "mean", "sample_size", "deviation", "method", "evidence",
                 "measured_on")  # fmt: skip
        if known is not None:
            kwargs.setdefault("initial", {name: getattr(known, name) for name in names}
                              | {"reason": known.correction_reason})  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["seen"] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=64, initial=edition_of(known)
        )
        if correcting:
            self.fields["reason"] = forms.CharField(
                label=_("Why the approved value is corrected"), max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": _("Say why it is corrected.")},
            )  # fmt: skip
        self._add_numbers()
        self._add_evidence()

    def _add_numbers(self) -> None:
        measure = self.indicator.measure
        if measure in FRACTIONS:
            self._number("numerator", _("How many (the part)"), _("For example, how many answered yes."))
            self._number("denominator", _("Of how many (the whole)"), _("For example, how many answered at all."))
        elif measure == Measure.MEAN:
            self._number("mean", _("Mean"))
            self._number("sample_size", _("Number of answers"))
            self._number("deviation", _("Standard deviation"), _("Leave it empty where it is not known."))
        else:
            unit = self.indicator.unit_name
            self._number("value", _("Value, %(unit)s") % {"unit": unit} if unit else _("Value"), self._whole_or_part())

    def _whole_or_part(self) -> str:
        """What time the value is about: the rule of adding up over time says so."""
        if self.wave == Wave.BASELINE:
            return _("How it was before the project.")
        if self.indicator.over_time == OverTime.SUM and self.wave == Wave.ENDLINE:
            return _("Count what happened since the midline; without a midline, since the project began.")
        return _("Count from the beginning of the project.")

    def _number(self, name: str, label: str, hint: str = "") -> None:
        self.fields[name] = NumberField(
            label=label, help_text=hint, required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )  # fmt: skip
        if self.initial.get(name) is not None:
            self.initial[name] = number_text(Decimal(self.initial[name]))

    def _add_evidence(self) -> None:
        self.fields["measured_on"] = forms.DateField(
            label=_("Measured on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": _("Write the day as year-month-day, for example 2027-03-05.")},
        )  # fmt: skip
        self.fields["method"] = forms.ChoiceField(
            label=_("How it was measured"), required=False, choices=[("", _("Choose")), *Method.choices]
        )
        self.fields["evidence"] = forms.CharField(
            label=_("What shows it"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Name the register, the survey or the documents, and who can be asked."),
        )  # fmt: skip
        self.fields["upload"] = forms.FileField(
            label=_("A document that shows it"), required=False,
            help_text=_("PDF, Word, Excel, OpenDocument, ADOC, ASiC-E or a picture, up to 10 MB."),
        )  # fmt: skip

    def clean_sample_size(self) -> int | None:
        """Answers are counted in whole numbers, from one."""
        size = self.cleaned_data["sample_size"]
        if size is None:
            return None
        if size % 1 or not 1 <= size <= 1_000_000_000:
            raise forms.ValidationError(_("Enter a whole number of answers, one or more."))
        return int(size)

    def clean_denominator(self) -> Decimal | None:
        """Nothing can be divided by zero."""
        whole = self.cleaned_data["denominator"]
        if whole == 0:
            raise forms.ValidationError(_("The whole must be more than zero."))
        return whole

    def clean(self) -> dict[str, Any]:
        """A share is never more than its whole."""
        cleaned = super().clean() or {}
        part, whole = cleaned.get("numerator"), cleaned.get("denominator")
        over = part is not None and whole is not None and part > whole
        if over and self.indicator.measure == Measure.PERCENTAGE:
            self.add_error("numerator", _("The part cannot be more than the whole."))
        return cleaned

    def content(self) -> Content:
        """What was entered, for the service."""
        given = {name: self.cleaned_data.get(name) for name in Content.__slots__}
        return Content(**{**given, "method": given["method"] or "", "evidence": (given["evidence"] or "").strip()})
