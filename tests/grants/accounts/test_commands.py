"""The command that makes the first administrator."""

import io

import pytest
from django.core.management import CommandError, call_command

from grants.accounts.models import RoleGrant, User

pytestmark = pytest.mark.django_db


def test_grant_role_gives_the_role_once_and_says_so() -> None:
    rasa = User.objects.create_user("rasa@example.org")
    said = io.StringIO()

    for _ in range(2):
        call_command("grant_role", "Rasa@example.org", "administrator", stdout=said)

    assert said.getvalue() == "rasa@example.org holds the role administrator.\n" * 2
    grant = RoleGrant.objects.get()
    assert (grant.user, grant.role, grant.granted_by, grant.reason) == (
        rasa,
        "administrator",
        None,
        "given on the command line",
    )


@pytest.mark.parametrize("arguments", [("niekas@example.org", "administrator"), ("rasa@example.org", "king")])
def test_grant_role_refuses_what_it_does_not_know(arguments: tuple[str, str]) -> None:
    User.objects.create_user("rasa@example.org")

    with pytest.raises(CommandError):
        call_command("grant_role", *arguments)
    assert not RoleGrant.objects.exists()
