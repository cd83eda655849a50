"""Finding of organisations, with Lithuanian letters and without."""

import pytest

from grants.organisations.folding import alphabetical, fold
from grants.organisations.models import Organisation
from grants.organisations.selectors import find_organisations, organisations_listed
from grants.organisations.services.names import record_former_name, rename_organisation
from grants.organisations.services.reference import load_reference

FOLDED = [
    ("ĄČĘĖĮŠŲŪŽ ąčęėįšųūž", "aceeisuuz aceeisuuz"),
    ("  Šiaulių \t m. ", "siauliu m."),
    ("S\u030ciauliai", "siauliai"),
    ("\u202eabc\u200f", "abc"),
    ("ß Ø ł", "ss o l"),
    ("📚", "📚"),
    ("   ", ""),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_names_are_sorted_as_a_lithuanian_dictionary_sorts_them() -> None:
    names = [
        "Zarasai", "Šakiai", "Ylakiai", "Kupiškis", "Kėdainiai", "Žagarė", "Jonava", "Ignalina", "Čekiškė",
        "Cirkliškis", "Skuodas", "Ąžuolupis", "Akmenė", "Alytus", "Ežerėlis", "Elektrėnai", "Kauno r.", "Kaunas",
    ]  # fmt: skip
    assert sorted(names, key=alphabetical) == [
        "Akmenė", "Alytus", "Ąžuolupis", "Cirkliškis", "Čekiškė", "Elektrėnai", "Ežerėlis", "Ignalina", "Ylakiai",
        "Jonava", "Kaunas", "Kauno r.", "Kėdainiai", "Kupiškis", "Skuodas", "Šakiai", "Zarasai", "Žagarė",
    ]  # fmt: skip


FOUND = [
    ("siauliu povilo", ["avb-4"]),
    ("ŠIAULIŲ POVILO", ["avb-4"]),
    ("mazeikiu rajono", ["svb-26"]),  # by its earlier name
    ("svb-07", ["svb-07"]),
    ("nerastume%", []),
    ("<script>", []),
    ("garliava", ["svb-16"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "codes"), FOUND)
def test_find(words: str, codes: list[str]) -> None:
    load_reference()

    assert [found.code for found in find_organisations(organisations_listed(), words)] == codes


@pytest.mark.django_db
def test_a_renamed_library_is_found_by_both_names() -> None:
    library = Organisation.objects.create(code="x-1", kind="partner", name="Senoji šviesa")
    rename_organisation(organisation=library, name="Senoji šviesa")
    rename_organisation(organisation=library, name="Naujoji šviesa")
    record_former_name(organisation=library, name="Pirmoji", valid_from=None, valid_until=None)

    for words in ("senoji sviesa", "naujoji", "pirmoji"):
        assert [row.code for row in find_organisations(organisations_listed(), words)] == ["x-1"]
