"""A request to clarify opens what it asks about and nothing else, until its time; the answer is a new version."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from grants.applications.models import Clarification
from grants.applications.selectors import sections_open_for_changes
from grants.applications.services import (
    accept_application,
    answer_clarification,
    ask_clarification,
    default_days,
    expire_clarification,
    find_ineligible,
    record_checks,
    save_section,
)
from grants.applications.tasks import close_unanswered
from tests.grants.applications import filling
from tests.grants.applications.test_eligibility import all_yes
from workflows.exceptions import Blocked, NotPermitted, Refused, Stale
from workflows.models import Deadline, Message, WorkItem
from workflows.services import perform

pytestmark = pytest.mark.django_db

ASKED_AT = datetime(2027, 3, 8, 8, tzinfo=UTC)
DUE = datetime(2027, 3, 16, 15, tzinfo=UTC)
"""Five working days later: over the holiday of 11 March and a weekend, at 17:00 in Vilnius."""


def text(response):
    return response.content.decode()


@pytest.fixture
def asked(received, coordinator, travel):
    """A submitted application about whose budget and need something is asked, after the deadline of the call."""
    travel.to(ASKED_AT)
    return ask_clarification(
        application=received,
        by=coordinator,
        sections=["budget", "need"],
        question="Kodėl tiek?",
        working_days=5,
        key="k",
    )


@pytest.fixture
def english(client):
    def as_person(person):
        person.language = "en"
        person.save(update_fields=["language"])
        client.force_login(person)
        return client

    return as_person


def test_a_request_is_due_after_working_days_and_tells_the_team(asked, director, coordinator):
    assert (asked.round, asked.asked_at, asked.due_at, asked.state) == (1, ASKED_AT, DUE, "asked")
    [letter] = Message.objects.filter(kind="clarification_asked")
    assert letter.to_user == director
    for words in ("Kodėl tiek?", "Sąmata ir finansavimo šaltiniai", "17:00", asked.get_absolute_url()):
        assert words in letter.text
    assert list(
        WorkItem.objects.filter(kind="clarification_answer", closed_at=None).values_list("audience", "due_at")
    ) == [(f"org:{asked.project.organisation_id}", DUE)]


def test_only_the_sections_asked_about_can_be_changed(asked, received, director):
    received.project.refresh_from_db()
    assert sections_open_for_changes(received) == ["budget", "need"]
    save_section(application=received, section_id="need", by=director, data=filling.typed(need="Aiškiau"))
    assert received.sheet.answers.get(key="need").raw == "Aiškiau"
    with pytest.raises(Stale):
        save_section(application=received, section_id="plan", by=director, data=filling.typed(goal="Kitas tikslas"))


def test_the_answer_is_a_second_version_with_a_receipt(asked, received, director, coordinator, travel):
    travel.forward(days=1)
    save_section(application=received, section_id="need", by=director, data=filling.typed(need="Aiškiau"))
    version = answer_clarification(clarification=asked, by=director, key="answer", answer="Patikslinome poreikį.")
    asked.refresh_from_db()
    assert (version.number, version.received_at, version.receipt_number) == (2, travel.at, "BP-2027-1-0001-P2-29")
    assert (asked.state, asked.answer, asked.answered_by, asked.answer_version) == (
        "answered", "Patikslinome poreikį.", director, version,
    )  # fmt: skip
    assert received.project.__class__.objects.get(pk=received.pk).state == "application"
    assert Message.objects.get(kind="clarification_answered").to_user == coordinator
    assert sections_open_for_changes(received) == []


def test_the_same_press_twice_answers_once(asked, director):
    first = answer_clarification(clarification=asked, by=director, key="answer")
    second = answer_clarification(clarification=asked, by=director, key="answer")
    assert first == second
    with pytest.raises(Stale):
        answer_clarification(clarification=asked, by=director, key="another press")


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [(DUE - timedelta(microseconds=1), True), (DUE, False), (DUE + timedelta(microseconds=1), False)],
)
def test_the_due_moment_is_an_instant(moment, in_time, asked, received, director, travel):
    travel.to(moment)
    received.project.refresh_from_db()
    assert bool(sections_open_for_changes(received)) is in_time
    if in_time:
        assert answer_clarification(clarification=asked, by=director, key="a").received_at == moment
    else:
        with pytest.raises(Blocked) as refusal:
            answer_clarification(clarification=asked, by=director, key="a")
        assert [o.code for o in refusal.value.obstacles] == ["clarification_too_late"]


def test_an_answer_with_something_missing_is_refused_with_links(asked, received, director):
    save_section(application=received, section_id="need", by=director, data=filling.typed(need=""))
    with pytest.raises(Blocked) as refusal:
        answer_clarification(clarification=asked, by=director, key="a")
    assert [o.url for o in refusal.value.obstacles] == [f"/applications/{received.pk}/sections/need/#q-need"]


def test_an_editor_changes_but_does_not_answer(asked, received, editor):
    save_section(application=received, section_id="need", by=editor, data=filling.typed(need="Aiškiau"))
    with pytest.raises(NotPermitted):
        answer_clarification(clarification=asked, by=editor, key="a")


def test_nothing_is_decided_while_the_applicant_has_the_word(asked, received, coordinator):
    record_checks(project=received.project, answers=all_yes(received.project), by=coordinator)
    with pytest.raises(Blocked) as refusal:
        accept_application(project=received.project, by=coordinator)
    assert [o.code for o in refusal.value.obstacles] == ["clarification_open"]
    with pytest.raises(Blocked):
        find_ineligible(project=received.project, by=coordinator, item="period", reason="x")


def check_deadline(project):
    return Deadline.objects.get(subject_label="grants.project", subject_id=project.pk, kind="application_check")


def test_the_clock_of_the_check_stands_and_runs_on(received, coordinator, director, travel):
    travel.to(ASKED_AT)
    assert check_deadline(received.project).due_at == datetime(2027, 3, 26, 22, tzinfo=UTC)
    asked = ask_clarification(
        application=received, by=coordinator, sections=["need"], question="Kodėl?", working_days=5
    )
    assert check_deadline(received.project).paused_at == ASKED_AT
    travel.forward(days=3)
    answer_clarification(clarification=asked, by=director, key="a")
    resumed = check_deadline(received.project)
    # Three days later at the same hour in Vilnius: summer time begins on 28 March.
    assert (resumed.paused_at, resumed.due_at) == (None, datetime(2027, 3, 29, 21, tzinfo=UTC))


def test_unanswered_it_closes_by_itself_and_tells_who_asked(asked, received, coordinator, travel):
    close_unanswered()
    asked.refresh_from_db()
    assert asked.state == "asked"
    travel.to(DUE)
    close_unanswered()
    close_unanswered()
    asked.refresh_from_db()
    assert asked.state == "expired"
    assert Message.objects.get(kind="clarification_expired").to_user == coordinator
    assert not WorkItem.objects.filter(kind="clarification_answer", closed_at=None).exists()
    assert check_deadline(received.project).paused_at is None


def test_it_does_not_expire_before_its_time(asked):
    with pytest.raises(Blocked):
        expire_clarification(clarification=asked)


def test_a_cancelled_request_leaves_its_round_free(asked, received, coordinator):
    perform(asked, "cancel", by=coordinator, note="Radome patys")
    again = ask_clarification(application=received, by=coordinator, sections=["need"], question="Ar?", working_days=1)
    assert (again.round, again.state) == (2, "asked")


def test_the_rules_of_the_call_limit_the_rounds(asked, received, coordinator, director):
    answer_clarification(clarification=asked, by=director, key="a")
    with pytest.raises(Blocked) as refusal:
        ask_clarification(application=received, by=coordinator, sections=["need"], question="Dar?", working_days=1)
    assert [o.code for o in refusal.value.obstacles] == ["no_rounds_left"]


def test_one_request_at_a_time_in_the_service_and_in_the_database(asked, received, coordinator):
    with pytest.raises(Blocked) as refusal:
        ask_clarification(application=received, by=coordinator, sections=["need"], question="Dar?", working_days=1)
    assert [o.code for o in refusal.value.obstacles] == ["clarification_open"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Clarification.objects.create(
            case=received.project.case, project=received.project, round=2, sections=["need"], question="x",
            asked_by=coordinator, asked_at=ASKED_AT, due_at=DUE,
        )  # fmt: skip


def test_the_same_press_asks_once(asked, received, coordinator):
    again = ask_clarification(
        application=received, by=coordinator, sections=["budget"], question="Kitaip", working_days=1, key="k"
    )
    assert (again, Clarification.objects.count()) == (asked, 1)


@pytest.mark.parametrize(("sections", "question"), [([], "Kodėl?"), (["secrets"], "Kodėl?"), (["need"], "  ")])
def test_an_odd_request_is_refused(sections, question, received, coordinator):
    with pytest.raises(Refused):
        ask_clarification(application=received, by=coordinator, sections=sections, question=question, working_days=1)


def test_only_who_leads_the_call_asks(received, director, auditor):
    for person in (director, auditor):
        with pytest.raises(NotPermitted):
            ask_clarification(application=received, by=person, sections=["need"], question="x", working_days=1)


def test_the_days_come_from_the_rules_of_the_call(call, contest):
    assert (default_days(call), default_days(contest)) == (5, 2)


def test_asking_on_the_page(english, received, coordinator):
    page, address = english(coordinator), reverse("applications:clarify", args=[received.pk])
    assert 'value="5"' in text(page.get(address))
    data = {"sections": ["need"], "question": "Kodėl?", "days": "3", "key": "k"}
    answer = page.post(address, data, follow=True)
    assert "only the chosen sections are open for changes" in text(answer)
    assert Clarification.objects.get().sections == ["need"]
    assert "already" in text(page.post(address, data | {"key": "another"}))


@pytest.mark.parametrize(
    "change",
    [{"sections": []}, {"sections": ["secrets"]}, {"question": ""}, {"days": "0"}, {"days": "-1"}, {"days": "x"},
     {"days": "61"}, {"question": "x" * 2001}],
)  # fmt: skip
def test_a_bad_request_on_the_page_is_a_sentence(change, english, received, coordinator):
    data = {"sections": ["need"], "question": "Kodėl?", "days": "3", "key": "k"} | change
    answer = english(coordinator).post(reverse("applications:clarify", args=[received.pk]), data)
    assert (answer.status_code, Clarification.objects.count()) == (400, 0)


def test_answering_on_the_page_leads_to_the_new_receipt(english, asked, received, director):
    page = english(director)
    shown = text(page.get(asked.get_absolute_url()))
    assert "Kodėl tiek?" in shown
    assert f'href="/applications/{received.pk}/sections/need/"' in shown
    page.post(reverse("applications:section", args=[received.pk, "need"]), filling.typed(need="Aiškiau"))
    answer = page.post(asked.get_absolute_url(), {"answer": "Pataisėme.", "key": "a"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/applications/receipts/BP-2027-1-0001-P2-29/"
    assert "Pataisėme." in text(page.get(asked.get_absolute_url()))


def test_the_task_list_names_the_sections_with_changes_requested(english, asked, received, director):
    page = text(english(director).get(received.get_absolute_url()))
    assert page.count("Changes requested") == 2
    assert "Clarification is asked." in page
    assert f'href="/applications/{received.pk}/sections/plan/"' not in page


def test_others_than_the_team_do_not_answer(english, asked, coordinator, stranger):
    assert english(coordinator).get(asked.get_absolute_url()).status_code == 200
    assert english(coordinator).post(asked.get_absolute_url(), {"key": "a"}).status_code == 403
    assert english(stranger).get(asked.get_absolute_url()).status_code == 404
    assert english(stranger).post(reverse("applications:clarification", args=[987654])).status_code == 404


def test_an_answer_with_obstacles_shows_them_and_keeps_the_words(english, asked, received, director):
    save_section(application=received, section_id="need", by=director, data=filling.typed(need=""))
    page = english(director)
    assert 'aria-disabled="true"' in text(page.get(asked.get_absolute_url()))
    answer = page.post(asked.get_absolute_url(), {"answer": "Pataisėme.", "key": "a"})
    assert (answer.status_code, "Pataisėme." in text(answer)) == (400, True)
