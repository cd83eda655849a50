"""Examples for the page of components, invented, in both languages. What is shown there is what pages get."""

from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from workflows.text import localized

# Example content is data, not words of the product, so it carries both languages itself.
WORDS = {
    "title": {"lt": "Skaitmeninės dirbtuvės atokiuose filialuose", "en": "Digital workshops in remote branches"},
    "library": {"lt": "Ąžuolupio viešoji biblioteka", "en": "Ąžuolupis public library"},
    "late": {"lt": "Atsilieka", "en": "Behind"},
    "your_turn": {"lt": "Jūsų eilė", "en": "Your turn"},
    "coordinator": {"lt": "Koordinatorė, 4 d.", "en": "Coordinator, 4 days"},
    "nothing": {"lt": "Nieko daryti nereikia", "en": "Nothing to do"},
    "submit": {"lt": "Pateikti paraišką", "en": "Submit the application"},
    "save": {"lt": "Išsaugoti juodraštį", "en": "Save the draft"},
    "withdraw": {"lt": "Atsiimti paraišką", "en": "Withdraw the application"},
    "sign": {"lt": "Pasirašyti sutartį", "en": "Sign the agreement"},
    "assessed": {"lt": "Vertinama", "en": "Under assessment"},
    "granted": {"lt": "Finansavimas skirtas", "en": "Granted"},
    "draft": {"lt": "Juodraštis", "en": "Draft"},
    "returned": {"lt": "Grąžinta tikslinti", "en": "Returned"},
    "overdue": {"lt": "Pradelsta", "en": "Overdue"},
    "finished": {"lt": "Užbaigta", "en": "Finished"},
    "section_done": {"lt": "Užbaigti 7 skyriai iš 11", "en": "7 of 11 sections finished"},
    "old": {
        "lt": "Dirbtuvės vyks šešiuose atokiuose filialuose iki kovo pabaigos.",
        "en": "Workshops will run in six remote branches until the end of March.",
    },
    "new": {
        "lt": "Dirbtuvės vyks keturiuose atokiuose filialuose iki gegužės pabaigos.",
        "en": "Workshops will run in four remote branches until the end of May.",
    },
}


def said(lt: str, en: str) -> str:
    """Return the text in this page's language."""
    return localized({"lt": lt, "en": en})


class ExampleForm(forms.Form):
    """One field of each kind; bound with faults to show errors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields.__setitem__
        add("name", forms.CharField(label=said("Projekto pavadinimas", "Title of the project"), max_length=150,
            help_text=said("Toks bus rodomas viešai, jei projektas bus finansuotas.", "Shown in public if the project is funded.")))  # fmt: skip
        add("code", forms.RegexField(r"^\d{9}$", label=said("Juridinio asmens kodas", "Legal entity code"), widget=forms.TextInput({"class": "w-m", "inputmode": "numeric"}),
            error_messages={"invalid": said("Įveskite 9 skaitmenis, dabar yra 8", "Enter 9 digits; there are 8")}))  # fmt: skip
        add("need", forms.CharField(label=said("Poreikis", "The need"), required=False, max_length=800, widget=forms.Textarea({"rows": 4})))
        add("area", forms.ChoiceField(label=said("Sritis", "Area"), choices=[("1", said("Skaitymas", "Reading")), ("2", said("Skaitmeniniai įgūdžiai", "Digital skills"))]))
        add("done", forms.ChoiceField(label=said("Ar užbaigėte šį skyrių?", "Is this section finished?"), widget=forms.RadioSelect,
            choices=[("yes", said("Taip, užbaigiau", "Yes, finished")), ("no", said("Ne, dar grįšiu", "No, I shall come back"))],
            error_messages={"required": said("Pasirinkite vieną iš dviejų atsakymų", "Choose one of the two answers")}))  # fmt: skip
        add("agree", forms.BooleanField(label=said("Patvirtinu, kad duomenys teisingi", "I confirm that the data is right"), required=False))
        add("file", forms.FileField(label=said("Kainų pagrindimas", "Evidence of prices"), required=False, help_text=said("PDF, iki 10 MB", "PDF, up to 10 MB")))


class ExampleFilter(django_filters.FilterSet):
    """A filter form without a table behind it."""

    q = django_filters.CharFilter()
    county = django_filters.ChoiceFilter(choices=[("utena", "Utena"), ("alytus", "Alytus")])


def anchors_form() -> forms.Form:
    """Return a form with the five anchored points of a criterion."""
    form = forms.Form()
    words = [said("nepagrįsta", "not shown"), said("silpnai", "weak"), said("vidutiniškai", "fair"), said("gerai", "good"), said("puikiai", "excellent")]
    form.fields["points"] = forms.ChoiceField(label=said("Poreikis", "Need"), widget=forms.RadioSelect, choices=[(str(n), word) for n, word in enumerate(words, 1)], initial="4")
    return form


def examples(request: HttpRequest) -> dict[str, Any]:
    """Return everything the page of components shows."""
    faulty = {"name": said("Dirbtuvės", "Workshops"), "code": "19012345", "area": "1"}
    filterset = ExampleFilter(request.GET or {"county": "utena"}, queryset=_NoRows())
    filterset.form.fields["q"].label = said("Ieškoti", "Search")
    filterset.form.fields["county"].label = said("Apskritis", "County")
    return {
        "words": {key: localized(value) for key, value in WORDS.items()},
        "form": ExampleForm(),
        "faulty": ExampleForm(faulty, prefix="faulty"),
        "anchors": anchors_form()["points"],
        "filterset": filterset,
        "page": Paginator(range(90), 10).page(4),
        **lists(),
    }
