"""Pages of accounts have titles of ours, with the capitals of a sentence, in both languages."""

import html
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config import foreign_texts, messages
from grants.accounts.models import User
from grants.accounts.services import open_account
from workflows.actors import SYSTEM

pytestmark = pytest.mark.django_db

PASSWORD = "labai-ilgas-slaptazodis"

#         route                          English                            Lithuanian
OUTSIDE = [
    ("account_login", "Sign in", "Prisijungti"),
    ("account_signup", "Make an account", "Registruotis"),
    ("account_reset_password", "Forgotten password", "Pamiršote slaptažodį"),
    ("account_reset_password_done", "Look into your mail", "Pažiūrėkite savo el. paštą"),
    ("account_reset_password_from_key_done", "Change the password", "Keisti slaptažodį"),
    ("account_inactive", "This account is closed", "Paskyra išjungta"),
]
INSIDE = [
    ("account_email", "E-mail address", "El. pašto adresas"),
    ("account_change_password", "Change the password", "Keisti slaptažodį"),
    ("account_reauthenticate", "Confirm that it is you", "Patvirtinkite, kad tai jūs"),
    ("account_logout", "Sign out", "Atsijungti"),
    ("mfa_index", "Second factor", "Antrasis veiksnys"),
    ("mfa_list_webauthn", "Passkeys and security keys", "Prieigos raktai ir saugos raktai"),
    ("usersessions_list", "Where you are signed in", "Kur esate prisijungę"),
]


@pytest.fixture(params=["en", "lt"])
def language(request):
    return request.param


@pytest.fixture
def rasa(language) -> User:
    return open_account(email="rasa@example.org", full_name="Rasa", password=PASSWORD, by=SYSTEM, language=language)


def heading(client, route, language):
    page = client.get(reverse(route), headers={"accept-language": language}).content.decode()
    [title], [first] = (
        re.findall(r"<title>(.*?)</title>", page, re.DOTALL),
        re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL),
    )
    assert title.strip().endswith("– Pažanga")
    return html.unescape(" ".join(first.split()))


@pytest.mark.parametrize(("route", "english", "lithuanian"), OUTSIDE)
def test_pages_before_signing_in(client, language, route, english, lithuanian):
    assert heading(client, route, language) == {"en": english, "lt": lithuanian}[language]


@pytest.mark.parametrize(("route", "english", "lithuanian"), INSIDE)
def test_pages_of_an_account(client: Client, rasa, language, route, english, lithuanian):
    client.post(reverse("account_login"), {"login": rasa.email, "password": PASSWORD})
    found = heading(client, route, language)
    assert found == {"en": english, "lt": lithuanian}[language]


def test_english_words_of_ours_replace_only_texts_of_other_packages():
    theirs = {str(text) for group in (foreign_texts.ACCOUNT, foreign_texts.SECOND_FACTOR) for text in group}
    ours = {message.id: message.string for message in messages.read("en") if message.id}
    assert set(ours) - theirs <= {"Sessions", "Sign Out Other Sessions", "Started At"}
    assert [text for text in ours.values() if re.search(r" (?!I\b)[A-Z]", text.partition(". ")[0])] == []
    assert messages.SOURCE_LANGUAGE in dict(settings.LANGUAGES)
