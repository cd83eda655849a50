"""Every control of every form and every parameter of every page, each alone, with what hasty or hostile hands send.

The first role that meets a form or a page sends the most; those after it meet the same code, and send a sample. Which
of the junk each control gets, a seed chooses: over all forms every piece is sent dozens of times.
"""

import random

import pytest

from tests.grants.hostile import QUERIES, pages_of, shape_of
from tests.grants.test_bad_input import (  # noqa: F401
    PER_FORM,
    ROLES,
    ROUTES,
    SEED,
    ask_hostile_paths,
    ask_hostile_queries,
    client_of,
    faults,
    forms_to_send,
    hostile_forms,
    parameters_of,
    send,
)

PER_CONTROL = 8
"""So many of the thirty ways to fill a control wrongly."""


@pytest.fixture(scope="module")
def met():
    """What roles before this one have met: shapes of pages and forms."""
    return set()


def is_new(key, met):
    """Whether nobody has met this before; it is met now."""
    new = key not in met
    met.add(key)
    return new


def chosen_of(form, most):
    """So many of the bad ways to send a form."""
    everything = list(hostile_forms(form))
    return random.Random(f"{SEED}-{form.action}").sample(everything, min(most, len(everything)))


@pytest.mark.proof
@pytest.mark.parametrize("role", ROLES)
def test_no_form_is_an_error_and_nothing_typed_is_lost(role, world, faults, met, record_figure):  # noqa: F811
    client, forms, sent = client_of(world, role), list(forms_to_send(world, role)), 0
    for form in forms:
        new = is_new(("form", shape_of(form.action), *sorted(form.inputs)), met)
        for what, data, typed in chosen_of(form, PER_CONTROL * len(form.inputs) if new else PER_FORM):
            send(client, form, what, data, typed, role, faults)
            sent += 1
    record_figure(f"bad forms sent as {role}, of {len(forms)} forms", sent, "no error, nothing lost")


@pytest.mark.proof
@pytest.mark.parametrize("role", ROLES)
def test_no_parameter_is_an_error(role, world, faults, met, record_figure):  # noqa: F811
    client, asked, chosen = client_of(world, role), 0, random.Random(f"{SEED}-{role}")
    for where, page in list(pages_of(world, role)):
        names = parameters_of(where, page)
        for group in [[name] for name in names] if is_new(("page", shape_of(where)), met) else [names]:
            ask_hostile_queries(client, role, where, group, chosen.sample(QUERIES, 1), faults)
            asked += 2
    record_figure(f"addresses with bad parameters asked for as {role}", asked, "no error")


@pytest.mark.proof
@pytest.mark.parametrize("role", ROLES)
def test_no_such_thing_is_an_error(role, world, faults, record_figure):  # noqa: F811
    asked = sum(ask_hostile_paths(world, role, route, faults) for route, words in ROUTES.items() if words)
    record_figure(f"addresses of things that never were asked for as {role}", asked, "one page says so")
