"""Signing up and in, forgotten passwords: nothing tells who exists, and nothing can be tried without end."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from grants.accounts import services
from grants.accounts.models import User
from workflows.actors import SYSTEM
from workflows.models import Message

pytestmark = pytest.mark.django_db
PASSWORD = "labai-ilgas-slaptazodis"
KNOWN, UNKNOWN = "rasa@example.org", "niekas@example.org"


@pytest.fixture(autouse=True)
def rasa() -> User:
    cache.clear()
    return services.open_account(email=KNOWN, full_name="Rasa", password=PASSWORD, by=SYSTEM, language="en")


def plain(body: bytes, email: str) -> str:
    """The page without what differs by design: tokens, and the address that the person typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body.decode())
    return text.replace(email, "ADDRESS")


def signup_form(email: str, **changes: str) -> dict[str, str]:
    return {"email": email, "password1": PASSWORD, "full_name": "Ona Onaitė", "language": "lt"} | changes


def code_in(letter: Message) -> str:
    return next(line for line in letter.text.splitlines() if line and " " not in line)


# --- who exists ---


def test_a_forgotten_password_answers_the_same_for_known_and_unknown() -> None:
    answers = {}
    for email in (KNOWN, UNKNOWN):
        client = Client()
        first = client.post(reverse("account_reset_password"), {"email": email})
        second = client.get(first.url)
        answers[email] = (first.status_code, first.url, second.status_code, plain(second.content, email))

    assert answers[KNOWN] == answers[UNKNOWN]
    assert Message.objects.filter(to_email=KNOWN).count() == 1
    assert Message.objects.filter(to_email=UNKNOWN).count() == 1


def test_signing_up_answers_the_same_for_known_and_unknown() -> None:
    answers = {}
    for email in (KNOWN, UNKNOWN):
        client = Client()
        first = client.post(reverse("account_signup"), signup_form(email))
        second = client.get(first.url)
        wrong = client.post(first.url, {"code": "XXXX-XXXX"})
        answers[email] = (first.status_code, first.url, plain(second.content, email), plain(wrong.content, email))

    assert answers[KNOWN] == answers[UNKNOWN]
    assert "jau turi paskyrą" in Message.objects.get(to_email=KNOWN).text


def test_a_wrong_password_answers_the_same_for_known_and_unknown() -> None:
    answers = {}
    for email in (KNOWN, UNKNOWN):
        answer = Client().post(reverse("account_login"), {"login": email, "password": "ne-tas-slaptazodis"})
        answers[email] = (answer.status_code, plain(answer.content, email))

    assert answers[KNOWN] == answers[UNKNOWN]


def test_a_closed_account_asks_for_a_new_password_like_an_unknown_address() -> None:
    User.objects.filter(email=KNOWN).update(is_active=False)

    assert Client().post(reverse("account_reset_password"), {"email": KNOWN}).url == reverse(
        "account_reset_password_done"
    )
    assert "/account/password/reset/key/" not in Message.objects.get().text


# --- how often ---


def test_the_sixth_wrong_password_closes_the_door_even_to_the_right_one() -> None:
    client = Client()
    for _ in range(5):
        client.post(reverse("account_login"), {"login": KNOWN, "password": "ne-tas-slaptazodis"})

    client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_no_more_than_three_letters_an_hour_for_one_address() -> None:
    statuses = [Client().post(reverse("account_reset_password"), {"email": KNOWN}).status_code for _ in range(5)]

    assert statuses == [302, 302, 302, 429, 429]
    assert Message.objects.count() == 3


# --- signing up ---


def test_signing_up_verifies_the_address_before_anything_opens(client: Client) -> None:
    first = client.post(reverse("account_signup"), signup_form("Nauja@Example.org", full_name="  Nauja\u202e  N. "))
    person = User.objects.get(email="nauja@example.org")
    assert (person.full_name, person.language) == ("Nauja N.", "lt")
    assert "_auth_user_id" not in client.session
    assert not EmailAddress.objects.get(user=person).verified

    client.post(first.url, {"code": code_in(Message.objects.get())})

    assert client.session["_auth_user_id"] == str(person.pk)
    assert EmailAddress.objects.get(user=person).verified


def test_five_wrong_codes_end_the_attempt(client: Client) -> None:
    url = client.post(reverse("account_signup"), signup_form("nauja@example.org")).url
    for _ in range(5):
        client.post(url, {"code": "XXXX-XXXX"})

    client.post(url, {"code": code_in(Message.objects.get())})

    assert "_auth_user_id" not in client.session


BAD = [
    ({"email": ""}, "email"),
    ({"email": "ne adresas"}, "email"),
    ({"email": "a" * 300 + "@example.org"}, "email"),
    ({"full_name": " \u200f "}, "full_name"),
    ({"full_name": "ą" * 300}, "full_name"),
    ({"language": "fr"}, "language"),
    ({"password1": "trumpas"}, "password1"),
    ({"password1": "1234567890"}, "password1"),
    ({"password1": "nauja@example.org"}, "password1"),
]


