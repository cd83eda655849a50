"""Language and zone: whose they are, and that they follow the person."""

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse

from grants.accounts import services
from grants.accounts.middleware import zone_of
from grants.accounts.models import User
from grants.accounts.names import tidy_line, time_zones
from workflows.actors import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def rasa() -> User:
    return services.open_account(email="rasa@example.org", full_name="Rasa", by=SYSTEM, language="en")


TIDIED = [
    ("  Rasa \n\t Rasaitė ", "Rasa Rasaitė"),
    ("Rasa\u202eėtiasaR", "RasaėtiasaR"),
    ("\u200f \u200e", ""),
    ("S\u030carūnas", "Šarūnas"),
    ("<b>Ona</b>", "<b>Ona</b>"),
    ("Ona 👩\u200d💻", "Ona 👩\u200d💻"),
    ("a\x00b", "ab"),
]


@pytest.mark.parametrize(("text", "tidy"), TIDIED)
def test_tidy_line(text: str, tidy: str) -> None:
    assert tidy_line(text) == tidy


def test_the_language_of_the_account_rules_over_the_browser(client: Client, rasa: User) -> None:
    client.force_login(rasa)

    page = client.get(reverse("accounts:profile"), headers={"accept-language": "lt"})

    assert page["Content-Language"] == "en"
    assert '<html lang="en"' in page.content.decode()


def test_switching_stays_on_the_page_with_its_filters_and_is_remembered(client: Client, rasa: User) -> None:
    client.force_login(rasa)
    page = "/organisations/?q=%C5%A1iauliai&page=2"

    answer = client.post(reverse("accounts:language"), {"language": "lt", "next": page})

    assert answer.url == page
    assert answer.cookies[project.LANGUAGE_COOKIE_NAME].value == "lt"
    rasa.refresh_from_db()
    assert rasa.language == "lt"


def test_a_stranger_keeps_the_language_in_a_cookie(client: Client) -> None:
    client.post(reverse("accounts:language"), {"language": "en", "next": "/account/login/"})

    assert client.get("/account/login/", headers={"accept-language": "lt"})["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["", "fr", "lt-LT", "<script>", "9" * 500])
def test_an_unknown_language_changes_nothing(client: Client, rasa: User, language: str) -> None:
    client.force_login(rasa)

    answer = client.post(reverse("accounts:language"), {"language": language, "next": "/account/profile/"})

    assert answer.url == "/account/profile/"
    assert project.LANGUAGE_COOKIE_NAME not in answer.cookies
    rasa.refresh_from_db()
    assert rasa.language == "en"


def test_switching_needs_a_post(client: Client) -> None:
    assert client.get(reverse("accounts:language")).status_code == 405


def test_profile_is_saved_and_speaks_the_new_language_at_once(client: Client, rasa: User) -> None:
    client.force_login(rasa)
    data = {"full_name": " Rasa <i>R.</i> 📚 ", "language": "lt", "time_zone": "America/New_York"}

    answer = client.post(reverse("accounts:profile"), data, follow=True)

    rasa.refresh_from_db()
    assert (rasa.full_name, rasa.language, rasa.time_zone) == ("Rasa <i>R.</i> 📚", "lt", "America/New_York")
    assert '<html lang="lt"' in answer.content.decode()
    assert "<i>R." not in answer.content.decode()


BAD = [
    ({"full_name": ""}, "full_name"),
    ({"full_name": "ą" * 300}, "full_name"),
    ({"language": "xx"}, "language"),
    ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ({"time_zone": "../../etc/passwd"}, "time_zone"),
    ({"time_zone": ""}, "time_zone"),
]


@pytest.mark.parametrize(("change", "field"), BAD)
def test_bad_profile_is_told_and_not_saved(client: Client, rasa: User, change: dict[str, str], field: str) -> None:
    client.force_login(rasa)
    data = {"full_name": "Kita", "language": "en", "time_zone": "UTC"} | change

    answer = client.post(reverse("accounts:profile"), data)

    assert list(answer.context["form"].errors) == [field]
    assert answer.context["user"].full_name == "Rasa"
    rasa.refresh_from_db()
    assert rasa.full_name == "Rasa"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../x", "Europe/Riga\x00"])
def test_a_zone_that_the_machine_does_not_know_becomes_ours(rasa: User, zone: str) -> None:
    rasa.time_zone = zone

    assert zone_of(rasa).key == "Europe/Vilnius"


def test_a_stored_zone_outside_the_list_can_be_kept(client: Client, rasa: User) -> None:
    User.objects.filter(pk=rasa.pk).update(time_zone="Etc/GMT+2")
    client.force_login(rasa)

    data = {"full_name": "Rasa", "language": "en", "time_zone": "Etc/GMT+2"}
    assert client.post(reverse("accounts:profile"), data).status_code == 302


def test_zones_offered() -> None:
    zones = time_zones()

    assert {"Europe/Vilnius", "UTC", "America/Argentina/Ushuaia"} <= set(zones)
    assert not [zone for zone in zones if zone.startswith("Etc/")]


@pytest.mark.parametrize("following", ["abc", "accounts:profile", "/" + "x" * 3000, "//elsewhere.test/", ""])
def test_what_is_no_path_of_the_product_leads_home_and_breaks_nothing(client: Client, following: str) -> None:
    """The name of no page was taken for the name of a view: an error of ours for whoever sent it."""
    answer = client.post(reverse("accounts:language"), {"language": "en", "next": following})

    assert (answer.status_code, answer.url) == (302, "/")
