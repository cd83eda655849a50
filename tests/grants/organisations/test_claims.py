"""Requests to act for an organisation."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from grants.accounts.models import User
from grants.accounts.services import grant_role
from grants.accounts.states import Role
from grants.organisations.models import Membership, Organisation, OrganisationClaim
from grants.organisations.permissions import can_decide_claim
from grants.organisations.selectors import claims_visible_to
from grants.organisations.services.claims import allow_claim, claim_organisation, decline_claim, proves_membership
from grants.organisations.services.members import add_member
from workflows import clock
from workflows.actors import SYSTEM
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
    assert not [letter.text for letter in Message.objects.all() if "bound method" in letter.text]


def test_any_other_address_waits_for_the_organisations_administrators(
    someone: Someone, join: Join, library: Organisation
) -> None:
    rasa, ona = someone("rasa"), join(someone("ona"), "admin")

    claim = ask(library, rasa)

    assert claim.state == "asked"
    assert [(item.kind, item.url) for item in my_work(ona)] == [("claim_decide", claim.get_absolute_url())]
    assert list(my_work(rasa)) == list(my_work(someone("jonas", "administrator"))) == []
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


def test_allowed_becomes_a_member_in_the_role_of_the_decision(
    someone: Someone, join: Join, library: Organisation
) -> None:
    rasa, ona = someone("rasa"), join(someone("ona"), "admin")
    claim = ask(library, rasa)

    allow_claim(claim=claim, role="admin", by=ona)

    assert (claim.state, claim.role) == ("allowed", "admin")
    assert Membership.objects.get(user=rasa).role == "admin"
    assert list(my_work(ona)) == []
    assert Message.objects.get().subject == "You may act for Šiaulių biblioteka"


def test_declined_stays_outside_and_gets_a_letter(someone: Someone, join: Join, library: Organisation) -> None:
    rasa, ona = someone("rasa"), join(someone("ona"), "admin")
    claim = ask(library, rasa)

    decline_claim(claim=claim, by=ona, note="We do not know you there.")

    assert claim.state == "declined"
    assert not Membership.objects.filter(user=rasa).exists()
    assert claim.get_absolute_url() in Message.objects.get().text


def test_withdrawn_by_who_asked(someone: Someone, join: Join, library: Organisation) -> None:
    rasa, ona = someone("rasa"), join(someone("ona"), "admin")
    claim = ask(library, rasa)

    with pytest.raises(NotPermitted):
        perform(claim, "withdraw", by=ona)
    perform(claim, "withdraw", by=rasa)

    assert claim.state == "withdrawn"
    with pytest.raises(IllegalMove):
        allow_claim(claim=claim, role="editor", by=ona)
    assert ask(library, rasa).pk != claim.pk


#         who               decides, sees;   where the organisation has an administrator / has none
DECIDERS = [
    ("own admin", True, True, True, True),
    ("other admin", False, False, False, False),
    ("editor", False, False, False, False),
    ("administrator", False, True, True, True),
    ("coordinator", False, False, False, False),
    ("finance", False, False, False, False),
    ("head", False, False, False, False),
    ("auditor", False, False, False, False),
]


@pytest.mark.parametrize("row", DECIDERS, ids=lambda row: row[0])
@pytest.mark.parametrize("managed", [True, False])
def test_who_decides_and_sees(someone: Someone, join: Join, library: Organisation, row: tuple, managed: bool) -> None:
    who, *expected = row
    decides, sees = expected[:2] if managed else expected[2:]
    library.domain = ""
    library.save()
    claim = ask(library, someone("rasa"))
    if managed:
        join(someone("boss"), "admin")
    ona = someone("ona", *([who] if who in Role.values else []))
    if who in {"own admin", "editor"}:
        join(ona, who.split()[-1])
    elif who == "other admin":
        place = Organisation.objects.create(code="kita", kind="partner", name="Kita vieta")
        add_member(organisation=place, user=ona, role="admin", by=SYSTEM)

    assert can_decide_claim(ona, claim) is decides
    assert (claim in claims_visible_to(ona)) is sees
    assert [item.kind for item in my_work(ona)] == (["claim_decide"] if decides else [])
    if decides:
        allow_claim(claim=claim, role="editor", by=ona, note="Known")
    else:
        with pytest.raises(NotPermitted):
            allow_claim(claim=claim, role="editor", by=ona, note="Known")


def test_the_funder_lets_in_nobody_whom_an_address_of_the_organisation_could_prove(
    someone: Someone, library: Organisation
) -> None:
    claim, ona = ask(library, someone("rasa")), someone("ona", "administrator")

    with pytest.raises(Blocked) as refusal:
        allow_claim(claim=claim, role="admin", by=ona)

    assert [obstacle.code for obstacle in refusal.value.obstacles] == ["not_proved"]
    assert refusal.value.obstacles[0].url == reverse("organisations:help", args=[library.pk])
    decline_claim(claim=claim, by=ona, note="Use your address at sb.lt.")


def test_nobody_decides_about_themselves(someone: Someone, join: Join, library: Organisation) -> None:
    ona = someone("ona")
    claim = ask(library, ona)
    join(ona, "admin")

    assert list(claims_visible_to(ona)) == [claim]
    with pytest.raises(NotPermitted):
        allow_claim(claim=claim, role="editor", by=ona)


@pytest.mark.parametrize("role", Role.values)
def test_who_works_for_the_funder_cannot_ask_not_even_with_a_proved_address(
    someone: Someone, library: Organisation, role: str
) -> None:
    with pytest.raises(Blocked) as refusal:
        ask(library, someone("rasa", role, domain="sb.lt"))

    assert [obstacle.code for obstacle in refusal.value.obstacles] == ["staff_member"]


def test_the_funder_does_not_decide_about_who_has_come_to_work_for_it(someone: Someone, library: Organisation) -> None:
    rasa, ona = someone("rasa"), someone("ona", "administrator")
    claim = ask(library, rasa)
    grant_role(person=rasa, role="coordinator", by=SYSTEM)

    assert not can_decide_claim(ona, claim)


def test_who_is_kept_away_neither_sees_nor_decides(someone: Someone, library: Organisation) -> None:
    claim, ona = ask(library, someone("rasa")), someone("ona", "administrator")
    Exclusion.objects.create(case=claim.case, user=ona, since=clock.now(), code="kin")

    assert list(claims_visible_to(ona)) == []
    assert not can_decide_claim(ona, claim)
    assert list(claims_visible_to(AnonymousUser())) == []
