"""What a search finds, whatever is typed."""

from datetime import timedelta

import pytest
from django.test import Client

from grants.projects.states import ProjectState
from reporting.search.language import parse
from reporting.search.selectors import projects_found
from tests.grants.calls.makers import WHILE_OPEN, member, organisation, person
from tests.grants.projects.makers import Cast
from workflows import clock
from workflows.services import perform

S = ProjectState
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    with clock.replaced(WHILE_OPEN):
        yield Cast()


def found(text, user):
    """The titles that a search of projects finds."""
    return [project.title for project in projects_found(parse(text), user, clock.now())]


def test_words_are_found_without_lithuanian_letters(cast):
    cast.project(title="Žąsų ėjimas į šventę")
    cast.project(title="Kita")
    for words in ("zasu", "ŽĄSŲ", "ejimas i svente", "sventę eji"):
        assert found(words, cast.team) == ["Žąsų ėjimas į šventę"]
    assert found("zasu kita", cast.team) == []


def test_a_per_cent_sign_is_a_sign_and_no_wildcard(cast):
    cast.project(title="Puse")
    assert found("%", cast.team) == []
    assert found("_", cast.team) == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("stage:call", ["draft"]),
        ("stage:selection", ["assessed", "reserve"]),
        ("etapas:atranka", ["assessed", "reserve"]),
        ("state:reserve", ["reserve"]),
        ("-stage:call -state:reserve", ["assessed"]),
        ("is:unassigned", ["assessed"]),
        ("stage:nowhere", []),
        ("older:soon", []),
        ("org:zuvedru", ["assessed"]),
        ('org:"ąžuolupio viešoji"', ["draft"]),
        ("call:bp-2027-1", ["draft", "assessed", "reserve"]),
        ("call:bp-2027", []),
    ],
)
def test_conditions_narrow_what_is_found(cast, text, titles):
    cast.project(title="draft")
    for state, name, title in ((S.SELECTION, "Žuvėdrų", "assessed"), (S.RESERVE, "Gervių", "reserve")):
        library = organisation(name=f"{name} biblioteka")
        cast.project(state, library=library, by=member(library), title=title)
    assert found(text, cast.coordinator) == titles


def test_older_counts_days_in_the_present_state(cast):
    cast.project(title="old")
    with clock.replaced(clock.now() + timedelta(days=10)):
        assert found("older:9", cast.coordinator) == ["old"]
        assert found("older:11", cast.coordinator) == []
        assert found("-older:11", cast.coordinator) == ["old"]


def test_a_project_on_hold_is_found_by_it(cast):
    held, _other = cast.project(S.SELECTION, title="held"), cast.project(title="other")
    perform(held, "hold", by=cast.head, note="Laukiame")
    assert found("is:held", cast.coordinator) == ["held"]
    assert found("-is:held", cast.coordinator) == ["other"]


def test_a_value_that_is_not_understood_is_said_with_what_is(client, cast):
    client.force_login(cast.coordinator)
    html = client.get("/search/?q=stage:nowhere&kind=projects").content.decode()
    assert "“nowhere” is not one of: call, application, selection, implementation, evaluation." in html
    assert "Nothing was found" in html


def test_a_search_of_everything_shows_kinds_with_their_numbers(client, cast):
    for number in range(7):
        cast.project(title=f"Knyga {number}")
    client.force_login(cast.coordinator)
    html = client.get("/search/?q=knyga").content.decode()
    assert 'Projects <span class="soft">7</span>' in html
    assert "Show all 7" in html
    assert html.count("Knyga ") == 5


def test_strangers_find_calls_and_organisations_only(cast):
    cast.project(title="Ąžuolo knyga")
    html = Client().get("/search/?q=azuol", headers={"accept-language": "en"}).content.decode()
    assert "Ąžuolupio viešoji biblioteka" in html
    assert "Ąžuolo knyga" not in html
    assert "is:" not in html


@pytest.mark.parametrize(
    ("query", "status"), [("q=" + "a" * 201, 400), ("q=a&kind=spaceships", 400), ("q=a&kind=projects&page=99", 200)]
)
def test_whatever_stands_in_the_address_the_page_answers(client, cast, query, status):
    cast.project(title="a")
    client.force_login(cast.coordinator)
    response = client.get(f"/search/?{query}")
    assert response.status_code == status
    assert response.content.decode().count('value="') >= 1


def test_what_is_typed_stays_in_the_box(client):
    reader = person()
    client.force_login(reader)
    assert 'value="&lt;b&gt;knyga"' in client.get("/search/?q=<b>knyga").content.decode()
