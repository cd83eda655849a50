"""Invitations: signed, expiring, used once, and only by the address they were sent to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from grants.accounts.models import User
from grants.organisations.models import Invitation, Membership, Organisation
from grants.organisations.services.invitations import (
    accept_invitation,
    accept_url,
    invitation_of,
    invite_member,
    token_of,
    withdraw_invitation,
)
from grants.organisations.states import OPEN_INVITATIONS
from workflows import clock
from workflows.exceptions import Blocked, NotPermitted
from workflows.models import Message

Someone = Callable[..., User]
Join = Callable[..., User]
NOON = datetime(2030, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def boss(someone: Someone, join: Join) -> User:
    return join(someone("boss"), "admin")


def sent(library: Organisation, by: User, email: str = "rasa@example.org", role: str = "editor") -> Invitation:
    return invite_member(organisation=library, email=email, role=role, by=by)


def codes(refusal: pytest.ExceptionInfo) -> list[str]:
    return [obstacle.code for obstacle in refusal.value.obstacles]


def test_an_invitation_goes_to_the_address_with_its_link(library: Organisation, boss: User) -> None:
    with clock.replaced(NOON):
        invitation = sent(library, boss)

    letter = Message.objects.get()
    assert (letter.kind, letter.to_email, letter.to_user) == ("organisation_invitation", "rasa@example.org", None)
    assert accept_url(invitation) in letter.text
    role = "redaktorius" if letter.language == "lt" else "editor"
    assert f": {role}." in letter.text
    assert invitation.expires_at == NOON + timedelta(days=14)


def test_a_double_click_sends_one_letter_and_a_later_repetition_replaces_it(library: Organisation, boss: User) -> None:
    with clock.replaced(NOON):
        first = sent(library, boss)
        assert sent(library, boss, "RASA@example.org") == first
    with clock.replaced(NOON + timedelta(days=1)):
        second = sent(library, boss)

    first.refresh_from_db()
    assert first.withdrawn_at == NOON + timedelta(days=1)
    assert second.withdrawn_at is None
    assert Message.objects.count() == 2


def test_who_does_not_manage_the_members_invites_and_withdraws_nothing(
    library: Organisation, boss: User, someone: Someone, join: Join
) -> None:
    rasa = join(someone("rasa"), "certifier")
    invitation = sent(library, boss, "jonas@example.org")

    with pytest.raises(NotPermitted):
        sent(library, rasa, "ona@example.org")
    with pytest.raises(NotPermitted):
        withdraw_invitation(invitation=invitation, by=rasa)


def test_a_member_is_not_invited_again(library: Organisation, boss: User, someone: Someone, join: Join) -> None:
    join(someone("rasa"), "viewer")

    with pytest.raises(Blocked) as refusal:
        sent(library, boss, "Rasa@Example.org")
    assert codes(refusal) == ["member_already"]


def test_a_flood_of_invitations_is_stopped(library: Organisation, boss: User) -> None:
    for number in range(OPEN_INVITATIONS):
        sent(library, boss, f"p{number}@example.org")

    with pytest.raises(Blocked) as refusal:
        sent(library, boss)
    assert codes(refusal) == ["too_many"]


def test_accepting_makes_a_member_once(library: Organisation, boss: User, someone: Someone) -> None:
    rasa, invitation = someone("rasa"), sent(library, boss, role="submitter")

    first = accept_invitation(invitation=invitation, by=rasa)
    second = accept_invitation(invitation=invitation, by=rasa)

    assert (first.role, second.pk) == ("submitter", first.pk)
    assert Membership.objects.filter(user=rasa).count() == 1


def test_a_used_invitation_opens_nothing_to_another_person_nor_after_leaving(
    library: Organisation, boss: User, someone: Someone
) -> None:
    rasa, invitation = someone("rasa"), sent(library, boss)
    accept_invitation(invitation=invitation, by=rasa)
    Membership.objects.filter(user=rasa).update(left_at=clock.now())

    for person in (someone("jonas"), rasa):
        with pytest.raises(Blocked) as refusal:
            accept_invitation(invitation=invitation, by=person)
        assert codes(refusal) == ["used"]


def test_a_forwarded_link_opens_nothing(library: Organisation, boss: User, someone: Someone) -> None:
    with pytest.raises(Blocked) as refusal:
        accept_invitation(invitation=sent(library, boss), by=someone("jonas"))
    assert codes(refusal) == ["other_address"]


ENDS = [(timedelta(days=14) - timedelta(seconds=1), None), (timedelta(days=14), "expired")]


@pytest.mark.parametrize(("after", "code"), ENDS)
def test_an_invitation_is_good_for_fourteen_days(
    library: Organisation, boss: User, someone: Someone, after: timedelta, code: str | None
) -> None:
    rasa = someone("rasa")
    with clock.replaced(NOON):
        invitation = sent(library, boss)
    with clock.replaced(NOON + after):
        if code is None:
            assert accept_invitation(invitation=invitation, by=rasa).user == rasa
        else:
            with pytest.raises(Blocked) as refusal:
                accept_invitation(invitation=invitation, by=rasa)
            assert codes(refusal) == [code]


def test_a_withdrawn_invitation_opens_nothing(library: Organisation, boss: User, someone: Someone) -> None:
    invitation = sent(library, boss)
    withdraw_invitation(invitation=invitation, by=boss)
    withdraw_invitation(invitation=invitation, by=boss)

    with pytest.raises(Blocked) as refusal:
        accept_invitation(invitation=invitation, by=someone("rasa"))
    assert codes(refusal) == ["withdrawn"]


FORGED = ["", "x", "a:b", signing.Signer(salt="another").sign_object({"invitation": 1}), "%F0%9F%93%9A", "1" * 3000]


@pytest.mark.parametrize("token", FORGED)
def test_a_forged_word_is_no_invitation(token: str, db: None) -> None:
    assert invitation_of(token) is None


def test_a_signed_word_of_something_else_is_no_invitation(db: None) -> None:
    signer = signing.Signer(salt="grants.organisations.invitation")

    assert invitation_of(signer.sign_object(["invitation"])) is None
    assert invitation_of(signer.sign_object({"invitation": 99})) is None


# --- pages ---


def test_the_page_of_a_stranger_leads_to_signing_in_and_back(
    client: Client, library: Organisation, boss: User, someone: Someone
) -> None:
    someone("rasa")
    invitation = sent(library, boss)
    url = accept_url(invitation)

    shown = client.get(url).content.decode()
    assert "Šiaulių biblioteka" in shown
    login = {"login": "rasa@example.org", "password": "labai-ilgas-slaptazodis", "next": url}
    assert client.post(reverse("account_login"), login).url == url
    assert client.post(url).url == library.get_absolute_url()
    assert client.post(url).url == library.get_absolute_url()
    assert Membership.objects.filter(user__email="rasa@example.org", role="editor").count() == 1


def test_who_has_no_account_signs_up_on_the_way(client: Client, library: Organisation, boss: User) -> None:
    url = accept_url(sent(library, boss, "nauja@example.org"))
    form = {
        "email": "nauja@example.org",
        "password1": "labai-ilgas-slaptazodis",
        "full_name": "Nauja Naujaitė",
        "language": "lt",
        "next": url,
    }
    client.post(reverse("account_signup"), form)
    letter = Message.objects.get(kind="account")
    code = next(line for line in letter.text.splitlines() if line and " " not in line)

    assert client.post(reverse("account_email_verification_sent"), {"code": code, "next": url}).url == url
    assert client.post(url).url == library.get_absolute_url()
    assert Membership.objects.get(user__email="nauja@example.org").role == "editor"


def test_a_dead_invitation_says_why(client: Client, library: Organisation, boss: User, someone: Someone) -> None:
    invitation = sent(library, boss)
    withdraw_invitation(invitation=invitation, by=boss)

    answer = client.get(accept_url(invitation), headers={"accept-language": "en"})
    assert answer.status_code == 410
    assert "This invitation has been withdrawn" in answer.content.decode()
    client.force_login(someone("rasa"))
    assert client.post(accept_url(invitation)).status_code == 410


def test_a_forged_link_and_one_that_never_was_are_not_found(client: Client, library: Organisation, boss: User) -> None:
    word = token_of(sent(library, boss))

    assert client.get(reverse("organisations:accept", args=[word[:-1] + "x"])).status_code == 404
    assert client.get(reverse("organisations:accept", args=["x"])).status_code == 404


def test_inviting_from_the_page(client: Client, library: Organisation, boss: User, someone: Someone) -> None:
    client.force_login(boss)
    url = reverse("organisations:invite", args=[library.pk])

    assert client.get(url).status_code == 200
    assert client.post(url, {"email": "rasa@example.org", "role": "viewer"}).url == library.get_absolute_url()
    invitation = Invitation.objects.get()
    page = client.get(library.get_absolute_url()).content.decode()
    assert "rasa@example.org" in page
    withdraw = reverse("organisations:withdraw", args=[library.pk, invitation.pk])
    assert client.get(withdraw).status_code == 405
    assert client.post(withdraw).url == library.get_absolute_url()
    assert client.post(withdraw).url == library.get_absolute_url()


BAD = [
    ({"email": "", "role": "editor"}, "email"),
    ({"email": "ne adresas", "role": "editor"}, "email"),
    ({"email": "a" * 300 + "@example.org", "role": "editor"}, "email"),
    ({"email": "a@example.org\r\nBcc: b@example.org", "role": "editor"}, "email"),
    ({"email": "a@example.org", "role": "king"}, "role"),
    ({"email": "a@example.org"}, "role"),
]


@pytest.mark.parametrize(("data", "field"), BAD)
def test_bad_input_is_refused_with_a_sentence_and_kept(
    client: Client, library: Organisation, boss: User, data: dict, field: str
) -> None:
    client.force_login(boss)

    answer = client.post(reverse("organisations:invite", args=[library.pk]), data)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert Invitation.objects.count() == 0
    assert Message.objects.count() == 0


def test_inviting_a_member_is_refused_with_a_sentence(
    client: Client, library: Organisation, boss: User, someone: Someone, join: Join
) -> None:
    join(someone("rasa"), "viewer")
    client.force_login(boss)

    answer = client.post(
        reverse("organisations:invite", args=[library.pk]), {"email": "rasa@example.org", "role": "admin"}
    )

    assert "This person is a member already" in answer.content.decode()
    assert 'value="rasa@example.org"' in answer.content.decode()


def test_who_has_accepted_is_led_to_the_organisation(
    client: Client, library: Organisation, boss: User, someone: Someone
) -> None:
    rasa, invitation = someone("rasa"), sent(library, boss)
    accept_invitation(invitation=invitation, by=rasa)
    client.force_login(rasa)

    assert client.get(accept_url(invitation)).url == library.get_absolute_url()


def test_another_address_is_told_to_sign_in_with_the_invited_one(
    client: Client, library: Organisation, boss: User, someone: Someone
) -> None:
    client.force_login(someone("jonas"))

    answer = client.get(accept_url(sent(library, boss)))

    assert answer.status_code == 200
    assert "sent to another address than yours" in answer.content.decode()
    assert "Accept the invitation" not in answer.content.decode()
