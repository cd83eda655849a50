"""The house's own pages: home, components, light and dark, and the words of refusal."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from config.views import failure_page
from workflows.exceptions import Blocked, Stale
from workflows.obstacles import Obstacle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_component_renders_in_both_languages(client, settings, language):
    settings.DEMO = True
    response = client.get("/design/", headers={"accept-language": language})
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in html
    assert "style=" not in html
    assert ("Jūsų eilė" in html) == (language == "lt")


def test_every_part_has_an_example(client, settings):
    settings.DEMO = True
    shown = {template.name for template in client.get("/design/").templates}
    files = (settings.BASE_DIR / "templates" / "components").glob("*.html")
    assert sorted(path.name for path in files if f"components/{path.name}" not in shown) == []


def test_components_are_shown_only_where_the_product_is_built_or_shown(client):
    assert client.get("/design/").status_code == 404


def test_the_home_page_tells_strangers_what_this_is(client):
    html = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert "From an idea in a library to proof that it helped" in html
    assert '<a href="/" aria-current="page">Home</a>' in html


@pytest.mark.parametrize(
    ("theme", "attribute"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("pink", "")]
)
def test_light_or_dark_is_remembered_without_a_script(client, theme, attribute):
    response = client.post("/theme/", {"theme": theme, "next": "/design/"})
    assert (response.status_code, response["Location"]) == (302, "/design/")
    html = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert f'<html lang="en"{attribute}>' in html


def test_the_system_decides_again_when_asked(client):
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": ""})
    assert "data-theme" not in client.get("/").content.decode()


def test_a_choice_never_leads_away_from_this_site(client):
    assert client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.test/"})["Location"] == "/"


def test_choosing_a_theme_is_a_post(client):
    assert client.get("/theme/").status_code == 405


def test_an_address_that_never_was_says_what_to_do(client):
    response = client.get("/never/", headers={"accept-language": "en"})
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


def test_a_form_open_too_long_loses_nothing_and_says_how():
    response = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"}, headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "Press Back in your browser" in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "409", "410", "429", "500", "503"])
def test_each_refusal_stands_without_a_request(name):
    with translation.override("en"):
        assert "<h1>" in render_to_string(f"{name}.html")


def test_the_late_comer_learns_who_was_faster():
    from datetime import UTC, datetime

    stale = Stale(by="Vardenė P.", at=datetime(2027, 3, 5, 15, tzinfo=UTC), label="accepted", url="/case/1/")
    with translation.override("en"):
        html = render_to_string("409.html", {"exception": stale, "stale": stale})
    for part in ("Someone was faster", "Vardenė P.", "17:00 Vilnius time", "accepted", 'href="/case/1/"'):
        assert part in html


def test_a_blocked_step_names_its_obstacles():
    blocked = Blocked([Obstacle("bank", "The bank account is not confirmed", "/bank/")])
    with translation.override("en"):
        html = render_to_string("409.html", {"exception": blocked, "stale": None})
    assert '<a href="/bank/">The bank account is not confirmed</a>' in html


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (OperationalError("the server closed the connection"), 503, "We will be back soon"),
        (InterfaceError("connection already closed"), 503, "We will be back soon"),
        (ValueError("a mistake of ours"), 500, "Something broke on our side"),
    ],
)
def test_a_database_that_does_not_answer_is_told_apart_from_a_mistake(rf, fault, status, words):
    try:
        raise fault
    except Exception:
        answer = failure_page(rf.get("/"))
    assert (answer.status_code, answer.get("Retry-After")) == (status, "30" if status == 503 else None)
    assert words in answer.content.decode()


@pytest.mark.logs_error("/my-work/")
@pytest.mark.django_db
def test_a_page_without_a_database_is_a_503_and_not_a_broken_page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("ona@example.test", full_name="Ona"))
    client.raise_request_exception = False

    def gone(*_args):
        raise OperationalError("the server closed the connection unexpectedly")

    with connection.execute_wrapper(gone):
        answer = client.get("/my-work/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


@pytest.mark.logs_error("Invalid HTTP_HOST header")
def test_a_request_for_a_foreign_host_is_refused_before_anybody_knows_who_asks(client):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert (answer.status_code, answer.content.decode().count("<h1")) == (400, 1)
