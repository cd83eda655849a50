"""Examples for the page of components: invented, in both languages, from design_examples.json."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import HttpRequest
from django_filters import CharFilter, ChoiceFilter, FilterSet

from workflows.obstacles import Obstacle
from workflows.services.options import Option
from workflows.text import localized

EXAMPLES = Path(__file__).with_name("design_examples.json")
DATES = ("at", "due_at")


def said(lt: str, en: str) -> str:
    """Return the text in this page's language: examples are data, not words of the product."""
    return localized({"lt": lt, "en": en})


def spoken(value: Any) -> Any:
    """Return the examples in this page's language, dates as dates."""
    if isinstance(value, Mapping):
        if set(value) == {"lt", "en"}:
            return localized(value)
        return {key: date.fromisoformat(item) if key in DATES else spoken(item) for key, item in value.items()}
    return [spoken(item) for item in value] if isinstance(value, list) else value


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(max_length=150)
    code = forms.RegexField(r"^\d{9}$", widget=forms.TextInput({"class": "w-m", "inputmode": "numeric"}))
    need = forms.CharField(required=False, max_length=800, widget=forms.Textarea({"rows": 4}))
    area = forms.ChoiceField()
    done = forms.ChoiceField(widget=forms.RadioSelect)
    agree = forms.BooleanField(required=False)
    file = forms.FileField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "name": said("Projekto pavadinimas", "Title of the project"),
            "code": said("Juridinio asmens kodas", "Legal entity code"),
            "need": said("Poreikis", "The need"),
            "area": said("Sritis", "Area"),
            "done": said("Ar užbaigėte šį skyrių?", "Is this section finished?"),
            "agree": said("Patvirtinu, kad duomenys teisingi", "I confirm that the data is right"),
            "file": said("Kainų pagrindimas", "Evidence of prices"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        public = said("Toks bus rodomas viešai, jei projektas bus finansuotas.", "Shown in public if it is funded.")
        self.fields["name"].help_text = public
        self.fields["file"].help_text = said("PDF, iki 10 MB", "PDF, up to 10 MB")
        digits = said("Įveskite 9 skaitmenis, dabar yra 8", "Enter 9 digits; there are 8")
        self.fields["code"].error_messages["invalid"] = digits
        self.fields["done"].error_messages["required"] = said("Pasirinkite vieną iš atsakymų", "Choose one answer")
        self.fields["area"].choices = [("1", said("Skaitymas", "Reading")), ("2", said("Įgūdžiai", "Skills"))]
        yes, no = said("Taip, užbaigiau", "Yes, finished"), said("Ne, dar grįšiu", "No, I shall come back")
        self.fields["done"].choices = [("yes", yes), ("no", no)]


class ExampleFilter(FilterSet):
    """A filter form over no rows."""

    q = CharFilter()
    county = ChoiceFilter(choices=[("utena", "Utena"), ("alytus", "Alytus")])

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data, queryset=get_user_model().objects.none())
        self.form.fields["q"].label = said("Ieškoti", "Search")
        self.form.fields["county"].label = said("Apskritis", "County")
        self.form.fields["county"].empty_label = said("Visos apskritys", "All counties")


class AnchorsForm(forms.Form):
    """The anchored points of one criterion, and why."""

    points = forms.ChoiceField(widget=forms.RadioSelect, initial="4")
    comment = forms.CharField(widget=forms.Textarea({"rows": 3}))

    def __init__(self) -> None:
        super().__init__()
        self.fields["comment"].label = said("Komentaras pareiškėjui", "Comment to the applicant")
        words = {"lt": "nepagrįsta silpnai vidutiniškai gerai puikiai", "en": "unfounded weak fair good excellent"}
        self.fields["points"].label = said("Bendruomenės poreikis", "Need of the community")
        self.fields["points"].choices = [(str(n), word) for n, word in enumerate(localized(words).split(), 1)]


def option_of(told: Mapping[str, Any]) -> Option:
    """Return an example of a step as the engine gives it."""
    obstacles = tuple(
        Obstacle(str(number), obstacle["message"], obstacle.get("url", ""))
        for number, obstacle in enumerate(told.get("obstacles", ()))
    )
    return Option(told["name"], told["label"], obstacles, False, told.get("dangerous", False), told["url"])


def examples(request: HttpRequest) -> dict[str, Any]:
    """Return everything the page of components shows."""
    judged = AnchorsForm()
    filled = {"faulty-name": said("Dirbtuvės", "Workshops"), "faulty-code": "19012345", "faulty-area": "1"}
    told = spoken(json.loads(EXAMPLES.read_text(encoding="utf-8")))
    return {
        **told,
        "options": [option_of(option) for option in told["options"]],
        "form": ExampleForm(),
        "faulty": ExampleForm(filled, prefix="faulty"),
        "anchors": judged["points"],
        "comment": judged["comment"],
        "due_at": date(2029, 3, 5),
        "filterset": ExampleFilter(request.GET or {"county": "utena"}),
        "page": Paginator(range(90), 10).page(4),
    }
