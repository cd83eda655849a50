"""Pages of calls: public ones for everybody, working ones for staff, none that grows with its rows."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.calls.models import Call
from grants.calls.states import CallState
from tests.grants.calls.makers import (
    AFTER_CLOSE,
    BEFORE,
    CONTEST,
    GRANT,
    WHILE_OPEN,
    call_in,
    document,
    exclude,
    person,
)  # fmt: skip
from workflows import clock

pytestmark = pytest.mark.django_db
S = CallState


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["language"] = "en"


def more_calls(count, state=S.OPEN):
    made = []
    for number in range(count):
        text = f"NOM-{2030 + number}"
        made.append(call_in(state, CONTEST, code=text))
    return made


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_public_page_of_a_grant_call_says_everything(client):
    call_in(S.OPEN)
    with clock.replaced(WHILE_OPEN):
        page = client.get("/calls/BP-2027-1/").content.decode()
    for words in [
        "Call for library projects for communities",
        "17:00",
        "Vilnius time",
        "days left",
        "EUR\N{NO-BREAK SPACE}900,000",
        "from EUR\N{NO-BREAK SPACE}10,000 to EUR\N{NO-BREAK SPACE}35,000",
        "At least 1 partner takes part.",
        "One applicant submits at most 1 application.",
        "Each application is scored by 2 experts.",
        "At least 60 points of 100 are needed.",
        "Where scores differ by 20 points or more, one more expert assesses the application.",
        "Grounding in the need of the community",
        "Excellent: convincingly grounded in evidence",
        "Pay and related taxes",
        "repair of premises and building works",
        "Which problem or need of the community does the project address, and how was it studied?",
        "Advance: 60%, within 20 days of the agreement.",
        "Second payment: 30%, after this is approved: Interim report; "
        "condition: at least 70 per cent of the advance has been used.",
        "Quarterly report on use of funds: each calendar quarter, by the 5th day of the next month.",
        "Final report: within 30 days of the end of the project.",
        "Applicants hear of the decision within 3 working days, whatever it is.",
        "An appeal can be made within 20 days.",
        "Deadline for applications",
    ]:
        assert words in page, words


def test_the_public_page_of_a_contest_differs_by_its_rules(client):
    call_in(S.OPEN, CONTEST)
    with clock.replaced(WHILE_OPEN):
        page = client.get("/calls/NOM-2027/").content.decode()
    for words in [
        "This call gives no money: its winners are recognised.",
        "Library of innovations",
        "Each entry is scored by the whole jury, which has 5 members.",
        "The highest and the lowest score are left out; the mean of the others counts.",
        "Entries are compared within each nomination.",
        "At most 1 application in each category.",
        "Where scores are equal, this decides, in this order: Benefit for the community, the vote of the chair.",
        "1 winner in each nomination.",
    ]:
        assert words in page, words
    for words in ["Which costs are funded", "Payments", "partner takes part", "The mean of the scores counts."]:
        assert words not in page, words


def test_the_language_switch_keeps_the_page(client):
    call_in(S.OPEN)
    client.cookies["language"] = "lt"
    with clock.replaced(WHILE_OPEN):
        page = client.get("/calls/BP-2027-1/").content.decode()
    assert "Kvietimas teikti bibliotekų projektų bendruomenėms paraiškas" in page
    assert "Bendruomenės poreikio pagrindimas" in page


@pytest.mark.parametrize(
    ("state", "moment", "status"),
    [
        (S.DRAFT, WHILE_OPEN, 404),
        (S.SCHEDULED, BEFORE, 404),
        (S.SCHEDULED, WHILE_OPEN, 200),
        (S.OPEN, WHILE_OPEN, 200),
        (S.CANCELLED, WHILE_OPEN, 404),
        (S.ARCHIVED, AFTER_CLOSE, 200),
    ],
)
def test_the_public_sees_a_call_from_its_publication_on_and_for_ever(client, state, moment, status):
    call_in(state, CONTEST)
    with clock.replaced(moment):
        assert client.get("/calls/NOM-2027/").status_code == status


def test_a_call_that_never_was_and_one_that_is_hidden_are_the_same_to_a_stranger(client):
    call_in(S.DRAFT, CONTEST)
    hidden, never = client.get("/calls/NOM-2027/"), client.get("/calls/NOM-1999/")
    assert (hidden.status_code, never.status_code) == (404, 404)


def test_a_suspended_call_says_why(client):
    call_in(S.SUSPENDED, CONTEST)
    with clock.replaced(WHILE_OPEN):
        assert "Sistemos gedimas" in client.get("/calls/NOM-2027/").content.decode()


@pytest.mark.parametrize(
    ("show", "code"), [("open", "NOM-2027"), ("upcoming", "NOM-2031"), ("past", "NOM-2030"), ("x", "NOM-2027")]
)
def test_the_public_list_has_three_parts(client, show, code):
    call_in(S.OPEN, CONTEST)
    call_in(S.CLOSED, CONTEST, code="NOM-2030")
    call_in(S.SCHEDULED, CONTEST, code="NOM-2031")
    call_in(S.DRAFT, CONTEST, code="NOM-2032")
    with clock.replaced(WHILE_OPEN):
        page = client.get(f"/calls/?show={show}").content.decode()
    assert [c for c in ("NOM-2027", "NOM-2030", "NOM-2031", "NOM-2032") if f"/calls/{c}/" in page] == [code]


@pytest.mark.parametrize("show", ["open", "upcoming", "past"])
def test_an_empty_list_says_what_will_be_there(client, show):
    assert 'class="empty"' in client.get(f"/calls/?show={show}").content.decode()


def test_lists_and_pages_ask_no_more_with_three_calls_than_with_one(client):
    coordinator = person("coordinator")
    call_in(S.OPEN)
    urls = ["/calls/", "/calls/manage/", "/calls/BP-2027-1/", "/calls/BP-2027-1/manage/"]
    client.force_login(coordinator)
    with clock.replaced(WHILE_OPEN):
        once = [queries_of(client, url) for url in urls]
    more_calls(2)
    with clock.replaced(WHILE_OPEN):
        assert [queries_of(client, url) for url in urls] == once
    assert max(once[:2]) <= 12, once
    assert max(once[2:]) <= 20, once  # with what later rooms ask for the menu
    client.logout()
    with clock.replaced(WHILE_OPEN):
        assert max(queries_of(client, url) for url in ("/calls/", "/calls/BP-2027-1/")) <= 12


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("head", 200), ("finance", 200), ("administrator", 200), ("auditor", 200), ("", 404)],
)
def test_the_working_page_is_for_staff(client, role, status):
    call_in(S.DRAFT, CONTEST)
    client.force_login(person(role))
    assert client.get("/calls/NOM-2027/manage/").status_code == status


def test_a_coordinator_kept_away_from_a_draft_finds_nothing(client):
    call, coordinator = call_in(S.DRAFT, CONTEST), person("coordinator")
    exclude(coordinator, call.case_id)
    client.force_login(coordinator)
    assert client.get("/calls/NOM-2027/manage/").status_code == 404
    assert "NOM-2027" not in client.get("/calls/manage/").content.decode()


def test_working_pages_ask_for_a_sign_in(client):
    call_in(S.DRAFT, CONTEST)
    for url in ["manage/", "load/", "NOM-2027/manage/", "NOM-2027/dates/", "NOM-2027/extend/", "NOM-2027/fundings/"]:
        assert client.get(f"/calls/{url}").status_code == 302, url


@pytest.mark.parametrize("url", ["load/", "NOM-2027/dates/", "NOM-2027/extend/", "NOM-2027/fundings/"])
def test_an_auditor_reads_and_changes_nothing(client, url):
    call_in(S.DRAFT, CONTEST)
    client.force_login(person("auditor"))
    assert client.get(f"/calls/{url}").status_code == 403


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"BP-2027-1", "NOM-2027"}),
        ("?text=bendruomenems+paraiskas", {"BP-2027-1"}),
        ("?text=nom-2027", {"NOM-2027"}),
        ("?text=zzz", set()),
        ("?state=draft", {"NOM-2027"}),
        ("?state=nonsense", {"BP-2027-1", "NOM-2027"}),
        ("?page=999", {"BP-2027-1", "NOM-2027"}),
    ],
)
def test_the_staff_list_is_narrowed_by_words_and_state(client, query, codes):
    call_in(S.OPEN)
    call_in(S.DRAFT, CONTEST)
    client.force_login(person("coordinator"))
    page = client.get(f"/calls/manage/{query}").content.decode()
    assert {code for code in ("BP-2027-1", "NOM-2027") if f"/calls/{code}/manage/" in page} == codes


def test_a_draft_shows_what_is_missing_with_the_way_there(client):
    call_in(S.DRAFT)
    client.force_login(person("coordinator"))
    with clock.replaced(BEFORE):
        page = client.get("/calls/BP-2027-1/manage/").content.decode()
    assert "The call promises more money than the fundings named for it." in page
    assert 'href="/calls/BP-2027-1/fundings/"' in page
    assert "Not possible yet:" in page


def test_a_coordinator_schedules_a_contest_with_two_clicks(client):
    call = call_in(S.DRAFT, CONTEST)
    client.force_login(person("coordinator"))
    with clock.replaced(BEFORE):
        page = client.get("/calls/NOM-2027/manage/").content.decode()
        step = f"/step/grants.call/{call.pk}/schedule/"
        assert step in page
        answer = client.post(step, {"note": "", "seen_version": call.version, "key": "k1"})
    assert (answer.status_code, answer.url) == (302, "/calls/NOM-2027/manage/")
    call.refresh_from_db()
    assert call.state == S.SCHEDULED


def test_a_document_is_loaded_on_a_page(client):
    client.force_login(person("coordinator"))
    file = SimpleUploadedFile("call.json", json.dumps(document(CONTEST)).encode())
    assert client.post("/calls/load/", {"document": file}).url == "/calls/NOM-2027/manage/"
    assert Call.objects.get().state == S.DRAFT


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "Line 1, place 2: this is not JSON."),
        (json.dumps({**document(CONTEST), "criteria": 5}).encode(), "criteria: This must be a list."),
        (b"", "The file is empty."),
    ],
)
def test_a_broken_document_is_refused_in_sentences_and_stores_nothing(client, content, sentence):
    client.force_login(person("coordinator"))
    answer = client.post("/calls/load/", {"document": SimpleUploadedFile("call.json", content)})
    assert (answer.status_code, Call.objects.count()) == (400, 0)
    assert sentence in answer.content.decode()


def test_money_is_put_behind_a_call_as_people_write_it(client):
    from grants.money.models import Funding

    call = call_in(S.SCHEDULED)
    funding = Funding.objects.get()
    client.force_login(person("coordinator"))
    url = "/calls/BP-2027-1/fundings/"
    assert client.post(url, {f"funding-{funding.pk}": "1 234,50"}).status_code == 302
    assert [str(part.amount) for part in call.fundings.all()] == ["1234.50"]
    wrong = client.post(url, {f"funding-{funding.pk}": "-5"})
    assert (wrong.status_code, "-5" in wrong.content.decode()) == (400, True)
    assert client.post(url, {f"funding-{funding.pk}": ""}).status_code == 302
    assert call.fundings.count() == 0


def test_the_names_of_the_example_calls_stand_nowhere_in_the_code():
    from pathlib import Path

    import grants

    codes = {document(GRANT)["call"]["code"], document(CONTEST)["call"]["code"], document(CONTEST)["programme"]["code"]}
    rooms = list(Path(grants.__file__).parent.rglob("*.py"))
    assert [p.name for p in rooms if any(f'"{code}"' in p.read_text(encoding="utf-8") for code in codes)] == []
