"""Every address × role × method, by a table written out by hand; an address that is not in it fails.

What is answered is read for every secret that is not for the reader, too.
"""

import csv
import logging
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests.fixtures.world import undone
from tests.grants.addresses import THINGS, address, address_of_nothing, routes
from tests.grants.confidences import not_for, plant
from tests.grants.walking import body_of, text_of

FILE = Path(__file__).parent / "url_matrix.csv"
ROUTES = routes()
ROLES = (
    "signed_out", "nobody", "other_admin", "viewer", "admin", "evaluator_cleared", "evaluator_asked",
    "evaluator_unassigned", "coordinator", "excluded_coordinator", "finance", "head", "auditor", "administrator",
)  # fmt: skip
NAMED = sorted(name for name, words in ROUTES.items() if words)
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE)", re.IGNORECASE)
OWN_TABLES = ("django_session", "usersessions_usersession", "workflows_heartbeat", "cache")
"""What signing in and looking may write."""


EMPTY_FORM = {"csrfmiddlewaretoken": "as-every-form-sends-one"}


def expected() -> dict[tuple[str, str], dict[str, int]]:
    """(route, method) -> role -> status."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            (row["route"], row["method"]): {role: int(row[role]) for role in ROLES} for row in csv.DictReader(lines)
        }


TABLE = expected()


@pytest.fixture(scope="module")
def clients(world_database):
    """Role -> a client signed in as its person, for as long as the module lasts."""
    requests = logging.getLogger("django.request")
    level, found = requests.level, {}
    requests.setLevel(logging.ERROR)  # a refusal is what is asked for here; writing down each costs a third of the time
    with undone():
        plant(world_database)
        for role in ROLES:
            found[role] = Client()
            if role != "signed_out":
                found[role].force_login(world_database.person(role))
        yield found
    requests.setLevel(level)


@contextmanager
def written():
    """A list of what is written to the database inside, less what looking may write."""
    found = []

    def watch(execute, sql, params, many, context):
        if WRITING.match(sql) and not any(name in sql for name in OWN_TABLES):
            found.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def test_every_address_of_the_product_is_in_the_table():
    assert sorted({route for route, _method in TABLE}) == sorted(ROUTES)
    assert sorted(TABLE) == sorted((route, method) for route in ROUTES for method in ("GET", "POST"))
    assert sorted(THINGS) == NAMED


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_reading_and_changing_answer_as_the_table_says(route, world, clients, error_logs):
    where, wrong = address(world, route, ROUTES[route]), []
    for role, client in clients.items():
        for method in ("GET", "POST"):
            with undone(), written() as changes:
                answer = client.post(where, EMPTY_FORM) if method == "POST" else client.get(where)
                told = not_for(role, text_of(answer))
            said = TABLE[route, method][role]
            if answer.status_code != said:
                wrong.append(f"{method} as {role}: table {said}, answer {answer.status_code}")
            if role != "signed_out" and not re.search("private|no-store", answer.headers.get("Cache-Control", "")):
                wrong.append(f"{method} as {role}: may be kept by a cache on the way")
            if told:
                wrong.append(f"{method} as {role} tells what is not for them: {sorted(told)}")
            if method == "GET" and changes:
                wrong.append(f"GET as {role} writes: {changes}")
            if answer.status_code in {401, 403, 404, 405} and changes:
                wrong.append(f"{method} as {role} is refused and writes all the same: {changes}")
    if route == "workflows:health":
        error_logs.take("Service Unavailable: /health")
    assert wrong == []


@pytest.mark.parametrize("route", NAMED)
def test_what_is_hidden_answers_like_what_never_was(route, world, clients):
    where, nothing = address(world, route, ROUTES[route]), address_of_nothing(route, ROUTES[route])
    huge = address_of_nothing(route, ROUTES[route], huge=True)
    method = "POST" if TABLE[route, "GET"]["coordinator"] == 405 else "GET"
    for role in ("other_admin", "excluded_coordinator", "coordinator"):
        client, said = clients[role], TABLE[route, method][role]
        with undone():
            never = client.generic(method, nothing)
            assert never.status_code in {404, said} & {404, 403, 405, 410}, (role, never.status_code)
            if huge != nothing:
                assert client.generic(method, huge).status_code == never.status_code, role
            if said == 404:
                assert body_of(client.generic(method, where)) == body_of(never), role


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_nothing_is_changed_without_the_token(route, world, clients):
    where = address(world, route, ROUTES[route])
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(clients["head"].cookies)
    assert client.post(where).status_code in {403, 405}
