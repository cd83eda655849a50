"""A funder's people, one funding and two cases of one call."""

from decimal import Decimal

import pytest

from grants.accounts.models import User
from grants.accounts.states import Role
from grants.money.services import load_sources, open_funding
from tests.grants.people import person
from workflows.actors import SYSTEM
from workflows.models import Case


@pytest.fixture
def finance(db):
    return person("finance@example.org", Role.FINANCE)


@pytest.fixture
def head(db):
    return person("head@example.org", Role.HEAD)


@pytest.fixture
def coordinator(db):
    return person("coordinator@example.org", Role.COORDINATOR)


@pytest.fixture
def auditor(db):
    return person("auditor@example.org", Role.AUDITOR)


@pytest.fixture
def stranger(db):
    return person("stranger@example.org")


@pytest.fixture
def sources(db):
    return load_sources()


@pytest.fixture
def funding(sources):
    """State money for 2026: 10,000.00 confirmed."""
    return open_funding(
        source=sources["valstybes"], year=2026, amount=Decimal("10000.00"), stage="confirmed", by=SYSTEM
    )


@pytest.fixture
def call_case(db):
    return Case.objects.create(kind="call", number="BP-2026-1", title="Call")


@pytest.fixture
def case(call_case):
    return Case.objects.create(kind="project", number="BP-2026-1-001", title="First", parent=call_case)


@pytest.fixture
def other_case(call_case):
    return Case.objects.create(kind="project", number="BP-2026-1-002", title="Second", parent=call_case)


@pytest.fixture
def english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def english_client(client, finance):
    """The finance officer at a browser, who reads English."""
    User.objects.filter(pk=finance.pk).update(language=User.Language.ENGLISH)
    client.cookies["django_language"] = "en"
    client.force_login(finance)
    return client
