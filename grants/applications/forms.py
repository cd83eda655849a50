"""The small forms around an application; its own questions are a questionnaire."""

import secrets
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.applications.receipt_numbers import is_well_formed, tidy
from grants.applications.states import CheckAnswer
from grants.calls.models import Call, Nomination
from grants.organisations.models import Organisation
from workflows.text import localized

LONGEST_REASON = 2000


def new_key() -> str:
    """A key for one press of a button."""
    return secrets.token_urlsafe(16)


class StartForm(forms.Form):
    """For whom, and in a contest for what, an application is begun."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who applies"), widget=forms.RadioSelect, empty_label=None
    )
    nomination = forms.ModelChoiceField(
        Nomination.objects.none(), label=_("Nomination"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, call: Call, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self._offer_organisations(organisations)
        nominations = list(call.nominations.all())
        if not nominations:
            del self.fields["nomination"]
            return
        field: Any = self.fields["nomination"]
        field.queryset = call.nominations.all()
        field.choices = [
            (localized(group[0].category_label), [(n.pk, str(n)) for n in group])
            for group in (list(found) for _key, found in groupby(nominations, key=lambda n: n.category_key))
        ]

    def _offer_organisations(self, organisations: Sequence[Organisation]) -> None:
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[o.pk for o in organisations])
        if len(organisations) == 1:
            field.initial = organisations[0].pk


class KeyForm(forms.Form):
    """One press of a button: the same press sent twice does the thing once."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": new_key(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_key(self) -> str:
        """What the page gave, or a new one where the form came without."""
        return self.cleaned_data["key"] or new_key()


class ReasonForm(KeyForm):
    """A reason that may be left out."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class VerifyForm(forms.Form):
    """A receipt's number and the digest to compare."""

    number = forms.CharField(
        label=_("Receipt number"), max_length=100, help_text=_("For example BP-2027-1-0014-P1-93.")
    )
    sha256 = forms.CharField(
        label="SHA-256", max_length=200, help_text=_("64 digits and letters from a to f; spaces do not matter.")
    )

    def clean_number(self) -> str:
        """The number in its stored form; a slip of the finger is named as such."""
        number = tidy(self.cleaned_data["number"])
        if not is_well_formed(number):
            raise forms.ValidationError(_("A digit or a letter of the number is wrong. Compare it with the receipt."))
        return number

    def clean_sha256(self) -> str:
        """The digest without spaces, in small letters."""
        digest = "".join(self.cleaned_data["sha256"].split()).lower()
        if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            words = {"count": len(digest)}
            raise forms.ValidationError(_("A SHA-256 has 64 characters; there are %(count)d usable ones.") % words)
        return digest


class CheckForm(forms.Form):
    """One point of the eligibility checklist. Empty until the officer has an opinion."""

    answer = forms.ChoiceField(
        label=pgettext_lazy("eligibility check", "Answer"), choices=CheckAnswer.choices, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    note = forms.CharField(
        label=pgettext_lazy("eligibility check", "Note"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Anything but yes is explained, and a note belongs to an answer."""
        found = super().clean() or self.cleaned_data
        answer, note = found.get("answer"), (found.get("note") or "").strip()
        if answer and answer != CheckAnswer.YES and not note:
            self.add_error("note", _("Say why, so that the applicant can be told."))
        if note and not answer and "answer" not in self.errors:
            self.add_error("answer", _("Choose an answer to go with the note."))
        return found | {"note": note}


class IneligibleForm(KeyForm):
    """The rule that is not met, and why."""

    item = forms.ChoiceField(label=_("The rule that is not met"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it is not met"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The applicant reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, items: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.choices = [(item["id"], localized(item["label"])) for item in items]


class ClarifyForm(KeyForm):
    """What to clarify, where the applicant may change it, and how long that may take."""

    sections = forms.MultipleChoiceField(label=_("Sections to open"), widget=forms.CheckboxSelectMultiple)
    question = forms.CharField(
        label=_("What to clarify"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 5})
    )
    days = forms.IntegerField(label=_("Working days to answer"), min_value=1, max_value=60)

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sections"]
        field.choices = list(sections)


class AnswerForm(KeyForm):
    """The team's words to the officer, beside the changed sections."""

    answer = forms.CharField(
        label=_("Your answer"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you changed, and why. Leave it empty if the changes speak for themselves."),
    )  # fmt: skip
