"""People and organisations for the tests of organisations."""

from collections.abc import Callable

import pytest
from django.core.cache import cache

from grants.accounts import services as accounts
from grants.accounts.models import User
from grants.organisations.models import Municipality, Organisation
from grants.organisations.services.members import add_member
from workflows.actors import SYSTEM


@pytest.fixture(autouse=True)
def _empty_cache(db: None) -> None:
    cache.clear()


@pytest.fixture
def someone(db: None) -> Callable[..., User]:
    """Make a person: someone("rasa", "coordinator", domain="x.lt")."""

    def make(name: str, *roles: str, domain: str = "example.org") -> User:
        person = accounts.open_account(
            email=f"{name}@{domain}",
            full_name=name.title(),
            password="labai-ilgas-slaptazodis",
            by=SYSTEM,
            language="en",
        )
        for role in roles:
            accounts.grant_role(person=person, role=role, by=SYSTEM)
        return person

    return make


@pytest.fixture
def library(db: None) -> Organisation:
    place = Municipality.objects.create(
        code="LT-43",
        registry_code="29",
        name_lt="Šiaulių miesto savivaldybė",
        short_lt="Šiaulių m. sav.",
        kind="city",
        county_code="LT-SA",
        county_lt="Šiaulių apskritis",
        county_en="Šiauliai County",
        centre="Šiauliai",
        population=100_000,
        tile_row=1,
        tile_col=5,
        tile_label="ŠIM",
    )
    return Organisation.objects.create(
        code="svb-43", kind="municipal", name="Šiaulių biblioteka", municipality=place, city="Šiauliai", domain="sb.lt"
    )


@pytest.fixture
def join(library: Organisation) -> Callable[..., User]:
    """Let people act for the library: join(person, "admin")."""

    def let(person: User, role: str) -> User:
        add_member(organisation=library, user=person, role=role, by=SYSTEM)
        return person

    return let
