"""A home costs the same for one project under way and for three, and at most twelve queries with the clock's."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.accounts.models import User
from grants.organisations.models import Membership

pytestmark = pytest.mark.django_db
MOST = 11
"""The story's clock asks no database; outside of tests its reading is the twelfth query."""

FUNDERS = ("coordinator", "head", "finance", "auditor", "admin")
LISTS = ("/deadlines/", "/search/?q=biblioteka", "/search/?q=stage:implementation&kind=projects")


def queries(reader, url="/"):
    client = Client()
    client.force_login(User.objects.get(pk=reader.pk))
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def carried_out(story, project):
    """From the application to a signed agreement."""
    story.accepted(project)
    story.awarded(project, 14_000)
    story.signed(project, date(2027, 6, 1), date(2027, 12, 31))


@pytest.fixture
def three(retold):
    """A call with three applications of one team, which is the team of their three libraries."""
    story = retold
    call, people = story.call(), story.people
    projects, director = [], None
    for number in range(1, 4):
        library = people.library(f"PVZ-0{number}", f"Biblioteka {number}")
        director = people.member(library, "director", "Vardenė Pavardenė")
        projects.append(story.applied(call, library, director))
    story.evaluator(call)
    story.closed(call)
    return story, projects, director


def readers(story, director):
    people = [story.people.staff(key) for key in FUNDERS]
    return {person.email: person for person in [*people, director, story.people.known["evaluator"]]}


def test_homes_and_lists_cost_the_same_for_one_project_under_way_and_for_three(three):
    story, projects, director = three
    everybody = readers(story, director)
    coordinator = story.people.staff("coordinator")
    counts = []
    for some in (projects[:1], projects[1:]):
        for project in some:
            carried_out(story, project)
        costs = {email: queries(person) for email, person in everybody.items()}
        counts.append(costs | {url: queries(coordinator, url) for url in LISTS})
    assert counts[0] == counts[1]
    assert {name: n for name, n in counts[1].items() if n > MOST} == {}


def test_somebody_with_two_roles_costs_one_query_more(three):
    story, projects, _director = three
    both = story.people.staff("coordinator")
    alone = queries(both)
    Membership.objects.create(organisation=projects[0].organisation, user=both, role="editor")
    assert queries(both) == alone + 1
