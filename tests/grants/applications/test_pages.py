"""Every page in both languages, at every status that it can have."""

import pytest
from django.urls import reverse

from tests.grants.applications import filling

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("language", ["lt", "en"])


@pytest.fixture
def browse(client):
    """Ask for a page as a person: browse(person, "check", pk) -> response."""

    def get(person, name, *args, language="lt", **query):
        client.logout()
        if person is not None:
            person.language = language
            person.save(update_fields=["language"])
            client.force_login(person)
        return client.get(reverse(f"applications:{name}", args=args), query, headers={"accept-language": language})

    return get


def page(response, status=200):
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


@BOTH
def test_pages_of_a_draft(language, draft, call, director, browse):
    pk = draft.pk
    for name, args in [
        ("list", []), ("start", [call.pk]), ("detail", [pk]), ("check", [pk]), ("submit", [pk]), ("attempts", [pk]),
        ("abandon", [pk]), *(("section", [pk, s]) for s in [*filling.PROJECT_CALL, "annexes", "risks", "declarations"]),
        ("section_from_check", [pk, "essence"]),
    ]:  # fmt: skip
        assert "<h1>" in page(browse(director, name, *args, language=language))


@BOTH
def test_pages_of_a_received_application(language, received, call, director, coordinator, auditor, browse):
    pk, number = received.pk, received.versions.get().receipt_number
    for name, args in [
        ("list", []), ("detail", [pk]), ("check", [pk]), ("attempts", [pk]), ("receipt", [number]), ("record", [pk, 1]),
        ("reopen", [pk]), ("withdraw", [pk]), ("abandon", [pk]),
    ]:  # fmt: skip
        assert "<h1>" in page(browse(director, name, *args, language=language))
    for name, args in [
        ("list", []), ("of_call", [call.pk]), ("detail", [pk]), ("attempts", [pk]), ("receipt", [number]),
        ("record", [pk, 1]), ("eligibility", [pk]), ("ineligible", [pk]), ("clarify", [pk]), ("reopen", [pk]),
    ]:  # fmt: skip
        assert "<h1>" in page(browse(coordinator, name, *args, language=language))
    for name, args in [("of_call", [call.pk]), ("detail", [pk]), ("record", [pk, 1]), ("eligibility", [pk])]:
        assert "<h1>" in page(browse(auditor, name, *args, language=language))


@BOTH
def test_pages_of_the_contest(language, contest, library, director, browse):
    page(browse(director, "start", contest.pk, language=language))
    page(browse(None, "verify", language=language))


def test_what_is_typed_in_these_tests_is_a_complete_application(ready):
    assert (ready.problems, ready.sections_done, ready.sections_total) == (0, 10, 10)
