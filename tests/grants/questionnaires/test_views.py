"""Downloading documents, and text typed while the session ran out."""

import json
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from grants.accounts.kept_text import KEPT, MOST_KEPT
from grants.questionnaires import permissions
from grants.questionnaires.services import remove_document, save_section, store_document
from grants.questionnaires.typed import autosave_response, signed_in_keeping_text
from tests.grants.questionnaires import files
from tests.grants.questionnaires.conftest import typed


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def policies(monkeypatch):
    monkeypatch.setattr(permissions, "_POLICIES", {})
    return permissions


@pytest.fixture
def document(case, applicant):
    upload = files.upload("Sutartis „A“.pdf", files.pdf(), "application/pdf")
    return store_document(upload=upload, case=case, category="application/cv", by=applicant, formats=["pdf"])


def get(client, document):
    return client.get(f"/documents/{document.public_id}/")


def test_document_is_nobodys_until_a_slice_says_whose(client, policies, document, applicant):
    client.force_login(applicant)
    assert get(client, document).status_code == 404


def test_document_leaves_as_an_attachment_that_no_browser_runs(client, policies, document, applicant):
    policies.register_document_policy("application/", lambda user, found: user == applicant and found == document)
    client.force_login(applicant)
    answer = get(client, document)
    assert b"".join(answer.streaming_content) == files.pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Sutartis")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_stranger_and_unknown_id_get_the_same_answer(client, policies, document, applicant, colleague):
    policies.register_document_policy("application/", lambda user, found: user == applicant)
    client.force_login(colleague)
    assert get(client, document).status_code == 404
    assert client.get(f"/documents/{uuid4()}/").status_code == 404
    client.logout()
    assert get(client, document).status_code == 404


@pytest.mark.parametrize("path", ["1", "x", "../x", "00000000-0000-0000-0000-00000000000", "%00"])
def test_odd_address_is_not_found(client, db, path):
    assert client.get(f"/documents/{path}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_document_cannot_be_changed_by_its_address(client, policies, document, method):
    assert getattr(client, method)(f"/documents/{document.public_id}/").status_code == 405


def test_longest_prefix_decides_alone(policies, document):
    policies.register_document_policy("application/", lambda user, found: True)
    policies.register_document_policy("application/cv", lambda user, found: False)
    assert not policies.can_see_document(None, document)
    assert sorted(policies.document_policies()) == ["application/", "application/cv"]


@pytest.mark.parametrize("prefix", ["", "application/"])
def test_prefix_is_given_once_and_never_empty(policies, prefix):
    policies.register_document_policy("application/", lambda user, found: True)
    with pytest.raises(ValueError, match="empty or taken"):
        policies.register_document_policy(prefix, lambda user, found: True)


def test_removed_document_can_still_be_read_for_the_submitted_copy(client, policies, document, applicant):
    policies.register_document_policy("application/", lambda user, found: True)
    remove_document(document=document, by=applicant)
    assert b"".join(get(client, document).streaming_content) == files.pdf()


@pytest.mark.logs_error("is not in the storage")
def test_lost_content_is_not_found_and_told_to_the_operator(client, policies, document):
    policies.register_document_policy("application/", lambda user, found: True)
    document.file.storage.delete(document.file.name)
    assert get(client, document).status_code == 404


@signed_in_keeping_text
def page(request):
    return HttpResponse(request.kept["q-title"] if request.kept else "nothing kept")


def ask(user, session, method="get", path="/sheet/", data=None, **headers):
    request = getattr(RequestFactory(), method)(path, data or {}, headers=headers)
    request.user, request.session = user, session
    return page(request)


def test_text_typed_while_the_session_ran_out_is_back_after_signing_in(applicant):
    session = {}
    answer = ask(AnonymousUser(), session, "post", data={"q-title": "Ilgas tekstas"})
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next=/sheet/")
    assert ask(applicant, session, path="/other/").content == b"nothing kept"
    assert ask(applicant, session).content.decode() == "Ilgas tekstas"
    assert ask(applicant, session).content == b"nothing kept"


def test_background_save_without_a_session_is_told_so(applicant):
    session = {}
    answer = ask(AnonymousUser(), session, "post", data={"q-title": "A"}, **{"X-Autosave": "1"})
    assert answer.status_code == 401
    assert json.loads(answer.content)["signed_out"] is True
    assert KEPT in session


def test_text_beyond_reason_is_not_kept_in_the_session():
    session = {}
    ask(AnonymousUser(), session, "post", data={"q-title": "a" * (MOST_KEPT + 1)})
    assert session == {}


def test_background_save_answers_with_the_hour_tokens_and_problems(sheet, applicant, settings):
    with override("en"):
        result = save_section(sheet=sheet, section_id="essence", data=typed(title="A", branches="x"), by=applicant)
        answer = autosave_response(result)
    told = json.loads(answer.content)
    assert answer.status_code == 200
    assert told["text"].startswith("Saved ")
    assert told["tokens"]["title"] == result.tokens["title"]
    assert {
        "target": "q-branches",
        "message": "Write a number in digits, for example 1234 or 12,5.",
        "missing": False,
    } in (told["problems"])


def test_background_save_into_a_conflict_keeps_the_old_token(sheet, applicant, colleague):
    save_section(sheet=sheet, section_id="essence", data=typed(title="Theirs"), by=colleague)
    data = QueryDict("q-title=Mine&v-title=0.x")
    with override("en"):
        answer = autosave_response(save_section(sheet=sheet, section_id="essence", data=data, by=applicant))
    told = json.loads(answer.content)
    assert answer.status_code == 409
    assert "title" not in told["tokens"]
    assert told["conflicts"][0]["theirs"] == "Theirs"
    assert told["conflicts"][0]["text"].startswith("Jonas Jonaitis changed this answer meanwhile.")
