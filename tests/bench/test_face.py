"""What a page costs: questions to the database whatever there is, and bytes until it is seen."""

import gzip
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.accounts.models import User
from grants.organisations.models import Membership, Organisation
from grants.projects.states import ProjectState as S
from grants.selection.models import Evaluator
from tests.grants.addresses import routes
from workflows import clock

pytestmark = pytest.mark.bench

FEW, MANY = 45, 1000
MOST_QUERIES = 15
MOST_HTML, MOST_ASSETS = 150 * 1024, 120 * 1024
FUNDERS = ("coordinator", "head", "finance", "auditor", "administrator")
STATES = (
    S.IMPLEMENTATION, S.CALL, S.SELECTION, S.IMPLEMENTATION, S.APPLICATION, S.EVALUATION, S.DECLINED, S.CLOSED,
    S.RESERVE,
)  # fmt: skip


class Assets(HTMLParser):
    """The stylesheets and scripts that a page names, and which of the scripts are waited for."""

    def __init__(self, html):
        super().__init__()
        self.styles, self.scripts, self.blocking = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "link" and known.get("rel") == "stylesheet":
            self.styles.append(known["href"])
        if tag == "script" and "src" in known:
            self.scripts.append(known["src"])
            if "defer" not in known and "async" not in known and known.get("type") != "module":
                self.blocking.append(known["src"])


def packed(address):
    """The bytes of a file of ours as it travels."""
    return len(gzip.compress(Path(finders.find(address.removeprefix("/static/"))).read_bytes()))


@pytest.fixture
def everybody(story):
    """One person of each kind: the applicant acts for every library, so that all projects are theirs."""
    people = {role: story.people.staff(role if role != "administrator" else "admin") for role in FUNDERS}
    people["applicant"] = story.cast.team
    people["evaluator"] = story.people.person("evaluator", "Evalda Evaldaitė")
    Evaluator.objects.create(call=story.cast.call, user=people["evaluator"], added_at=clock.now())
    return people


def add_projects(story, first, last):
    """Projects number first to last, each of a library of its own, spread over the states of a life."""
    libraries = Organisation.objects.bulk_create(
        Organisation(code=f"B-{n}", kind="municipal", name=f"Biblioteka {n}", invented=True) for n in range(first, last)
    )
    Membership.objects.bulk_create(
        Membership(organisation=library, user=story.cast.team, role="submitter") for library in libraries
    )
    story.cast.team = User.objects.get(pk=story.cast.team.pk)  # a person remembers for whom they act
    for library, state in zip(libraries, islice(cycle(STATES), len(libraries)), strict=True):
        story.cast.project(state, library=library)


def addresses_of_lists():
    """Every page that is about no single thing: homes, lists, pictures, search."""
    found = [reverse(name) for name, words in routes().items() if not words and name != "workflows:health"]
    return [*found, "/search/?q=biblioteka"]


def asked_for(person, address):
    """The page for this person, and how many questions it took."""
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    return answer, len(captured)


def test_homes_and_lists_at_45_and_at_1000_projects(story, everybody, record_figure):
    add_projects(story, 0, FEW)
    few = {name: asked_for(person, "/")[1] for name, person in everybody.items()}
    add_projects(story, FEW, MANY)
    heaviest = ("", 0)
    for name, person in everybody.items():
        answer, many = asked_for(person, "/")
        record_figure(f"queries of the {name}'s home at {FEW} and {MANY} projects", f"{few[name]} and {many}",
                      f"≤ {MOST_QUERIES}, the same")  # fmt: skip
        assert (answer.status_code, few[name] <= MOST_QUERIES, many) == (200, True, few[name])
        for address in addresses_of_lists():
            page, _queries = asked_for(person, address)
            if page["Content-Type"].startswith("text/html"):
                heaviest = max(heaviest, (f"{address} of the {name}", len(page.content)), key=lambda one: one[1])
    record_figure(f"heaviest page at {MANY} projects: {heaviest[0]}", f"{heaviest[1] / 1024:.0f} KiB", "≤ 150 KiB")
    assert heaviest[1] <= MOST_HTML


def test_the_first_view_of_the_public_page(story, record_figure):
    answer = Client().get("/")
    assets = Assets(answer.content.decode())
    weight = sum(packed(address) for address in [*assets.styles, *assets.scripts])
    record_figure("stylesheets and scripts of the public page, packed", f"{weight / 1024:.0f} KiB", "≤ 120 KiB")
    record_figure("requests of it that block the first view", f"{len(assets.styles) + len(assets.blocking)}", "≤ 1")
    assert weight <= MOST_ASSETS
    assert (len(assets.styles), assets.blocking) == (1, [])
