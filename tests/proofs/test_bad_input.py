"""Every control of every form with everything that a hasty or hostile hand sends, and every parameter alone."""

import pytest

from tests.grants.hostile import QUERIES, pages_of
from tests.grants.test_bad_input import (  # noqa: F401
    ROLES,
    ROUTES,
    ask_hostile_paths,
    ask_hostile_queries,
    client_of,
    faults,
    forms_to_send,
    hostile_forms,
    parameters_of,
    send,
)


@pytest.mark.proof
@pytest.mark.parametrize("role", ROLES)
def test_no_form_is_an_error_and_nothing_typed_is_lost(role, world, faults, record_figure):  # noqa: F811
    client, forms, sent = client_of(world, role), list(forms_to_send(world, role)), 0
    for form in forms:
        for what, data, typed in hostile_forms(form):
            send(client, form, what, data, typed, role, faults)
            sent += 1
    record_figure(f"bad forms sent as {role}, of {len(forms)} forms", sent, "no error, nothing lost")


@pytest.mark.proof
@pytest.mark.parametrize("role", ROLES)
def test_no_parameter_is_an_error(role, world, faults, record_figure):  # noqa: F811
    client, asked = client_of(world, role), 0
    for where, page in list(pages_of(world, role)):
        for name in parameters_of(where, page):
            ask_hostile_queries(client, role, where, [name], QUERIES, faults)
            asked += 2 * len(QUERIES)
    record_figure(f"addresses with bad parameters asked for as {role}", asked, "no error")


@pytest.mark.proof
@pytest.mark.parametrize("role", ROLES)
def test_no_such_thing_is_an_error(role, world, faults, record_figure):  # noqa: F811
    asked = sum(ask_hostile_paths(world, role, route, faults) for route, words in ROUTES.items() if words)
    record_figure(f"addresses of things that never were asked for as {role}", asked, "one page says so")
