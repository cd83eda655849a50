"""The page of the glossary."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from reporting.glossary.terms import KINDS, by_letter, found, terms
from workflows.text import current_language


class GlossaryForm(forms.Form):
    """What to look up."""

    q = forms.CharField(label=_("Word, in either language"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *KINDS.items()])


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term in both languages with its plural forms, for everybody."""
    form = GlossaryForm(request.GET)
    valid = form.is_valid()
    words, kind = (form.cleaned_data["q"], form.cleaned_data["kind"]) if valid else ("", "")
    chosen = found(words, kind)
    language = current_language()
    context = {
        "form": form, "groups": by_letter(chosen), "count": len(chosen), "all": len(terms()), "language": language,
        "other_language": "en" if language == "lt" else "lt", "narrowed": bool(words or kind),
    }  # fmt: skip
    return render(request, "reporting/glossary/glossary.html", context, status=200 if valid else 400)
