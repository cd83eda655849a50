"""Every number of every home opens exactly its rows."""

import pytest
from django.test import Client

from tests.fixtures.world import undone
from tests.reporting.homes.reading import numbers_on, rows_at

pytestmark = pytest.mark.django_db
ROLES = (
    "nobody", "viewer", "admin", "evaluator_cleared", "evaluator_asked", "coordinator", "excluded_coordinator",
    "finance", "head", "auditor", "administrator",
)  # fmt: skip
AT_LEAST = {"coordinator": 12, "head": 10, "auditor": 6, "admin": 4, "administrator": 2, "finance": 1}
"""So many numbers a home has in this world, so that the test does not pass on an empty page."""


@pytest.fixture(scope="module")
def open_world(world_database):
    with undone():
        yield world_database


@pytest.mark.parametrize("role", ROLES)
def test_every_number_opens_exactly_its_rows(open_world, role):
    client = Client()
    client.force_login(open_world.person(role))
    found = numbers_on(client.get("/").content.decode())
    assert len(found) >= AT_LEAST.get(role, 0)
    assert {url: rows_at(client, url) for url, _n in found} == dict(found)


def test_every_number_for_strangers_opens_exactly_its_rows(open_world):
    client = Client()
    found = numbers_on(client.get("/").content.decode())
    assert {url: rows_at(client, url) for url, _n in found} == dict(found)


@pytest.mark.parametrize("role", ["coordinator", "head", "auditor", "finance"])
def test_a_sum_of_money_opens_a_page_that_the_reader_may_see(open_world, role):
    client = Client()
    client.force_login(open_world.person(role))
    html = client.get("/").content.decode()
    addresses = {part.split('"')[0].replace("&amp;", "&") for part in html.split('href="')[1:]}
    for url in (url for url in addresses if url.startswith("/money/")):
        assert client.get(url).status_code == 200
