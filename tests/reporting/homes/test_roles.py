"""Which home stands first for whom, and how somebody with several roles changes between them."""

import pytest

from grants.accounts.models import RoleGrant
from grants.organisations.models import Membership
from reporting.homes.choosing import HOMES, homes_of, shares_of
from tests.grants.calls.makers import WHILE_OPEN, organisation, person
from tests.grants.projects.conftest import _later_rooms_are_silent  # noqa: F401  projects are walked by their own steps
from tests.grants.projects.makers import Cast
from workflows import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_open():
    with clock.replaced(WHILE_OPEN):
        yield


@pytest.mark.parametrize(
    ("role", "key"),
    [("coordinator", "coordinator"), ("head", "head"), ("finance", "finance"), ("auditor", "auditor"),
     ("administrator", "administrator")],
)  # fmt: skip
def test_one_role_has_one_home(role, key):
    assert [home.key for home in homes_of(person(role))] == [key]


def test_homes_stand_in_the_order_of_consequence():
    keys = ["head", "coordinator", "finance", "evaluator", "applicant", "auditor", "administrator"]
    assert [home.key for home in HOMES] == keys


def test_each_audience_stands_on_one_home_and_what_none_gathers_on_the_first():
    both = person("coordinator")
    library = organisation()
    Membership.objects.create(organisation=library, user=both, role="editor")
    shares = shares_of(both, homes_of(both))
    assert shares == {
        "coordinator": ["role:coordinator", f"user:{both.pk}"],
        "applicant": [f"org:{library.pk}"],
    }


def test_somebody_with_two_roles_changes_between_homes(client):
    cast = Cast()
    draft = cast.project(title="Knyga kaime")
    RoleGrant.objects.create(user=cast.team, role="auditor")
    client.force_login(cast.team)
    html = client.get("/").content.decode()
    assert '<a href="?as=applicant" aria-current="page">Applicant' in html
    assert "Knyga kaime" in html
    other = client.get("/?as=auditor").content.decode()
    assert '<a href="?as=auditor" aria-current="page">Auditor' in other
    assert draft.number not in other
    assert client.get("/?as=emperor").status_code == 200


def test_a_draft_says_how_far_it_is_and_a_submitted_one_what_comes_next(client):
    cast = Cast()
    cast.project(title="Juodraštis")
    cast.project("application", title="Pateikta paraiška")
    client.force_login(cast.team)
    html = client.get("/").content.decode()
    assert "1 draft<" in html
    assert "1 submitted application<" in html
    assert "Deadline for applications: 5 March 2027" in html.replace("\N{NO-BREAK SPACE}", " ")
