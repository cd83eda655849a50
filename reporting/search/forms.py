"""The search box."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reporting.search.selectors import KINDS


class SearchForm(forms.Form):
    """What to find, and among what."""

    q = forms.CharField(
        label=_("Words or conditions"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Write at most 200 characters.")},
    )
    kind = forms.ChoiceField(
        label=_("Among"), required=False, choices=[("", _("everything")), *((kind.key, kind.label) for kind in KINDS)]
    )
