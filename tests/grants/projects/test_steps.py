"""The verbs of a project, as services and on the pages that ask for more than a reason."""

from decimal import Decimal

import pytest

from grants.projects import services
from grants.projects.models import Project
from grants.projects.states import ProjectState
from tests.grants.calls.makers import WHILE_OPEN, person
from tests.grants.projects.makers import Cast, fresh
from workflows import clock

pytestmark = pytest.mark.django_db
S = ProjectState


@pytest.fixture(autouse=True)
def _while_open():
    with clock.replaced(WHILE_OPEN):
        yield


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


LATER_STEPS = [
    ("complete_project", S.IMPLEMENTATION, S.EVALUATION),
    ("reopen_implementation", S.EVALUATION, S.IMPLEMENTATION),
    ("close_project", S.EVALUATION, S.CLOSED),
    ("terminate_project", S.IMPLEMENTATION, S.TERMINATED),
]


@pytest.mark.parametrize(("name", "before", "after"), LATER_STEPS)
def test_each_verb_takes_its_step(name, before, after):
    cast = Cast()
    project = cast.project(before)
    getattr(services, name)(project=project, by=cast.head, note="Priežastis")
    assert project.state == after


def test_a_draft_is_given_up_by_its_team_and_described_by_nobody_else():
    from workflows.exceptions import NotPermitted, Refused

    cast = Cast()
    project = cast.project()
    with pytest.raises(NotPermitted):
        services.describe_project(project=project, by=cast.head, title="Kita")
    with pytest.raises(Refused):
        services.describe_project(project=project, by=cast.team, requested_amount=Decimal("-1.00"))
    services.abandon_project(project=project, by=cast.team)
    assert project.state == S.ABANDONED
