"""Wherever somebody stands, the page says where: the menu marks the room, or a path leads back to it."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.fixtures.world import undone
from workflows.navigation import BAR, menu_for

pytestmark = pytest.mark.django_db
ROLES = ("admin", "evaluator_cleared", "coordinator", "finance", "head", "auditor", "administrator")
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
MARKED = re.compile(r'<nav class="site__nav".*?aria-current="(page|true)".*?</nav>', re.DOTALL)
NOT_PAGES = re.compile(r"\.(csv|json|pdf|svg)|^/(static|health|media)|/file/|/documents?/|calendar")


@pytest.fixture(scope="module")
def open_world(world_database):
    with undone():
        yield world_database


def pages_of(client, start="/"):
    """One page of every address that links lead to, from the home page on: path and HTML."""
    seen, waiting = set(), [start]
    while waiting:
        url = waiting.pop()
        path = url.partition("?")[0]
        try:
            name = resolve(path).view_name
        except Resolver404:
            continue
        if name in seen or NOT_PAGES.search(path):
            continue
        response = client.get(url)
        if response.status_code != 200 or response.streaming or "html" not in response["Content-Type"]:
            continue
        seen.add(name)
        html = response.content.decode()
        yield path, html
        waiting += [unescape(link) for link in LINK.findall(html)]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_has_a_path_or_a_mark_in_the_menu(open_world, role):
    client = Client()
    client.force_login(open_world.person(role))
    lost, count = [], 0
    for path, html in pages_of(client):
        count += 1
        if not MARKED.search(html) and 'class="crumbs"' not in html:
            lost.append(path)
    assert lost == []
    assert count >= 12


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_the_bar_holds_at_most_five_rooms(open_world, role):
    menu = menu_for(open_world.person(role))
    assert len(menu.bar) <= BAR
    assert menu.bar[0].key == "home"


def test_a_page_of_a_room_leads_back_to_it(open_world):
    client = Client()
    client.force_login(open_world.person("coordinator"))
    html = client.get("/reminders/", headers={"accept-language": "en"}).content.decode()
    assert '<ol><li><a href="/messages/">' in html
