"""Receipts: on a page that can be kept, by mail to the whole team, and to be checked by anybody."""

import hashlib
import json

import pytest
from django.urls import reverse

from grants.applications.models import SubmittedVersion
from grants.applications.receipt_numbers import receipt_number
from grants.applications.services import reopen_application, save_section
from tests.grants.applications import filling
from workflows.models import Message

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def version(received):
    return received.versions.get()


@pytest.fixture
def check(client):
    def ask(number, sha256):
        answer = client.post(
            reverse("applications:verify"), {"number": number, "sha256": sha256}, headers={"accept-language": "en"}
        )
        return answer.status_code, text(answer)

    return ask


def test_the_receipt_shows_number_time_in_the_calls_zone_and_digest(client, version, director):
    director.language = "en"
    director.save(update_fields=["language"])
    client.force_login(director)
    page = text(client.get(version.get_absolute_url()))
    for words in (
        "BP-2027-1-0001-P1-32", "24 February 2027", "12:00", "Vilnius time", "2027-02-24T10:00:00.000000+00:00",
        version.sha256, "Ąžuolupio viešoji biblioteka", "What happens next",
    ):  # fmt: skip
        assert words in page.replace("\xa0", " ")


def test_the_received_file_has_the_digest_of_the_receipt(client, version, director):
    client.force_login(director)
    answer = client.get(reverse("applications:content", args=[version.receipt_number]))
    assert hashlib.sha256(answer.content).hexdigest() == version.sha256
    assert json.loads(answer.content) == version.snapshot
    assert answer["Content-Disposition"] == 'attachment; filename="BP-2027-1-0001-P1-32.json"'


def test_the_whole_team_gets_the_receipt_by_mail_in_its_language(ready, director, viewer, stranger, member, submit):
    english = member("editor", name="Anne", language="en")
    version = submit(ready, director)
    letters = {letter.to_user: letter for letter in Message.objects.filter(kind="application_submitted")}
    assert set(letters) == {director, viewer, english}
    letter = letters[english]
    assert (letter.language, letter.subject) == ("en", "Application BP-2027-1-0001 received")
    for words in (version.receipt_number, version.sha256, version.get_absolute_url(), "/applications/verify/", "17:00"):
        assert words in letter.text
    # The day ends at midnight, and not on the 27th.
    assert "we check the application by 26\xa0March 2027." in letter.text
    assert letters[director].language == "lt"


def test_a_press_repeated_sends_no_second_mail(ready, director, submit):
    submit(ready, director, key="one")
    submit(ready, director, key="one")
    assert Message.objects.filter(kind="application_submitted").count() == 1


def test_a_receipt_that_no_longer_counts_says_so(client, version, received, director):
    reopen_application(application=received, by=director)
    director.language = "en"
    director.save(update_fields=["language"])
    client.force_login(director)
    assert "another one or none takes part in the call now" in text(client.get(version.get_absolute_url()))


def test_the_record_is_what_was_submitted_not_what_is_written_since(client, version, received, director):
    reopen_application(application=received, by=director)
    received.project.refresh_from_db()
    save_section(application=received, section_id="essence", by=director, data=filling.typed(title="Naujas"))
    client.force_login(director)
    page = text(client.get(reverse("applications:record", args=[received.pk, 1])))
    main = page.partition("<dl")[2]
    assert "Skaitmeninės dirbtuvės atokiuose filialuose" in main
    assert "Naujas" not in main


def test_number_and_digest_belong_together(check, version):
    status, page = check(version.receipt_number, version.sha256)
    assert (status, "They belong together." in page) == (200, True)


def test_a_typed_number_and_a_pasted_digest_are_forgiven_their_spelling(check, version):
    spaced = " ".join(version.sha256[i : i + 8] for i in range(0, 64, 8)).upper()
    assert "They belong together." in check(f" {version.receipt_number.lower()} ", spaced)[1]


def test_a_wrong_digest_and_an_unknown_number_get_the_same_answer(check, version):
    other = check(version.receipt_number, "0" * 64)[1]
    unknown = check(receipt_number("BP-2027-1-0002", 1), version.sha256)[1]
    assert "They do not belong together." in other
    assert "They do not belong together." in unknown


def test_a_digest_of_a_changed_copy_does_not_match(check, version):
    changed = json.dumps(version.snapshot | {"number": "X"}, sort_keys=True, ensure_ascii=False)
    assert "do not belong" in check(version.receipt_number, hashlib.sha256(changed.encode()).hexdigest())[1]


@pytest.mark.parametrize(
    ("number", "sha256", "sentence"),
    [
        ("", "", "This field is required."),
        ("BP-2027-1-0001-P1-23", "0" * 64, "A digit or a letter of the number is wrong."),
        ("x" * 300, "0" * 64, "at most 100 characters"),
        ("BP-2027-1-0001-P1-32", "0" * 63, "there are 63 usable ones"),
        ("BP-2027-1-0001-P1-32", "g" * 64, "A SHA-256 has 64 characters"),
        ("\x00", "0" * 64, ""),
    ],
)
def test_what_is_not_a_receipt_is_a_sentence(number, sha256, sentence, check):
    status, page = check(number, sha256)
    assert (status, sentence in page) == (400, True)


def test_a_receipt_number_that_never_was_is_404(client, director):
    client.force_login(director)
    assert client.get(reverse("applications:receipt", args=["BP-2027-1-0001-P1-32"])).status_code == 404
    assert SubmittedVersion.objects.count() == 0
