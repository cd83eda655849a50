"""What of an application is not for evaluators reaches no evaluator: on no page that they find, in no file."""

import re
from collections import deque

import pytest
from django.urls import reverse

from grants.questionnaires.services import save_section
from tests.fixtures.beginnings import kept
from tests.scenarios.content import typed
from tests.scenarios.prepared import begun, continued

pytestmark = pytest.mark.django_db

ACCOUNT, MAIL, PHONE = "LT60 1010 0123 4567 8901", "vardas@biblioteka.test", "+370 612 34567"
CANARIES = [ACCOUNT, ACCOUNT.replace(" ", ""), MAIL, PHONE, PHONE.replace(" ", "")]
LINK = re.compile(r"""(?:href|src|data-[a-z-]+|hx-get)="(/[^"#]*)""")
MOST = 200


def begin(story):
    """Two applications in selection; an annex of the call is for the staff alone."""
    people = story.people
    for key in ("coordinator", "head", "finance", "auditor"):
        people.staff(key)
    document = story.document("bp-2027-1")
    next(annex for annex in document["annexes"] if annex["id"] == "cv")["audience"] = "staff"
    story.call_ = story.call(document=document)
    library = people.library()
    story.director = people.member(library, "direktore", "Vardenė Pavardenė")
    story.at("2027-02-20 10:00")
    draft = story.draft(story.call_, library, story.director)
    save_section(sheet=draft.sheet, section_id="applicant", data=typed(bank=ACCOUNT), by=story.director)
    story.project = story.submit(draft, story.director)
    story.closed(story.call_)
    story.accepted(story.project)
    evaluator = story.evaluator(story.call_, "evaluator1", "Evalda Evaldaitė")
    story.later(days=5)
    story.review = story.assigned(story.project, evaluator)


@pytest.fixture
@kept
def told_with_canaries():
    return begun(begin)


@pytest.fixture
def story(told_with_canaries, beginning, tmp_path, db):
    with continued(told_with_canaries, beginning, tmp_path) as story:
        yield story


def bytes_of(answer):
    """All that was sent; reading a file to its end closes it."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def crawl(client, *starts):
    """Every address of the product that leads from the starts on, with its status and content."""
    found, waiting = {}, deque(starts)
    while waiting and len(found) < MOST:
        url = waiting.popleft().replace("&amp;", "&")
        if url in found or url.startswith(("/static/", "/media/", "/account/logout")):
            continue
        answer = client.get(url)
        found[url] = (answer.status_code, bytes_of(answer))
        if answer.headers.get("Location", "").startswith("/"):
            waiting.append(answer.headers["Location"])
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            waiting.extend(LINK.findall(found[url][1].decode()))
    return found


def addresses(story):
    application, [version] = story.project.application, story.project.application.versions.all()
    return [
        story.review.get_absolute_url(),
        story.project.get_absolute_url(),
        application.get_absolute_url(),
        version.get_absolute_url(),
        reverse("applications:record", args=[application.pk, version.number]),
        reverse("applications:content", args=[version.receipt_number]),
        reverse("applications:check", args=[application.pk]),
        *(reverse("questionnaires:document", args=[one.public_id]) for one in application.sheet.documents.all()),
    ]


def spoilt(found):
    return {(url, canary) for url, (_status, body) in found.items() for canary in CANARIES if canary.encode() in body}


def test_an_evaluator_is_led_to_no_account_no_contact_and_no_paper_of_the_staff(story, client):
    client.force_login(story.review.user)
    found = crawl(client, "/", *addresses(story))
    assert spoilt(found) == set()
    assert b"Evalda" in found["/"][1]
    review = found[story.review.get_absolute_url()][1].decode()
    assert "Skaitmenin" in review
    assert "Vardenė Pavardenė" in review, "who leads the project is for the evaluator"
    assert len(found) > 10


@pytest.mark.parametrize("person", ["coordinator", "director"])
def test_staff_and_team_read_the_same_pages_with_all_of_it(story, client, person):
    client.force_login(story.director if person == "director" else story.people.staff("coordinator"))
    application, [version] = story.project.application, story.project.application.versions.all()
    page = client.get(reverse("applications:record", args=[application.pk, version.number])).content.decode()
    assert (ACCOUNT in page, MAIL in page, PHONE in page) == (True, True, True)
    assert client.get(reverse("applications:content", args=[version.receipt_number])).status_code == 200


def test_the_whole_file_and_the_paper_of_the_staff_are_refused_to_the_evaluator(story, client):
    client.force_login(story.review.user)
    application, [version] = story.project.application, story.project.application.versions.all()
    papers = {one.key: one for one in application.sheet.documents.all()}
    answers = {}
    for key, one in papers.items():
        answer = client.get(reverse("questionnaires:document", args=[one.public_id]))
        answers[key] = (answer.status_code, b"%PDF" in bytes_of(answer))
    assert answers == {
        "partner_agreement": (200, True), "owner_consent": (200, True), "price_basis": (200, True), "cv": (404, False),
    }  # fmt: skip
    assert client.get(reverse("applications:content", args=[version.receipt_number])).status_code == 403
    receipt = client.get(version.get_absolute_url()).content.decode()
    assert reverse("applications:content", args=[version.receipt_number]) not in receipt
