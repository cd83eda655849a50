"""Asking to act for an organisation, and deciding on it, on pages."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from grants.accounts.models import User
from grants.organisations.models import Membership, Organisation, OrganisationClaim
from grants.organisations.services.claims import claim_organisation, decline_claim

Someone = Callable[..., User]
Join = Callable[..., User]


def ask(library: Organisation, by: User) -> OrganisationClaim:
    return claim_organisation(organisation=library, message="Esu bibliotekininkė.", by=by)


def test_asking_and_deciding_on_pages(client: Client, someone: Someone, join: Join, library: Organisation) -> None:
    rasa, ona = someone("rasa"), join(someone("ona"), "admin")
    client.force_login(rasa)
    ask_url = reverse("organisations:claim", args=[library.pk])
    assert "administrators will look at your request" in client.get(ask_url).content.decode()
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
    client: Client, someone: Someone, join: Join, library: Organisation
) -> None:
    claim = ask(library, someone("rasa"))
    version = claim.version
    decline_claim(claim=claim, by=join(someone("ona"), "admin"), note="Unknown")

    client.force_login(join(someone("petras"), "admin"))
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


def test_the_funders_administrator_reads_on_the_page_why_not_and_what_to_do(
    client: Client, someone: Someone, library: Organisation
) -> None:
    claim = ask(library, someone("rasa"))
    client.force_login(someone("ona", "administrator"))
    data = {"decision": "allow", "role": "editor", "note": "Pažįstu", "seen_version": claim.version}

    page = client.post(claim.get_absolute_url(), data).content.decode()

    assert "Invite an address at sb.lt instead." in page
    assert "Pažįstu" in page, "what was typed is kept"


def test_a_member_of_the_funder_reads_on_the_page_why_not(
    client: Client, someone: Someone, library: Organisation
) -> None:
    client.force_login(someone("ona", "coordinator"))
    url = reverse("organisations:claim", args=[library.pk])

    assert "has no administrator yet" in client.get(url).content.decode()
    answer = client.post(url, {"message": "Aš iš čia"})
    assert "You work for the funder" in answer.content.decode()
    assert not OrganisationClaim.objects.exists()


def test_declining_on_the_page_tells_the_reason(
    client: Client, someone: Someone, join: Join, library: Organisation
) -> None:
    rasa = someone("rasa")
    claim = ask(library, rasa)
    client.force_login(join(someone("ona"), "admin"))
    data = {"decision": "decline", "role": "editor", "note": "Not known there", "seen_version": claim.version}

    assert client.post(claim.get_absolute_url(), data).url == claim.get_absolute_url()

    client.force_login(rasa)
    assert "Not known there" in client.get(claim.get_absolute_url()).content.decode()
    assert "waits for a decision" not in client.get(library.get_absolute_url()).content.decode()


def test_what_cannot_be_allowed_is_said_before_somebody_tries(
    client: Client, someone: Someone, library: Organisation
) -> None:
    claim = ask(library, someone("rasa"))
    client.force_login(someone("ona", "administrator"))
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "This request can be declined only:" in page
    assert f'<a href="{reverse("organisations:help", args=[library.pk])}">Nobody of the organisation' in page