@pytest.mark.parametrize(("change", "field"), BAD)
def test_bad_input_is_told_and_kept(client: Client, change: dict[str, str], field: str) -> None:
    answer = client.post(reverse("account_signup"), signup_form("nauja@example.org") | change)

    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    if "full_name" not in change:
        assert "Ona Onaitė" in answer.content.decode()
    assert not User.objects.filter(email="nauja@example.org").exists()


# --- passwords ---


def test_a_forgotten_password_is_replaced_by_the_link_once_and_passwords_are_argon2(
    client: Client, settings: object, rasa: User
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    client.post(reverse("account_reset_password"), {"email": KNOWN}, headers={"host": "localhost"})
    link = next(line for line in Message.objects.get().text.splitlines() if "/password/reset/key/" in line)
    assert link.startswith("http://127.0.0.1:8000/")  # the product's own address, not the host of the request
    path = link.removeprefix("http://127.0.0.1:8000")

    form = client.get(path, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "kitas-ilgas-slaptazodis", "password2": "kitas-ilgas-slaptazodis"}
    )

    rasa.refresh_from_db()
    assert rasa.check_password("kitas-ilgas-slaptazodis")
    assert rasa.password.startswith("argon2")
    assert "kitas" not in Client().get(path, follow=True).content.decode()
    assert Client().get(path).status_code == 200  # says that the link is spent; no form behind it


def test_a_changed_password_signs_out_everywhere_else(rasa: User) -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
        assert browser.get(reverse("accounts:profile")).status_code == 200

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "kitas-ilgas-slaptazodis", "password2": "kitas-ilgas-slaptazodis"},
    )

    assert here.get(reverse("accounts:profile")).status_code == 200
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302
    assert Message.objects.get().to_email == KNOWN


def test_the_session_key_changes_at_signing_in(client: Client) -> None:
    client.get(reverse("account_login"))
    client.session["seen"] = 1
    client.session.save()
    before = client.session.session_key

    client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})

    assert client.session.session_key != before


def test_signing_out_needs_a_post(client: Client, rasa: User) -> None:
    client.force_login(rasa)

    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).url == "/"
    assert "_auth_user_id" not in client.session


def test_other_sessions_can_be_ended(rasa: User) -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
        browser.get(reverse("accounts:profile"))
    assert here.get(reverse("usersessions_list")).status_code == 200

    here.post(reverse("usersessions_list"))

    assert here.get(reverse("accounts:profile")).status_code == 200
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302


OUTSIDE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "\\\\evil.example", "http:evil.example",
    "javascript:alert(1)", "https:///evil.example", "/\\evil.example", "https://testserver@evil.example/",
    "https://testserver.evil.example/", "\thttps://evil.example", "ftp://testserver/", "data:text/html,x",
]  # fmt: skip


@pytest.mark.parametrize("url", OUTSIDE)
def test_signing_in_and_switching_language_lead_nowhere_outside(client: Client, url: str) -> None:
    signed_in = client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD, "next": url})
    switched = client.post(reverse("accounts:language"), {"language": "en", "next": url})

    assert signed_in.url == "/"
    assert switched.url == "/"


def test_a_demonstration_offers_its_people_and_one_click_enters_as_one(client, settings):
    settings.DEMO = True
    for name in ("coordinator", "stranger"):
        services.open_account(
            email=f"{name}@demo.test", full_name=name, by=SYSTEM, language="en", password="pazanga-demo", is_demo=True
        )
    html = client.get(reverse("account_login")).content.decode()
    assert html.count('name="login" value="') == 1
    assert 'value="coordinator@demo.test"' in html
    answer = client.post(reverse("account_login"), {"login": "coordinator@demo.test", "password": "pazanga-demo"})
    assert (answer.status_code, answer.url) == (302, "/")


def test_outside_a_demonstration_no_account_is_offered(client, settings):
    settings.DEMO = False
    services.open_account(
        email="head@demo.test", full_name="Head", by=SYSTEM, language="en", password="x" * 14, is_demo=True
    )
    assert "pazanga-demo" not in client.get(reverse("account_login")).content.decode()


def test_signing_in_goes_on_in_the_persons_language() -> None:
    services.open_account(email="ona@example.org", full_name="Ona", password=PASSWORD, by=SYSTEM, language="lt")
    form = {"login": "ona@example.org", "password": PASSWORD}
    page = Client(headers={"accept-language": "en"}).post(reverse("account_login"), form, follow=True)
    assert "Prisijungėte. Naudotojas: Ona." in page.content.decode()


def test_the_letter_about_a_change_names_the_time_as_everywhere(client: Client) -> None:
    client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
    new = "visai-kitas-slaptazodis"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    letter = Message.objects.get(to_email=KNOWN)
    assert re.search(r"Time: \d{1,2}\s\w+ \d{4}, \d\d:\d\d Vilnius time", letter.text)
