"""The funder's help for an organisation that nobody can manage: one invitation, with a reason, seen by its members."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.accounts.models import User
from grants.accounts.services import grant_role
from grants.organisations.models import Invitation, Membership, Organisation
from grants.organisations.permissions import can_help, is_locked_out
from grants.organisations.selectors import events_of, locked_out, organisations_to_help
from grants.organisations.services.help import help_organisation
from grants.organisations.services.invitations import accept_invitation, invite_member, obstacle_of, withdraw_invitation
from grants.organisations.services.members import add_member, end_membership
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.models import Message
from workflows.policy import people_in

Someone = Callable[..., User]
Join = Callable[..., User]
WHY = "Vadovė išėjo, paskambino pavaduotoja."


@pytest.fixture
def helper(someone: Someone) -> User:
    return someone("ona", "administrator")


def helped(library: Organisation, by: User, email: str = "rasa@sb.lt", reason: str = WHY) -> Invitation:
    return help_organisation(organisation=library, email=email, reason=reason, by=by)


def code(refusal: pytest.ExceptionInfo) -> str:
    [obstacle] = refusal.value.obstacles
    return obstacle.code


#         who              may help an organisation without administrators, with one
HELPERS = [("administrator", True, False), ("coordinator", False, False), ("head", False, False),
           ("finance", False, False), ("auditor", False, False), (None, False, False)]  # fmt: skip


@pytest.mark.parametrize(("role", "without", "with_one"), HELPERS)
def test_only_the_funders_administrator_helps_and_only_where_nobody_is_left(
    someone: Someone, join: Join, library: Organisation, role: str | None, without: bool, with_one: bool
) -> None:
    person = someone("petras", *([role] if role else []))

    assert can_help(person, library) is without
    assert (library in organisations_to_help(person)) is without
    assert (person in people_in(f"org-help:{library.pk}")) is without
    join(someone("boss"), "admin")
    assert can_help(person, library) is with_one
    assert (library in organisations_to_help(person)) is with_one
    assert (person in people_in(f"org-help:{library.pk}")) is with_one
    with pytest.raises(NotPermitted):
        helped(library, person)


def test_nobody_helps_their_own_organisation(join: Join, library: Organisation, helper: User) -> None:
    join(helper, "viewer")

    assert not can_help(helper, library)
    assert list(organisations_to_help(helper)) == []
    assert helper not in people_in(f"org-help:{library.pk}")
    with pytest.raises(NotPermitted):
        helped(library, helper)


@pytest.mark.parametrize("how", ["account closed", "never had one", "only an editor"])
def test_what_locks_an_organisation_out(someone: Someone, join: Join, library: Organisation, how: str) -> None:
    if how == "account closed":
        boss = join(someone("boss"), "admin")
        assert not is_locked_out(library)
        User.objects.filter(pk=boss.pk).update(is_active=False)
    elif how == "only an editor":
        join(someone("boss"), "editor")

    assert is_locked_out(library)
    assert library in locked_out()


def test_the_invited_becomes_the_administrator_and_everybody_there_reads_why(
    someone: Someone, join: Join, library: Organisation, helper: User
) -> None:
    join(someone("editor"), "editor")
    closed = join(someone("gone"), "admin")
    User.objects.filter(pk=closed.pk).update(is_active=False)

    invitation = helped(library, helper)

    assert (invitation.role, invitation.reason, invitation.invited_by) == ("admin", WHY, helper)
    letters = Message.objects.order_by("pk").values_list("kind", "to_email")
    assert list(letters) == [("organisation_invitation", "rasa@sb.lt"), ("organisation_helped", "editor@example.org")]
    told = Message.objects.get(kind="organisation_helped").text
    assert WHY in told
    assert "rasa@sb.lt" in told

    rasa = someone("rasa", domain="sb.lt")
    assert accept_invitation(invitation=invitation, by=rasa).role == "admin"
    assert not is_locked_out(library)


#           address                    reason  obstacle
REFUSED = [
    ("rasa@example.org", WHY, "other_domain"),
    ("rasa@mail.sb.lt", WHY, "other_domain"),
    ("rasa@sb.lt.evil.example", WHY, "other_domain"),
    ("rasa@notsb.lt", WHY, "other_domain"),
    ("rasa@sb.lt", "", "reason"),
    ("jonas@sb.lt", WHY, "staff_member"),
    ("JONAS@SB.LT", WHY, "staff_member"),
]


@pytest.mark.parametrize(("address", "reason", "obstacle"), REFUSED)
def test_no_strange_address_no_colleague_and_never_without_a_reason(
    someone: Someone, library: Organisation, helper: User, address: str, reason: str, obstacle: str
) -> None:
    jonas = someone("jonas", "finance")
    EmailAddress.objects.create(user=jonas, email="jonas@sb.lt", verified=False)

    with pytest.raises(Blocked) as refusal:
        helped(library, helper, address, reason)

    assert code(refusal) == obstacle
    assert not Invitation.objects.exists()


def test_an_organisation_without_a_domain_is_helped_by_deciding_on_requests(
    library: Organisation, helper: User
) -> None:
    library.domain = " "

    with pytest.raises(Blocked) as refusal:
        helped(library, helper)

    assert code(refusal) == "no_domain"


def test_a_double_click_helps_once_and_another_reason_replaces_the_invitation(
    library: Organisation, helper: User
) -> None:
    first = helped(library, helper)

    assert helped(library, helper, "RASA@sb.lt") == first
    second = helped(library, helper, reason="Dar kartą, kitas žmogus.")
    first.refresh_from_db()
    assert (first.withdrawn_at is None, second.withdrawn_at is None) == (False, True)
    assert [event.kind for event in events_of(library)].count("helped") == 2


def test_who_came_to_work_for_the_funder_meanwhile_cannot_accept(
    someone: Someone, library: Organisation, helper: User
) -> None:
    invitation, rasa = helped(library, helper), someone("rasa", domain="sb.lt")
    grant_role(person=rasa, role="coordinator", by=SYSTEM)

    with pytest.raises(Blocked) as refusal:
        accept_invitation(invitation=invitation, by=rasa)

    assert code(refusal) == "staff_member"
    assert not Membership.objects.exists()


def test_the_invitation_is_worth_nothing_once_the_organisation_has_an_administrator(
    someone: Someone, library: Organisation, helper: User
) -> None:
    first, second = helped(library, helper), helped(library, helper, "ieva@sb.lt")
    accept_invitation(invitation=first, by=someone("rasa", domain="sb.lt"))

    with pytest.raises(Blocked) as refusal:
        accept_invitation(invitation=second, by=someone("ieva", domain="sb.lt"))

    assert code(refusal) == "not_needed"
    assert obstacle_of(second).code == "not_needed"


def test_who_helped_may_take_it_back_and_so_may_the_organisation(
    someone: Someone, join: Join, library: Organisation, helper: User
) -> None:
    first, second = helped(library, helper), helped(library, helper, "ieva@sb.lt")
    with pytest.raises(NotPermitted):
        withdraw_invitation(invitation=first, by=someone("jonas", "coordinator"))

    withdraw_invitation(invitation=first, by=helper)
    withdraw_invitation(invitation=second, by=join(someone("boss"), "admin"))

    assert Invitation.objects.filter(withdrawn_at__isnull=True).count() == 0


def test_the_funder_does_not_take_back_what_the_organisation_sent(
    someone: Someone, join: Join, library: Organisation, helper: User, client: Client
) -> None:
    own = invite_member(organisation=library, email="a@sb.lt", role="editor", by=join(someone("boss"), "admin"))
    client.force_login(helper)

    with pytest.raises(NotPermitted):
        withdraw_invitation(invitation=own, by=helper)
    url = reverse("organisations:withdraw", args=[library.pk, own.pk])
    assert client.post(url).status_code == 403
    client.force_login(User.objects.get(full_name="Boss"))
    assert client.post(reverse("organisations:withdraw", args=[library.pk, 10**9])).status_code == 404


def test_the_database_knows_that_help_makes_an_administrator(library: Organisation, helper: User) -> None:
    invitation = helped(library, helper)

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(role="editor")


# --- pages ---


def test_helping_on_the_page_keeps_what_was_typed_until_it_is_right(
    client: Client, library: Organisation, helper: User
) -> None:
    client.force_login(helper)
    url = reverse("organisations:help", args=[library.pk])
    assert url in client.get(library.get_absolute_url()).content.decode()

    assert client.post(url, {}).context["form"].errors.keys() == {"email", "reason"}
    assert client.post(url, {"email": "a@sb.lt", "reason": "ą" * 501}).context["form"].errors.keys() == {"reason"}
    page = client.post(url, {"email": "rasa@kitur.lt", "reason": WHY}).content.decode()
    assert "one that ends in its domain" in page
    assert WHY in page
    answer = client.post(url, {"email": "rasa@sb.lt", "reason": f" {WHY}\u202e "})
    assert answer.url == reverse("organisations:log", args=[library.pk])
    assert Invitation.objects.get().reason == WHY
    log = client.get(answer.url).content.decode()
    assert ("Invited by the funder" in log, WHY in log, "rasa@sb.lt" in log) == (True, True, True)


def test_no_help_is_offered_where_an_administrator_is_left(
    client: Client, someone: Someone, join: Join, library: Organisation, helper: User
) -> None:
    join(someone("boss"), "admin")
    client.force_login(helper)
    url = reverse("organisations:help", args=[library.pk])

    assert url not in client.get(library.get_absolute_url()).content.decode()
    refused = client.get(url)
    assert (refused.status_code, client.post(url, {"email": "a@sb.lt", "reason": WHY}).status_code) == (403, 403)


def test_the_log_tells_the_organisation_who_let_whom_in(
    client: Client, someone: Someone, join: Join, library: Organisation, helper: User
) -> None:
    invitation = helped(library, helper)
    rasa = someone("rasa", domain="sb.lt")
    accept_invitation(invitation=invitation, by=rasa)
    jonas = someone("jonas")
    add_member(organisation=library, user=jonas, role="editor", by=rasa)
    end_membership(membership=jonas.memberships.get(), by=rasa)

    assert [(event.kind, str(event.who), str(event.by or "")) for event in events_of(library)] == [
        ("left", "Jonas", "Rasa"), ("joined", "Jonas", "Rasa"), ("joined", "Rasa", ""), ("helped", "rasa@sb.lt", "Ona"),
    ]  # fmt: skip
    client.force_login(rasa)
    assert WHY in client.get(reverse("organisations:log", args=[library.pk])).content.decode()
    client.force_login(someone("stranger"))
    assert client.get(reverse("organisations:log", args=[library.pk])).status_code == 404


def test_the_log_takes_as_many_queries_with_three_members_as_with_one(
    client: Client, someone: Someone, join: Join, library: Organisation
) -> None:
    client.force_login(someone("ona", "auditor"))
    url = reverse("organisations:log", args=[library.pk])
    assert "Nobody has acted" in client.get(url).content.decode()
    counts = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            join(someone(name), "editor")
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
