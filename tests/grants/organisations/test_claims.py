"""Requests to act for an organisation."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from grants.accounts.models import User
from grants.organisations.models import Membership, Organisation, OrganisationClaim
from grants.organisations.permissions import can_decide_claim
from grants.organisations.selectors import claims_visible_to
from grants.organisations.services.claims import allow_claim, claim_organisation, decline_claim, proves_membership
from workflows import clock
from workflows.exceptions import Blocked, IllegalMove, NotPermitted
from workflows.models import Exclusion, Message
from workflows.selectors import my_work
from workflows.services import perform

Someone = Callable[..., User]
Join = Callable[..., User]


def ask(library: Organisation, by: User) -> OrganisationClaim:
    return claim_organisation(organisation=library, message="Esu bibliotekininkė.", by=by)


#          address          library's domain  proved
DOMAINS = [
    ("rasa@sb.lt", "sb.lt", True),
    ("rasa@sb.lt", "SB.lt ", True),
    ("rasa@mail.sb.lt", "sb.lt", False),
    ("rasa@notsb.lt", "sb.lt", False),
    ("rasa@sb.lt.evil.example", "sb.lt", False),
    ("rasa@sb.lt", "", False),
]


@pytest.mark.parametrize(("address", "domain", "proved"), DOMAINS)
def test_only_the_very_domain_proves(
    someone: Someone, library: Organisation, address: str, domain: str, proved: bool
) -> None:
    name, _, host = address.partition("@")
    library.domain = domain

    assert proves_membership(someone(name, domain=host), library) is proved


def test_an_unverified_address_proves_nothing(someone: Someone, library: Organisation) -> None:
    rasa = someone("rasa")
    EmailAddress.objects.create(user=rasa, email="rasa@sb.lt", verified=False)

    assert not proves_membership(rasa, library)


def test_the_organisations_own_address_makes_an_editor_at_once(
    someone: Someone, join: Join, library: Organisation
) -> None:
    boss, rasa = join(someone("boss"), "admin"), someone("rasa", domain="sb.lt")

    claim = ask(library, rasa)

    assert claim.state == "allowed"
    assert Membership.objects.get(user=rasa).role == "editor"
    letters = Message.objects.order_by("to_email").values_list("kind", "to_email")
    assert list(letters) == [("member_joined", boss.email), ("claim_decided", "rasa@sb.lt")]


def test_any_other_address_waits_for_the_coordinators(someone: Someone, library: Organisation) -> None:
    rasa, ona = someone("rasa"), someone("ona", "coordinator")

    claim = ask(library, rasa)

    assert claim.state == "asked"
    assert [(item.kind, item.url) for item in my_work(ona)] == [("claim_decide", claim.get_absolute_url())]
    assert list(my_work(rasa)) == []
    assert not Membership.objects.filter(user=rasa).exists()


def test_asking_twice_is_asking_once(someone: Someone, library: Organisation) -> None:
    rasa = someone("rasa")

    assert ask(library, rasa) == ask(library, rasa)


def test_a_member_does_not_ask(someone: Someone, join: Join, library: Organisation) -> None:
    with pytest.raises(Blocked):
        ask(library, join(someone("rasa"), "viewer"))


def test_nobody_asks_everywhere_at_once(someone: Someone) -> None:
    rasa = someone("rasa")
    places = [Organisation.objects.create(code=f"p{n}", kind="partner", name=f"Vieta {n}") for n in range(6)]
    for place in places[:5]:
        ask(place, rasa)

    with pytest.raises(Blocked):
        ask(places[5], rasa)


def test_allowed_becomes_a_member_in_the_role_of_the_decision(someone: Someone, library: Organisation) -> None:
    rasa, ona = someone("rasa"), someone("ona", "coordinator")
    claim = ask(library, rasa)

    allow_claim(claim=claim, role="admin", by=ona)

    assert (claim.state, claim.role) == ("allowed", "admin")
    assert Membership.objects.get(user=rasa).role == "admin"
    assert list(my_work(ona)) == []
    assert Message.objects.get().subject == "You may act for Šiaulių biblioteka"


def test_declined_stays_outside_and_gets_a_letter(someone: Someone, library: Organisation) -> None:
    rasa, ona = someone("rasa"), someone("ona", "coordinator")
    claim = ask(library, rasa)

    decline_claim(claim=claim, by=ona, note="We do not know you there.")

    assert claim.state == "declined"
    assert not Membership.objects.exists()
    assert claim.get_absolute_url() in Message.objects.get().text


def test_withdrawn_by_who_asked(someone: Someone, library: Organisation) -> None:
    rasa, ona = someone("rasa"), someone("ona", "coordinator")
    claim = ask(library, rasa)

    with pytest.raises(NotPermitted):
        perform(claim, "withdraw", by=ona)
    perform(claim, "withdraw", by=rasa)

    assert claim.state == "withdrawn"
    with pytest.raises(IllegalMove):
        allow_claim(claim=claim, role="editor", by=ona)
    assert ask(library, rasa).pk != claim.pk


#         role            decides
DECIDERS = [(None, False), ("coordinator", True), ("administrator", True), ("finance", False), ("head", False),
            ("auditor", False)]  # fmt: skip


@pytest.mark.parametrize(("role", "decides"), DECIDERS)
def test_who_decides_and_sees(someone: Someone, library: Organisation, role: str | None, decides: bool) -> None:
    claim = ask(library, someone("rasa"))
    ona = someone("ona", *([role] if role else []))

    assert can_decide_claim(ona, claim) is decides
    assert (claim in claims_visible_to(ona)) is decides
    if not decides:
        with pytest.raises(NotPermitted):
            allow_claim(claim=claim, role="editor", by=ona)


def test_nobody_decides_about_themselves(someone: Someone, library: Organisation) -> None:
    ona = someone("ona", "coordinator")
    claim = ask(library, ona)

    assert list(claims_visible_to(ona)) == [claim]
    with pytest.raises(NotPermitted):
        allow_claim(claim=claim, role="editor", by=ona)


def test_who_is_kept_away_neither_sees_nor_decides(someone: Someone, library: Organisation) -> None:
    claim, ona = ask(library, someone("rasa")), someone("ona", "coordinator")
    Exclusion.objects.create(case=claim.case, user=ona, since=clock.now(), code="kin")

    assert list(claims_visible_to(ona)) == []
    assert not can_decide_claim(ona, claim)
    assert list(claims_visible_to(AnonymousUser())) == []


# --- pages ---


def test_asking_and_deciding_on_pages(client: Client, someone: Someone, library: Organisation) -> None:
    rasa, ona = someone("rasa"), someone("ona", "coordinator")
    client.force_login(rasa)
    ask_url = reverse("organisations:claim", args=[library.pk])
    assert "The coordinators will look" in client.get(ask_url).content.decode()
    assert client.post(ask_url, {"message": " "}).context["form"].errors.get("message")
    assert client.post(ask_url, {"message": "ą" * 1001}).context["form"].errors.get("message")
    page = client.post(ask_url, {"message": "<script>alert(1)</script> \u202e 📚"}).url
    shown = client.get(page).content.decode()
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown
    assert "Withdraw the request" in shown
    assert client.post(page, {"decision": "allow", "role": "admin"}).status_code == 403

    client.force_login(ona)
    version = client.get(page).context["form"].initial["seen_version"]
    assert client.post(page, {}).context["form"].errors.keys() == {"decision", "role"}
    answer = client.post(page, {"decision": "decline", "role": "editor", "note": " ", "seen_version": version})
    assert answer.context["form"].errors.keys() == {"note"}
    decision = {"decision": "allow", "role": "certifier", "note": "Known", "seen_version": version}
    assert client.post(page, decision).url == page
    assert client.post(page, decision).url == page  # a double click is one decision
    assert "Known" in client.get(page).content.decode()
    assert Membership.objects.get(user=rasa).role == "certifier"


def test_another_decision_on_an_old_page_comes_too_late(
    client: Client, someone: Someone, library: Organisation
) -> None:
    claim = ask(library, someone("rasa"))
    version = claim.version
    decline_claim(claim=claim, by=someone("ona", "coordinator"), note="Unknown")

    client.force_login(someone("petras", "coordinator"))
    data = {"decision": "allow", "role": "editor", "seen_version": version}
    assert client.post(claim.get_absolute_url(), data).status_code == 409


def test_the_own_address_joins_from_the_page(client: Client, someone: Someone, library: Organisation) -> None:
    client.force_login(someone("rasa", domain="sb.lt"))
    url = reverse("organisations:claim", args=[library.pk])

    assert "you will become an editor at once" in client.get(url).content.decode()
    assert client.post(url, {"message": "Direktorė"}).url == library.get_absolute_url()
    assert client.post(url, {"message": "Direktorė"}).context["form"].non_field_errors()


def test_anothers_request_and_one_that_never_was_are_not_found(
    client: Client, someone: Someone, library: Organisation
) -> None:
    claim = ask(library, someone("rasa"))
    client.force_login(someone("jonas"))

    anothers = client.get(claim.get_absolute_url())
    never = client.get(reverse("organisations:claim_detail", args=[10**9]))
    assert (anothers.status_code, never.status_code) == (404, 404)


def test_declining_on_the_page_tells_the_reason(client: Client, someone: Someone, library: Organisation) -> None:
    rasa = someone("rasa")
    claim = ask(library, rasa)
    client.force_login(someone("ona", "coordinator"))
    data = {"decision": "decline", "role": "editor", "note": "Not known there", "seen_version": claim.version}

    assert client.post(claim.get_absolute_url(), data).url == claim.get_absolute_url()

    client.force_login(rasa)
    assert "Not known there" in client.get(claim.get_absolute_url()).content.decode()
    assert "waits for the coordinators" not in client.get(library.get_absolute_url()).content.decode()
