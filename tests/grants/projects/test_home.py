"""What projects show on the home page: the team's own, and for staff each call under way in numbers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.projects.home import calls_in_hand, own_projects
from grants.projects.states import ProjectState
from tests.grants.calls.makers import WHILE_OPEN, person
from tests.grants.projects.makers import Cast
from workflows import clock

pytestmark = pytest.mark.django_db
S = ProjectState


@pytest.fixture(autouse=True)
def _while_open():
    with clock.replaced(WHILE_OPEN):
        yield


def test_a_team_sees_its_projects_but_not_those_that_are_over():
    cast = Cast()
    assert own_projects(cast.team) == {}
    draft, over = cast.project(), cast.project(S.WITHDRAWN)
    shown = own_projects(cast.team)
    assert ([row["project"] for row in shown["rows"]], shown["total"]) == ([draft], 1)
    assert over.state == S.WITHDRAWN
    assert own_projects(cast.coordinator) == {}


def test_staff_see_each_call_under_way_with_its_projects_counted():
    cast = Cast()
    cast.project()
    cast.project(S.SELECTION)
    [row] = calls_in_hand(cast.coordinator)["rows"]
    assert row["call"] == cast.call
    counted = {cell["url"].rpartition("=")[2]: cell["n"] for cell in row["cells"] if cell["n"]}
    assert counted == {"call": 1, "selection": 1}
    assert calls_in_hand(cast.team) == {}


def test_the_numbers_cost_the_same_for_one_project_and_for_three():
    cast, counts = Cast(), []
    for more in (1, 2):
        for _time in range(more):
            cast.project()
        reader = person("coordinator")
        with CaptureQueriesContext(connection) as queries:
            calls_in_hand(reader)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_home_page_leads_to_both(client):
    cast = Cast()
    project = cast.project(title="Knyga kaime")
    client.force_login(cast.team)
    assert f'href="{project.get_absolute_url()}">Knyga kaime</a>' in client.get("/").content.decode()
    client.force_login(cast.coordinator)
    assert f"/projects/?call={cast.call.pk}&amp;state=call" in client.get("/").content.decode()
