"""Second factors: setting up, signing in with them, and whom they are asked of."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from grants.accounts import services
from grants.accounts.models import User
from workflows.actors import SYSTEM
from workflows.models import Message

pytestmark = pytest.mark.django_db
PASSWORD = "labai-ilgas-slaptazodis"


@pytest.fixture
def rasa() -> User:
    cache.clear()
    return services.open_account(
        email="rasa@example.org", full_name="Rasa", password=PASSWORD, by=SYSTEM, language="en"
    )


def sign_in(client: Client) -> object:
    return client.post(reverse("account_login"), {"login": "rasa@example.org", "password": PASSWORD})


def code_for(secret: str) -> str:
    cache.clear()
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up(client: Client) -> str:
    """Set up an authenticator app as a person does; answers its secret."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer.status_code == 302
    return secret


def test_an_app_is_set_up_its_secret_is_closed_and_a_letter_tells_of_it(
    client: Client, rasa: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    sign_in(client)

    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(client)

    stored = Authenticator.objects.get(user=rasa, type="totp").data["secret"]
    assert secret not in stored
    assert get_adapter().decrypt(stored) == secret
    assert Message.objects.get().to_email == "rasa@example.org"
    assert Authenticator.objects.filter(user=rasa, type="recovery_codes").exists()


def test_signing_in_then_asks_for_the_code(client: Client, rasa: User) -> None:
    sign_in(client)
    secret = set_up(client)
    browser = Client()

    assert sign_in(browser).url == reverse("mfa_authenticate")
    assert browser.get(reverse("accounts:profile")).status_code == 302
    assert browser.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 400
    browser.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert browser.get(reverse("accounts:profile")).status_code == 200


def test_a_recovery_code_works_once(client: Client, rasa: User) -> None:
    sign_in(client)
    set_up(client)
    code = Authenticator.objects.get(user=rasa, type="recovery_codes").wrap().get_unused_codes()[0]

    for _attempt, status in ((1, 200), (2, 302)):
        browser = Client()
        cache.clear()
        sign_in(browser)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert browser.get(reverse("accounts:profile")).status_code == status


def test_a_new_second_factor_signs_out_everywhere_else(
    client: Client, rasa: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        sign_in(browser)
        browser.get(reverse("accounts:profile"))

    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)

    assert client.get(reverse("accounts:profile")).status_code == 200
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302


SENSITIVE = ["mfa_activate_totp", "mfa_add_webauthn"]


@pytest.mark.parametrize("name", SENSITIVE)
def test_an_old_session_proves_itself_again(client: Client, rasa: User, name: str) -> None:
    client.force_login(rasa)  # a session without a fresh proof of the password

    assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate"))


def test_changing_the_address_asks_for_the_password_and_the_code(client: Client, rasa: User) -> None:
    client.force_login(rasa)
    url = reverse("account_email")
    change = {"email": "nauja@example.org", "action_add": ""}

    answer = client.post(url, change)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Message.objects.exists()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(url, change)
    rasa.refresh_from_db()
    assert rasa.email == "rasa@example.org"

    letter = Message.objects.get(to_email="nauja@example.org")
    code = next(line for line in letter.text.splitlines() if line and " " not in line)
    client.post(reverse("account_email_verification_sent"), {"code": code})

    rasa.refresh_from_db()
    assert rasa.email == "nauja@example.org"
    assert list(EmailAddress.objects.filter(user=rasa).values_list("email", "verified")) == [
        ("nauja@example.org", True)
    ]
    assert Message.objects.filter(to_email="rasa@example.org").count() == 1


@pytest.mark.parametrize("role", ["administrator", "finance"])
def test_powerful_roles_are_advised(client: Client, rasa: User, role: str) -> None:
    services.grant_role(person=rasa, role=role, by=SYSTEM)
    sign_in(client)

    page = client.get(reverse("accounts:profile")).content.decode()
    assert page.count("Your role should be guarded by more than a password.") == 2  # once by the message, once here
    assert page.count(reverse("mfa_index")) >= 3


def test_other_roles_are_left_alone(client: Client, rasa: User) -> None:
    services.grant_role(person=rasa, role="coordinator", by=SYSTEM)
    sign_in(client)

    assert "guarded by more" not in client.get(reverse("accounts:profile")).content.decode()


def test_where_it_is_required_nothing_else_opens_until_it_is_set_up(
    client: Client, rasa: User, settings: object
) -> None:
    settings.MFA_REQUIRED_ROLES = ["finance"]
    services.grant_role(person=rasa, role="finance", by=SYSTEM)
    sign_in(client)

    assert client.get(reverse("accounts:profile")).url == reverse("mfa_index")
    assert client.get("/organisations/").url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200
    set_up(client)
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_where_it_is_required_others_go_on(client: Client, rasa: User, settings: object) -> None:
    settings.MFA_REQUIRED_ROLES = ["finance"]
    client.force_login(rasa)

    assert client.get(reverse("accounts:profile")).status_code == 200
    assert Client().get("/organisations/").status_code == 200


def test_secrets_open_with_an_earlier_key_and_with_no_foreign_one(settings: object) -> None:
    closed = get_adapter().encrypt("paslaptis")
    earlier = settings.SECRET_KEY
    settings.SECRET_KEY = "another-key-that-is-long-enough-to-be-a-key-0123456789"
    with pytest.raises(InvalidToken):
        get_adapter().decrypt(closed)

    settings.SECRET_KEY_FALLBACKS = [earlier]
    assert get_adapter().decrypt(closed) == "paslaptis"
