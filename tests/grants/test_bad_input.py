"""Every address and every form under what hasty and hostile hands send: never an error of ours, nothing typed is lost.

Short here, with a sample that a seed chooses; tests/proofs/test_bad_input.py sends everything.
"""

import random
from html import unescape

import pytest

from tests.fixtures.world import undone
from tests.grants.addresses import address, routes
from tests.grants.hostile import (
    ALL_JUNK,
    IDS,
    PARAMETERS,
    QUERIES,
    WORDS,
    Form,
    bad_files,
    forms_of,
    pages_of,
)  # fmt: skip
from tests.grants.walking import body_of, quiet_refusals, signed_in

ROUTES = routes()
SEED, PER_FORM, PER_WORD = 2027, 3, 4
ROLES = ("signed_out", "admin", "evaluator_cleared", "coordinator", "head", "finance", "administrator")
REFUSED_QUIETLY = {302, 303, 400, 403, 404, 405, 409, 410, 413, 429}


@pytest.fixture
def faults(error_logs):
    """Collects what went wrong as sentences; what the product logged about it is told there, not twice."""
    found = []
    with quiet_refusals():
        yield found
    error_logs.take("")
    assert found == []


def client_of(world, role):
    client = signed_in(world, role)
    client.raise_request_exception = False
    return client


def told(answer):
    """The answer in a word for a fault: its status and what was raised."""
    raised = getattr(answer, "exc_info", None)
    return f"{answer.status_code} {raised[0].__name__}: {str(raised[1])[:150]}" if raised else str(answer.status_code)


def short(value):
    return f"{value[:40]!r}…{len(value)}" if isinstance(value, str) and len(value) > 40 else repr(value)


# --- addresses ----------------------------------------------------------------------------------------------------
def hostile_paths(world, route, ids=IDS):
    """The address of a thing with each of its words replaced by what is no such word."""
    good = address(world, route, ROUTES[route])
    parts = good.split("/")
    known = [at for at, part in enumerate(parts) if any(letter.isdigit() for letter in part)]
    for at in known:
        for junk in ids:
            yield "/".join([*parts[:at], junk, *parts[at + 1 :]])


def ask_hostile_paths(world, role, route, faults, ids=IDS):
    """No such path is an error; all that are not found say so in the same words."""
    client, bodies = client_of(world, role), set()
    paths = list(hostile_paths(world, route, ids))
    for path in paths:
        answer = client.get(path)
        answer.getvalue()
        if answer.status_code >= 500:
            faults.append(f"GET {path[:80]} as {role}: {told(answer)}")
        if answer.status_code == 404:
            bodies.add(body_of(answer))
    if len(bodies) > 1:
        faults.append(f"{route} as {role}: {len(bodies)} different pages say that there is nothing")
    return len(paths)


@pytest.mark.parametrize("route", sorted(name for name, words in ROUTES.items() if words))
def test_no_such_thing_is_an_error(route, world, faults):
    ask_hostile_paths(world, "coordinator", route, faults, random.Random(f"{SEED}-{route}").sample(IDS, PER_WORD))


def ask_hostile_queries(client, role, where, names, queries, faults):
    """Every parameter with the same junk, alone and twice."""
    for junk in queries:
        for query in ("&".join(f"{name}={junk}" for name in names), "&".join(f"{n}={junk}&{n}=1" for n in names)):
            answer = client.get(f"{where}?{query}")
            answer.getvalue()
            if answer.status_code >= 500:
                faults.append(f"GET {where}?…={junk[:20]} as {role}: {told(answer)}")


def parameters_of(where, page):
    """The parameters that a page knows of, by its filters, and some that it does not."""
    known = {name for form in forms_of(where, page) if form.method == "get" for name in form.inputs}
    return sorted(known | set(PARAMETERS))


@pytest.mark.parametrize("role", ["signed_out", "coordinator"])
def test_no_parameter_is_an_error(role, world, faults):
    client, chosen = client_of(world, role), random.Random(SEED)
    for where, page in list(pages_of(world, role)):
        names = parameters_of(where, page)
        ask_hostile_queries(client, role, where, names, chosen.sample(QUERIES, 1), faults)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD"])
def test_no_method_is_an_error(method, world, faults):
    client = client_of(world, "coordinator")
    for route, words in ROUTES.items():
        if route != "workflows:health":
            with undone():
                answer = client.generic(method, address(world, route, words))
                answer.getvalue()
            if answer.status_code >= 500:
                faults.append(f"{method} {route}: {told(answer)}")


# --- forms --------------------------------------------------------------------------------------------------------
def hostile_forms(form: Form):
    """(what was done, what is sent, what was typed) for each control missing and each control with each junk."""
    for one in form.inputs.values():
        data = form.untouched()
        data.pop(one.name, None)
        yield f"{one.name} missing", data, {}
        if one.kind == "file":
            for file in bad_files():
                yield f"{one.name} = {file.name[:30]!r}", data | {one.name: file}, {}
            continue
        for junk in ALL_JUNK if one.kind != "textarea" else WORDS:
            typed = {one.name: junk} if one.kind in {"text", "textarea", "email", "number", "search"} else {}
            yield f"{one.name} = {short(junk)}", data | {one.name: [junk]}, typed
        yield f"{one.name} twice", data | {one.name: ["abc", "-1"]}, {}


def send(client, form, what, data, typed, role, faults):
    """Send a form; nothing of ours breaks, and a refusal says why and keeps what was typed."""
    with undone():
        answer = client.post(form.action, data)
        page = answer.getvalue().decode(errors="replace")
    case = f"POST {form.action} as {role}, {what}"
    if answer.status_code >= 500:
        faults.append(f"{case}: {told(answer)}")
    elif answer.status_code in {200, 400} and "html" in answer.headers.get("Content-Type", ""):
        if "error-summary" not in page:
            faults.append(f"{case}: {answer.status_code} without a word of what is wrong")
        elif lost := [name for name, text in typed.items() if not is_kept(text, page)]:
            faults.append(f"{case}: what was typed into {lost} is lost")
    elif answer.status_code not in REFUSED_QUIETLY:
        faults.append(f"{case}: {told(answer)}")


def is_kept(text, page):
    """Whether a page still holds what was typed; blanks and what no text can hold need not be."""
    return not text.strip() or "\x00" in text or text.strip() in unescape(page)


def forms_to_send(world, role):
    """Each form that a role is shown and that changes something, once."""
    seen = set()
    for where, page in pages_of(world, role):
        for form in forms_of(where, page):
            key = (form.action, tuple(sorted(form.inputs)))
            if form.method.lower() == "post" and key not in seen:
                seen.add(key)
                yield form


@pytest.mark.parametrize("role", ROLES)
def test_no_form_is_an_error_and_nothing_typed_is_lost(role, world, faults):
    client, chosen = client_of(world, role), random.Random(f"{SEED}-{role}")
    for form in list(forms_to_send(world, role)):
        everything = list(hostile_forms(form))
        for what, data, typed in chosen.sample(everything, min(PER_FORM, len(everything))):
            send(client, form, what, data, typed, role, faults)
