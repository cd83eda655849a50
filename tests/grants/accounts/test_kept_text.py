"""A session that ends in the middle of a form: whatever was typed comes back after signing in, on every page."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from grants.accounts import services
from grants.accounts.kept_text import KEPT, MOST_KEPT, WRITER
from grants.accounts.models import User
from workflows.actors import SYSTEM

pytestmark = pytest.mark.django_db
PASSWORD = "labai-ilgas-slaptazodis"
LONG = "Pirma eilutė.\n\nAntra eilutė <b>be ženklų</b>."


@pytest.fixture(autouse=True)
def rasa() -> User:
    cache.clear()
    return services.open_account(
        email="rasa@example.org", full_name="Rasa", password=PASSWORD, by=SYSTEM, language="en"
    )


def sign_in(client: Client, path: str, email: str = "rasa@example.org") -> None:
    answer = client.post(reverse("account_login"), {"login": email, "password": PASSWORD, "next": path})
    assert answer.url == path


def test_the_page_of_signing_in_says_that_the_text_is_kept(client: Client) -> None:
    address = reverse("accounts:profile")
    english = {"accept-language": "en"}
    assert "is kept and comes back" not in client.get(reverse("account_login"), headers=english).content.decode()
    answer = client.post(address, {"full_name": LONG, "key": "x1"})
    assert answer.url == f"{reverse('account_login')}?next={address}"
    page = client.get(answer.url, headers=english).content.decode()
    assert "what you have just typed is kept and comes back." in page


def test_a_text_is_shown_once_on_the_page_where_it_was_typed(client: Client) -> None:
    address = reverse("accounts:profile")
    client.post(address, {"full_name": LONG, "key": "x1"})
    sign_in(client, address)
    assert "copy it where it belongs" not in client.get("/").content.decode()
    page = client.get(address).content.decode()
    assert "copy it where it belongs" in page
    assert "<p>Antra eilutė &lt;b&gt;be ženklų&lt;/b&gt;.</p>" in page
    assert "x1" not in page
    assert "copy it where it belongs" not in client.get(address).content.decode()


def test_a_text_comes_back_to_its_writer_after_their_session_has_ended(client: Client) -> None:
    address = reverse("accounts:profile")
    sign_in(client, address)
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    client.post(address, {"full_name": LONG})
    sign_in(client, address)
    assert "Antra eilutė" in client.get(address).content.decode()


def test_a_text_is_never_shown_to_whoever_signs_in_next(client: Client) -> None:
    address = reverse("accounts:profile")
    services.open_account(email="ona@example.org", full_name="Ona", password=PASSWORD, by=SYSTEM, language="en")
    sign_in(client, address, "ona@example.org")
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    client.post(address, {"full_name": LONG})
    sign_in(client, address)
    assert "Antra eilutė" not in client.get(address).content.decode()
    assert KEPT not in client.session


def test_who_wrote_is_not_believed_of_a_cookie_that_was_made_up(client: Client) -> None:
    address = reverse("accounts:profile")
    client.cookies[WRITER] = "999999"
    client.post(address, {"full_name": LONG})
    assert client.session[KEPT]["writer"] == ""


def test_a_button_that_sends_elsewhere_leads_back_to_its_page(client: Client) -> None:
    answer = client.post(
        "/account/profile/", {"full_name": LONG}, headers={"referer": "http://testserver/my-work/?page=2"}
    )
    assert answer.url == f"{reverse('account_login')}?next=/my-work/"
    sign_in(client, "/my-work/")
    assert "Antra eilutė" in client.get("/my-work/").content.decode()


def test_a_strangers_page_leads_nowhere(client: Client) -> None:
    answer = client.post("/account/profile/", {"full_name": LONG}, headers={"referer": "https://evil.example/x/"})
    assert answer.url == f"{reverse('account_login')}?next=/account/profile/"


def test_text_beyond_reason_is_not_kept(client: Client) -> None:
    client.post("/account/profile/", {"full_name": "a" * (MOST_KEPT + 1)})
    assert KEPT not in client.session


def test_passwords_and_codes_are_kept_nowhere(client: Client) -> None:
    secret = "keturi zali arkliai bega"
    client.post(reverse("account_change_password"), {"oldpassword": secret, "password1": secret, "code": "123 456"})
    assert KEPT not in client.session
    client.post("/account/profile/", {"full_name": LONG, "Password2": secret, "csrfmiddlewaretoken": "abc"})
    assert set(QueryDict(client.session[KEPT]["text"])) == {"full_name"}


def test_who_reads_signed_out_is_kept_nothing(client: Client) -> None:
    client.get("/account/profile/")
    client.post("/language/", {"language": "en", "next": "/"})
    assert KEPT not in client.session
