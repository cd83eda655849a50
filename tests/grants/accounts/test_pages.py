"""Pages about roles, and every page of django-allauth on our base page."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.accounts import services
from grants.accounts.models import RoleGrant, User
from workflows.actors import SYSTEM

pytestmark = pytest.mark.django_db
Someone = Callable[..., User]
PASSWORD = "labai-ilgas-slaptazodis"


@pytest.fixture
def someone() -> Someone:
    cache.clear()

    def make(name: str, *roles: str) -> User:
        person = services.open_account(
            email=f"{name}@example.org", full_name=name.title(), password=PASSWORD, by=SYSTEM, language="en"
        )
        for role in roles:
            services.grant_role(person=person, role=role, by=SYSTEM)
        return person

    return make


#         who             roles page, giving a role, page of ending one, ending one
ACCESS = [
    (None, [302, 302, 302, 302]),
    ("nothing", [403, 403, 404, 404]),
    ("coordinator", [403, 403, 404, 404]),
    ("finance", [403, 403, 404, 404]),
    ("head", [403, 403, 404, 404]),
    ("auditor", [200, 403, 403, 403]),
    ("administrator", [200, 302, 200, 302]),
]


@pytest.mark.parametrize(("who", "statuses"), ACCESS)
def test_who_gets_which_page_of_roles(client: Client, someone: Someone, who: str | None, statuses: list[int]) -> None:
    someone("root", "administrator")
    jonas = someone("jonas", "head")
    if who:
        client.force_login(someone("rasa", *([] if who == "nothing" else [who])))
    revoke = reverse("accounts:revoke", args=[jonas.role_grants.get().pk])
    new = {"email": "jonas@example.org", "role": "finance", "reason": "Stands in"}

    assert [
        client.get(reverse("accounts:roles")).status_code,
        client.post(reverse("accounts:roles"), new).status_code,
        client.get(revoke).status_code,
        client.post(revoke, {"reason": "Left"}).status_code,
    ] == statuses
    held = set(RoleGrant.objects.filter(user=jonas, until__isnull=True).values_list("role", flat=True))
    assert held == ({"finance"} if who == "administrator" else {"head"})


def test_roles_take_as_many_queries_with_three_people_as_with_one(client: Client, someone: Someone) -> None:
    rasa = someone("rasa", "administrator")
    client.force_login(rasa)

    def queries() -> int:
        client.get(reverse("accounts:roles"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("accounts:roles"))
        return len(seen)

    services.revoke_role(grant=someone("old", "head").role_grants.get(), by=rasa, reason="Left")
    one = queries()
    for name in ("jonas", "ona"):
        services.revoke_role(grant=someone(name, "finance", "head").role_grants.first(), by=rasa, reason="Left")

    assert queries() == one
    assert one <= 12


BAD = [
    ({"email": "niekas@example.org"}, "email"),
    ({"email": "rasa@example.org"}, "email"),
    ({"email": "ne adresas"}, "email"),
    ({"role": "king"}, "role"),
    ({"reason": ""}, "reason"),
    ({"reason": " \u202e "}, "reason"),
    ({"reason": "ą" * 501}, "reason"),
]


@pytest.mark.parametrize(("change", "field"), BAD)
def test_a_bad_grant_is_told(client: Client, someone: Someone, change: dict[str, str], field: str) -> None:
    client.force_login(someone("rasa", "administrator"))
    someone("jonas")

    data = {"email": "jonas@example.org", "role": "head", "reason": "New"} | change
    answer = client.post(reverse("accounts:roles"), data)

    assert list(answer.context["form"].errors) == [field]
    assert RoleGrant.objects.count() == 1


def test_a_double_click_on_ending_a_role_ends_it_once(client: Client, someone: Someone) -> None:
    jonas = someone("jonas", "head")
    client.force_login(someone("rasa", "administrator"))
    url = reverse("accounts:revoke", args=[jonas.role_grants.get().pk])

    assert client.post(url, {"reason": "Left"}).url == reverse("accounts:roles")
    assert client.post(url, {"reason": "Left"}).url == reverse("accounts:roles")
    assert "Left" in client.get(reverse("accounts:roles")).content.decode()
    assert client.get(reverse("accounts:roles"), {"page": "7"}).status_code == 404


def test_the_reason_of_ending_is_needed_and_kept(client: Client, someone: Someone) -> None:
    jonas = someone("jonas", "head")
    client.force_login(someone("rasa", "administrator"))
    url = reverse("accounts:revoke", args=[jonas.role_grants.get().pk])

    assert client.post(url, {"reason": ""}).context["form"].errors.keys() == {"reason"}


def test_ones_own_role_is_not_ended(client: Client, someone: Someone) -> None:
    rasa = someone("rasa", "administrator")
    client.force_login(rasa)

    assert client.post(reverse("accounts:revoke", args=[rasa.role_grants.get().pk]), {"reason": "x"}).status_code == 403


def test_anothers_grant_and_one_that_never_was_are_not_found(client: Client, someone: Someone) -> None:
    grant = someone("jonas", "head").role_grants.get()
    client.force_login(someone("rasa"))

    for pk in (grant.pk, 10**9, 10**30):
        assert client.get(f"/roles/{pk}/revoke/").status_code == 404


STRANGERS_PAGES = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done",
                   "account_reset_password_from_key_done", "account_inactive"]  # fmt: skip
OWN_PAGES = [
    "accounts:profile", "account_email", "account_change_password", "account_logout", "account_reauthenticate",
    "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list",
]  # fmt: skip


def stands_on_our_base(page: str) -> bool:
    """Whether the page has our frame, and nothing that the content security policy would refuse."""
    frame = '<main id="content"' in page and "Pažanga</title>" in page.replace("\n", "")
    return frame and " style=" not in page and "<style" not in page and "onclick" not in page


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("name", STRANGERS_PAGES)
def test_a_strangers_page_stands_on_our_base(client: Client, name: str, language: str) -> None:
    answer = client.get(reverse(name), headers={"accept-language": language})

    assert answer.status_code == 200
    assert stands_on_our_base(answer.content.decode())


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_of_ones_own_stands_on_our_base(client: Client, someone: Someone, name: str) -> None:
    someone("rasa")
    client.post(reverse("account_login"), {"login": "rasa@example.org", "password": PASSWORD})
    if name != "account_reauthenticate":
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert stands_on_our_base(answer.content.decode())


def test_pages_of_ones_own_are_closed_to_strangers(client: Client) -> None:
    for name in OWN_PAGES:
        if name == "account_logout":
            continue
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def test_scripts_of_a_page_come_from_us_and_are_announced(client: Client) -> None:
    answer = client.get(reverse("account_login"), headers={"accept-language": "en"})
    page = answer.content.decode()

    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "It needs JavaScript in the browser" in page
    assert [
        part for part in page.split("<script")[1:] if "src=" not in part[:80] and "application/json" not in part[:80]
    ] == []


def test_whose_own_role_has_just_ended_ends_no_other(client: Client, someone: Someone) -> None:
    rasa, jonas = someone("rasa", "administrator"), someone("jonas", "administrator")
    client.force_login(rasa)
    url = reverse("accounts:revoke", args=[jonas.role_grants.get().pk])
    assert client.get(url).status_code == 200
    services.revoke_role(grant=rasa.role_grants.get(), by=jonas, reason="Left")

    assert client.post(url, {"reason": "Too"}).status_code == 404


def test_asking_for_a_new_password_says_that_a_letter_comes_not_that_the_password_is_changed(client: Client) -> None:
    answer = client.post(
        reverse("account_reset_password"),
        {"email": "niekas@example.org"},
        follow=True,
        headers={"accept-language": "en"},
    )
    html = answer.content.decode()
    assert "<h1>Look into your mail</h1>" in html
    assert f'href="{reverse("account_reset_password")}"' in html
