"""Calls, people and money for tests of calls and of the rooms after them; everything goes through services."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from grants.accounts.models import RoleGrant, User
from grants.calls import services
from grants.calls.states import CallState
from grants.money.models import FundingSource
from grants.money.services import load_sources, open_funding
from grants.money.states import FundingStage
from grants.organisations.models import Membership, Organisation
from workflows import clock
from workflows.actors import SYSTEM
from workflows.models import Exclusion

DATA = Path(settings.BASE_DIR) / "grants" / "calls" / "data"
BEFORE = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
"""Before either example call is published."""
WHILE_OPEN = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)
AFTER_CLOSE = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
GRANT, CONTEST = "bp-2027-1", "nom-2027"


def document(name=GRANT):
    """A fresh copy of a shipped call document."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


_people = iter(range(100_000))


def person(role="", **fields):
    """A person with a role for the funder."""
    name = role or "person"
    fields.setdefault("language", "en")
    user = User.objects.create_user(
        f"{name}{next(_people)}@pavyzdys.test", full_name=fields.pop("full_name", name.title()), **fields
    )
    if role:
        RoleGrant.objects.create(user=user, role=role)
    return user


def organisation(kind="municipal", name="Ąžuolupio viešoji biblioteka", **fields):
    return Organisation.objects.create(code=f"T-{next(_people)}", kind=kind, name=name, invented=True, **fields)


def member(of, role="submitter"):
    """A person who acts for an organisation."""
    user = person()
    Membership.objects.create(organisation=of, user=user, role=role)
    return user


def exclude(user, case_id):
    return Exclusion.objects.create(case_id=case_id, user=user, since=clock.now(), code="kinship")


def fund(call, amount="900000"):
    """Put money behind a call."""
    load_sources()
    head = person("head")
    funding = open_funding(
        source=FundingSource.objects.order_by("order").first(), year=2027, programme_code=call.code,
        stage=FundingStage.CONFIRMED, amount=Decimal(amount), by=SYSTEM,
    )  # fmt: skip
    services.set_fundings(call=call, amounts={funding: Decimal(amount)}, by=head)


def call_in(state=CallState.OPEN, name=GRANT, **changes):
    """An example call, walked by its own steps to a state; `changes` replace parts of the document's call."""
    text = document(name)
    text["call"].update(changes)
    call = services.load_call(text, by=SYSTEM).call
    walk_call(call, state)
    call.refresh_from_db()
    return call


ROUTES = {
    CallState.DRAFT: (),
    CallState.CANCELLED: ("cancel",),
    CallState.SCHEDULED: ("schedule",),
    CallState.OPEN: ("schedule", "open"),
    CallState.SUSPENDED: ("schedule", "open", "suspend"),
    CallState.CLOSED: ("schedule", "open", "close"),
    CallState.DECIDING: ("schedule", "open", "close", "begin_deciding"),
    CallState.DECIDED: ("schedule", "open", "close", "begin_deciding", "decide"),
    CallState.ARCHIVED: ("schedule", "open", "close", "begin_deciding", "decide", "archive"),
}


def walk_call(call, state):
    """Take the steps that lead from a draft to a state, each at its time."""
    head = person("head")
    steps = {
        "schedule": lambda: services.schedule_call(call=call, by=head),
        "cancel": lambda: services.cancel_call(call=call, by=head, note="Nėra lėšų"),
        "open": lambda: services.open_call(call=call, by=SYSTEM),
        "suspend": lambda: services.suspend_call(call=call, by=head, note="Sistemos gedimas"),
        "close": lambda: services.close_call(call=call, by=SYSTEM),
        "begin_deciding": lambda: services.begin_deciding(call=call, by=head),
        "decide": lambda: services.decide_call(call=call, by=head),
        "archive": lambda: services.archive_call(call=call, by=head),
    }
    if "schedule" in ROUTES[state] and call.terms.grants_money:
        with clock.replaced(BEFORE):
            fund(call)
    for name in ROUTES[state]:
        moment = {"schedule": BEFORE, "cancel": BEFORE, "open": call.opens_at, "suspend": call.opens_at}.get(name)
        with clock.replaced(moment or call.closes_at + timedelta(days=1)):
            steps[name]()
