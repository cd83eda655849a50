"""Pages of projects: what each reader is shown, what stays hidden, and how much is asked of the database."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.organisations.models import Municipality
from grants.projects import services
from grants.projects.models import Project
from grants.projects.pages import PANELS, RECENT
from grants.projects.states import ProjectState
from tests.grants.calls.makers import WHILE_OPEN, member, organisation, person
from tests.grants.projects.makers import Cast, fresh
from workflows import clock, registry
from workflows.panels import Panel

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


def test_the_facts_of_an_awarded_project_are_all_named(client, three):
    cast, made = three
    project = made[2]
    Project.objects.filter(pk=project.pk).update(
        starts_on="2027-06-01", ends_on="2028-05-31", requested_amount=Decimal("25000.00")
    )
    services.hold_project(project=project, by=cast.head, note="Gaisras")
    page = page_of(client, project, cast.head)
    for words in [
        "EUR\N{NO-BREAK SPACE}25,000",
        "EUR\N{NO-BREAK SPACE}23,650",
        "Period",
        "On hold since",
        "Municipality",
    ]:
        assert words in page, words


def test_an_ended_project_says_how_it_ended_under_its_stage(client):
    cast = Cast()
    assert "withdrawn" in page_of(client, cast.project(S.WITHDRAWN), cast.team)


def test_messages_are_read_by_staff_and_by_those_who_got_them(client):
    from grants.calls.services import suspend_call
    from workflows.models import Message

    cast = Cast()
    project = cast.project()
    other = member(cast.library)
    suspend_call(call=cast.call, by=cast.head, note="Gedimas")
    Message.objects.filter(to_user=cast.team).update(case=project.case)
    pages = [page_of(client, project, user) for user in (cast.head, cast.team, other)]
    assert ["A call has changed" in page for page in pages] == [True, True, False]


def test_the_history_names_the_thing_and_what_it_became(client):
    cast = Cast()
    page = page_of(client, cast.project(S.APPLICATION), cast.coordinator)
    assert "<b>Project: being checked</b>" in page


def test_a_long_history_shows_its_last_steps_and_the_way_to_the_rest(client):
    cast = Cast()
    project = cast.project(S.APPLICATION)
    for _time in range(4):
        services.hold_project(project=project, by=cast.coordinator, note="wait")
        services.resume_project(project=project, by=cast.coordinator, note="go on")
    page = page_of(client, project, cast.coordinator)
    assert page.count('<span class="when">') == RECENT
    assert "Show 2 earlier events" in page
    whole = client.get(f"/projects/{project.pk}/?history=all").content.decode()
    assert whole.count('<span class="when">') == RECENT + 2
    assert "earlier event" not in whole


def test_resume_is_not_offered_where_nothing_is_on_hold(client):
    cast = Cast()
    page = page_of(client, cast.project(S.APPLICATION), cast.coordinator)
    assert "/hold/" in page
    assert "The project is not on hold" not in page


def test_a_project_on_hold_offers_to_resume_it_and_not_to_hold_it_again(client):
    cast = Cast()
    project = cast.project(S.APPLICATION)
    services.hold_project(project=project, by=cast.coordinator, note="wait")
    page = page_of(client, project, cast.coordinator)
    assert f"/step/grants.project/{project.pk}/resume/" in page
    assert 'aria-describedby="step-hold"' not in page
