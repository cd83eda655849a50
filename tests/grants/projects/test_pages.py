"""Pages of projects: what each reader is shown, what stays hidden, and how much is asked of the database."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.calls.panels import Panel
from grants.organisations.models import Municipality
from grants.projects import services
from grants.projects.models import Project
from grants.projects.pages import PANELS
from grants.projects.states import ProjectState
from tests.grants.calls.makers import WHILE_OPEN, member, organisation, person
from tests.grants.projects.makers import Cast, fresh
from workflows import clock, registry

pytestmark = pytest.mark.django_db
S = ProjectState


@pytest.fixture(autouse=True)
def _without_later_panels(monkeypatch):
    monkeypatch.setattr(registry, "_contributions", {})
    with clock.replaced(WHILE_OPEN):
        yield


def page_of(client, project, user):
    client.force_login(user)
    answer = client.get(f"/projects/{project.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_team_reads_whose_turn_it_is_and_what_it_can_do(client):
    cast = Cast()
    page = page_of(client, cast.project(title="Skaitmeninės dirbtuvės"), cast.team)
    for words in [
        "Skaitmeninės dirbtuvės",
        "BP-2027-1-0001",
        "Your turn",
        "since",
        "23\N{NO-BREAK SPACE}days left",
        "Submit",
        "Facts",
    ]:
        assert words in page, words
    assert "Accept for assessment" not in page


def test_staff_read_that_it_is_the_applicants_turn(client):
    cast = Cast()
    page = page_of(client, cast.project(), cast.coordinator)
    assert "turn--you" not in page
    assert "Applicant" in page


def test_a_blocked_step_says_why(client):
    cast = Cast()
    project = cast.project()
    from workflows.services import perform

    perform(cast.call, "suspend", by=cast.head, note="Gedimas")
    page = page_of(client, project, cast.team)
    assert "The call is suspended for now." in page
    assert "Not possible yet:" in page


def test_steps_that_the_calls_rules_do_not_have_are_not_offered(client):
    cast = Cast()
    page = page_of(client, cast.project(), cast.head)
    assert "Allocate" not in page


def test_reasons_and_names_of_the_funders_people_are_for_staff_only(client):
    cast = Cast()
    project = cast.project(S.APPLICATION)
    coordinator = person("coordinator", full_name="Koordinatorė Rūta")
    services.hold_project(project=project, by=coordinator, note="Slapta priežastis")
    team, staff = page_of(client, project, cast.team), page_of(client, project, cast.head)
    assert ("Slapta priežastis" in team, "Koordinatorė Rūta" in team, "the funder" in team) == (False, False, True)
    assert ("Slapta priežastis" in staff, "Koordinatorė Rūta" in staff) == (True, True)


def test_the_words_of_a_state_are_plain_for_the_team_and_exact_for_staff(client):
    cast = Cast()
    project = cast.project(S.RESERVE)
    assert "decision made" in page_of(client, project, cast.team)
    assert "on the reserve list" in page_of(client, project, cast.head)


@pytest.mark.parametrize("url", ["/projects/{pk}/", "/projects/{pk}/allocate/", "/projects/{pk}/invite/"])
def test_another_persons_project_and_one_that_never_was_are_the_same(client, url):
    project = Cast().project()
    client.force_login(member(organisation(name="Kita")))
    assert client.get(url.format(pk=project.pk)).status_code == 404
    assert client.get(url.format(pk=999_999)).status_code == 404


@pytest.mark.parametrize("url", ["/projects/", "/projects/mine/", "/projects/1/"])
def test_projects_ask_for_a_sign_in(client, url):
    assert client.get(url).status_code == 302


def test_a_panel_of_a_later_room_is_shown_to_those_it_is_for(client, monkeypatch):
    cast = Cast()
    project = cast.project()
    notes = "components/status.html"
    panel = Panel(notes, lambda p, user: {"number": p.number}, visible=lambda user: user.pk == cast.head.pk)
    hidden = Panel("no/such/template.html", lambda p, user: {})
    monkeypatch.setattr(registry, "_contributions", {PANELS: [(1, panel), (2, hidden)]})
    from grants.projects.pages import project_page

    assert [p.values for p in project_page(fresh(project), cast.head)["panels"]] == [{"number": project.number}]
    assert project_page(fresh(project), cast.team)["panels"] == []


def list_for(client, user, query="", url="/projects/"):
    client.force_login(user)
    answer = client.get(url + query)
    assert answer.status_code == 200
    return {row["project"].number for row in answer.context["rows"]}


@pytest.fixture
def three():
    """Three projects of three libraries in two municipalities and three states."""
    from grants.organisations.services.reference import load_reference

    load_reference()
    cast = Cast()
    places = Municipality.objects.order_by("code")[:2]
    made = []
    for title, state, place in [
        ("Žalioji palangė", S.CALL, places[0]),
        ("Skaitmeninės dirbtuvės", S.SELECTION, places[0]),
        ("Gyvoji istorija", S.IMPLEMENTATION, places[1]),
    ]:
        library = organisation(name=f"{title} biblioteka", municipality=place)
        made.append(cast.project(state, library, member(library), title))
    return cast, made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"0001", "0002", "0003"}),
        ("?text=zalioji+palange", {"0001"}),
        ("?text=ŽALIOJI", {"0001"}),
        ("?text=bp-2027-1-0002", {"0002"}),
        ("?text=istorija+biblioteka", {"0003"}),
        ("?text=%00", {"0001", "0002", "0003"}),
        ("?state=selection", {"0002"}),
        ("?state=nonsense", {"0001", "0002", "0003"}),
        ("?call=999999", {"0001", "0002", "0003"}),
        ("?page=zzz", {"0001", "0002", "0003"}),
    ],
)
def test_the_list_is_narrowed(client, three, query, found):
    cast, _made = three
    assert {number[-4:] for number in list_for(client, cast.coordinator, query)} == found


def test_the_list_is_narrowed_by_municipality_and_call(client, three):
    cast, made = three
    place = made[2].organisation.municipality_id
    assert list_for(client, cast.head, f"?municipality={place}&call={cast.call.pk}") == {made[2].number}


def test_a_team_finds_its_own_projects_only(client, three):
    _cast, made = three
    user = member(made[0].organisation, "viewer")
    assert list_for(client, user) == {made[0].number}
    assert list_for(client, user, url="/projects/mine/") == {made[0].number}


def test_a_newcomer_is_shown_the_way_to_the_calls(client):
    client.force_login(person())
    assert 'href="/calls/"' in client.get("/projects/").content.decode()


def test_lists_and_pages_ask_no_more_with_three_projects_than_with_one(client):
    cast = Cast()
    project = cast.project(S.APPLICATION)
    client.force_login(cast.coordinator)
    urls = ["/projects/", "/projects/mine/", f"/projects/{project.pk}/"]
    once = [_queries(client, url) for url in urls]
    for number in range(2):
        library = organisation(name=f"Biblioteka {number}")
        cast.project(S.APPLICATION, library, member(library))
    assert [_queries(client, url) for url in urls] == once
    assert max(once[:2]) <= 12, once
    assert once[2] <= 20, once  # with what guards of later rooms ask


def _queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_money_is_allocated_on_a_page_where_the_rules_have_that(client):
    cast = Cast()
    cast.rules(allocation=True)
    project = cast.project()
    client.force_login(cast.head)
    url = f"/projects/{project.pk}/allocate/"
    assert url in client.get(f"/projects/{project.pk}/").content.decode()
    assert client.post(url, {"amount": "daug", "note": "x"}).status_code == 400
    assert client.post(url, {"amount": "0", "note": "x"}).status_code == 400
    assert client.post(url, {"amount": "1 500,00", "note": "Įsakymas"}).status_code == 302
    assert (fresh(project).state, fresh(project).awarded_amount) == (S.IMPLEMENTATION, Decimal("1500.00"))


def test_an_allocation_against_the_rules_is_refused_and_keeps_what_was_typed(client):
    cast = Cast()
    project = cast.project()
    client.force_login(cast.head)
    answer = client.post(f"/projects/{project.pk}/allocate/", {"amount": "1500", "note": "Įsakymas"})
    assert (answer.status_code, "Įsakymas" in answer.content.decode()) == (400, True)
    assert "This call is a competition" in answer.content.decode()


def test_a_full_proposal_is_invited_on_a_page(client):
    cast = Cast()
    cast.rules(two_stages=True)
    project = cast.project(S.SELECTION)
    client.force_login(cast.coordinator)
    url = f"/projects/{project.pk}/invite/"
    assert client.post(url, {"submit_until": "2027-01-01T10:00"}).status_code == 400
    assert client.post(url, {"submit_until": "2027-04-01T17:00"}).status_code == 302
    assert fresh(project).state == S.CALL


@pytest.mark.parametrize(("url", "role"), [("allocate", "coordinator"), ("invite", "auditor")])
def test_a_step_page_is_for_those_who_may_take_it(client, url, role):
    project = Cast().project(S.APPLICATION)
    client.force_login(person(role))
    assert client.get(f"/projects/{project.pk}/{url}/").status_code == 403


def test_a_step_is_taken_on_the_engines_page(client):
    cast = Cast()
    project = cast.project(S.APPLICATION)
    client.force_login(cast.coordinator)
    url = f"/step/grants.project/{project.pk}/hold/"
    assert url in client.get(f"/projects/{project.pk}/").content.decode()
    answer = client.post(url, {"note": "Gaisras", "seen_version": project.version, "key": "k"})
    assert (answer.status_code, answer.url) == (302, f"/projects/{project.pk}/")
    assert fresh(project).held_since == WHILE_OPEN


def test_what_an_application_says_of_itself_is_taken_over():
    cast = Cast()
    project = cast.project(title="")
    services.describe_project(project=project, by=cast.team, title="Žalia", requested_amount=Decimal("100.00"))
    shown = Project.objects.get(pk=project.pk)
    assert (shown.title, shown.case.title, shown.requested_amount) == ("Žalia", "Žalia", Decimal("100.00"))
    assert shown.search_text == "bp-2027-1-0001 | zalia"
