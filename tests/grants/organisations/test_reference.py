"""The municipalities and libraries that are shipped."""

import io

import pytest
from django.core.management import call_command

from grants.organisations.models import Municipality, Organisation, OrganisationName
from grants.organisations.services.names import rename_organisation
from grants.organisations.services.reference import Loaded, load_reference

pytestmark = pytest.mark.django_db


def test_first_loading_brings_all_rows_and_the_second_changes_nothing() -> None:
    assert load_reference() == Loaded(municipalities=60, libraries=66, former_names=7, changed=133)
    assert load_reference() == Loaded(municipalities=60, libraries=66, former_names=7, changed=0)

    assert Municipality.objects.count() == 60
    kinds = {kind: Organisation.objects.filter(kind=kind).count() for kind in ("municipal", "county", "national")}
    assert kinds == {"municipal": 60, "county": 5, "national": 1}
    assert OrganisationName.objects.filter(is_current=True).count() == 66


def test_command_says_what_it_did() -> None:
    said = io.StringIO()

    call_command("load_reference", stdout=said)

    assert said.getvalue() == (
        "60 municipalities, 66 libraries, 7 former names; 133 changed. 6 funding sources. 52 indicators, 52 changed.\n"
    )


#        code       municipality  seat          name
FACTS = [
    ("svb-01", "LT-01", "Naujoji Akmenė", "Akmenės rajono savivaldybės viešoji biblioteka"),
    ("svb-16", "LT-16", "Garliava", "Kauno rajono savivaldybės viešoji biblioteka"),
    ("svb-26", "LT-26", "Mažeikiai", "Mažeikių Henriko Nagio viešoji biblioteka"),
    ("svb-60", "LT-60", "Zarasai", "Zarasų rajono savivaldybės viešoji biblioteka"),
    ("avb-5", "LT-57", "Vilnius", "Vilniaus apskrities Adomo Mickevičiaus viešoji biblioteka"),
    ("nb-1", "LT-57", "Vilnius", "Lietuvos nacionalinė Martyno Mažvydo biblioteka"),
]


@pytest.mark.parametrize(("code", "municipality", "city", "name"), FACTS)
def test_facts_of_a_library(code: str, municipality: str, city: str, name: str) -> None:
    load_reference()
    library = Organisation.objects.get(code=code)

    assert (library.municipality_id, library.city, library.name) == (municipality, city, name)


def test_a_city_and_a_district_of_one_name_stay_apart() -> None:
    load_reference()

    names = Municipality.objects.filter(centre="Alytus").order_by("code").values_list("code", "kind")
    assert list(names) == [("LT-02", "city"), ("LT-03", "district")]


def test_a_changed_row_is_brought_back_and_a_changed_name_becomes_history() -> None:
    load_reference()
    library = Organisation.objects.get(code="svb-01")
    rename_organisation(organisation=library, name="Kita biblioteka")
    Organisation.objects.filter(code="svb-02").update(city="Kitur")

    assert load_reference().changed == 2

    library.refresh_from_db()
    assert library.name == "Akmenės rajono savivaldybės viešoji biblioteka"
    assert sorted(library.names.filter(is_current=False).values_list("name", flat=True)) == [
        "Akmenės rajono savivaldybės viešoji biblioteka",
        "Kita biblioteka",
    ]
    assert Organisation.objects.get(code="svb-02").city == "Alytus"
