"""A request to clarify and the other clocks: a project on hold, an application that is taken back or opened again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from grants.applications.models import Clarification
from grants.applications.prechecks import advise
from grants.applications.selectors import facts_of, latest_version, sections_open_for_changes
from grants.applications.services import (
    answer_clarification,
    ask_clarification,
    reopen_application,
    withdraw_application,
)
from grants.applications.tasks import close_unanswered
from grants.projects.models import Project
from grants.projects.services import hold_project, resume_project
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.models import Deadline, TransitionRecord, WorkItem
from workflows.services import perform

pytestmark = pytest.mark.django_db

ASKED_AT = datetime(2027, 3, 8, 8, tzinfo=UTC)
DUE = datetime(2027, 3, 16, 15, tzinfo=UTC)
"""Five working days later, over a holiday and a weekend, at 17:00 in Vilnius."""
CHECK_BY = datetime(2027, 3, 26, 22, tzinfo=UTC)
"""The end of the call's last day for checking, in Vilnius."""


def ask(application, by, **changes):
    words = {"sections": ["need"], "question": "Kodėl?", "working_days": 5, "key": "k"} | changes
    return ask_clarification(application=application, by=by, **words)


@pytest.fixture
def asked(received, coordinator, travel):
    travel.to(ASKED_AT)
    return ask(received, coordinator)


def check_deadline(project):
    return Deadline.objects.get(subject_label="grants.project", subject_id=project.pk, kind="application_check")


def answer_deadline(asked):
    return Deadline.objects.get(subject_label="grants.clarification", subject_id=asked.pk)


def hold(application, by):
    project = Project.objects.get(pk=application.pk)
    hold_project(project=project, by=by, note="Gaisras bibliotekoje")
    return project


def test_an_answer_on_hold_does_not_start_the_clock_of_the_check(asked, received, coordinator, director, travel):
    travel.forward(days=1)
    project = hold(received, coordinator)
    travel.forward(days=1)
    answer_clarification(clarification=asked, by=director, key="a")
    assert check_deadline(project).paused_at == ASKED_AT
    travel.forward(days=8)
    resume_project(project=project, by=coordinator, note="Sutvarkyta")
    resumed = check_deadline(project)
    # Ten days later at the same hour in Vilnius; summer time begins on 28 March.
    assert (resumed.paused_at, resumed.due_at) == (None, datetime(2027, 4, 5, 21, tzinfo=UTC))


def test_the_time_to_answer_stands_still_on_hold(asked, received, coordinator, director, travel):
    travel.forward(days=1)
    project = hold(received, coordinator)
    travel.to(DUE + timedelta(days=3))
    close_unanswered()
    assert Clarification.objects.get(pk=asked.pk).state == "asked"
    received.project.refresh_from_db()
    assert sections_open_for_changes(received) == ["need"]
    resume_project(project=project, by=coordinator, note="Sutvarkyta")
    moved = Clarification.objects.get(pk=asked.pk)
    # The hold was begun on the 9th and ended on the 19th: eleven begun days.
    assert moved.due_at == answer_deadline(asked).due_at == DUE + timedelta(days=11)
    work = WorkItem.objects.get(kind="clarification_answer", closed_at=None)
    assert work.due_at == moved.due_at
    assert check_deadline(project).paused_at is not None, "the team still has the word"
    assert answer_deadline(asked).paused_at is None
    assert answer_clarification(clarification=moved, by=director, key="a").number == 2
    assert check_deadline(project).paused_at is None


def test_a_request_that_was_overdue_before_the_hold_still_ends(asked, received, coordinator, travel):
    travel.to(DUE + timedelta(hours=1))
    hold(received, coordinator)
    travel.forward(days=1)
    close_unanswered()
    assert Clarification.objects.get(pk=asked.pk).state == "expired"
    assert check_deadline(received.project).paused_at == ASKED_AT, (
        "the clock of the check waits for the end of the hold"
    )


def test_nothing_is_asked_while_the_project_is_on_hold(received, coordinator):
    hold(received, coordinator)
    with pytest.raises(Blocked) as refusal:
        ask(received, coordinator)
    assert [obstacle.code for obstacle in refusal.value.obstacles] == ["on_hold"]


@pytest.mark.parametrize(("step", "state"), [(withdraw_application, "withdrawn"), (reopen_application, "call")])
def test_a_request_lapses_when_the_application_is_taken_back(step, state, received, coordinator, director):
    asked = ask(received, coordinator)
    step(application=received, by=director, reason="Keičiasi planai")
    asked.refresh_from_db()
    assert (Project.objects.get(pk=received.pk).state, asked.state) == (state, "cancelled")
    assert TransitionRecord.objects.get(transition="lapse").actor is None
    assert not WorkItem.objects.filter(kind="clarification_answer", closed_at=None).exists()
    assert answer_deadline(asked).closed_at is not None
    assert not Deadline.objects.filter(case=asked.case, closed_at=None, paused_at__isnull=False).exists()


def test_a_request_does_not_lapse_while_the_application_is_checked(asked):
    with pytest.raises(Blocked) as refusal:
        perform(asked, "lapse", by=SYSTEM)
    assert [obstacle.code for obstacle in refusal.value.obstacles] == ["clarification_needed"]


def test_the_answer_to_a_request_does_not_make_the_application_late(asked, received, director):
    answer_clarification(clarification=asked, by=director, key="a")
    received.refresh_from_db()
    found = advise("in_time", facts_of(received, latest_version(received)))
    assert found.answer == "yes"


def test_the_receipt_of_the_version_that_counts_says_so(client, asked, received, director):
    first = latest_version(received)
    second = answer_clarification(clarification=asked, by=director, key="a")
    director.language = "en"
    director.save(update_fields=["language"])
    client.force_login(director)
    assert "The application has been received." in client.get(second.get_absolute_url()).content.decode()
    assert "another one or none takes part" in client.get(first.get_absolute_url()).content.decode()
    withdraw_application(application=received, by=director)
    assert "another one or none takes part" in client.get(second.get_absolute_url()).content.decode()


def test_a_coordinator_takes_a_request_back_on_its_page(client, asked, coordinator, director):
    step = f"/step/grants.clarification/{asked.pk}/cancel/"
    client.force_login(director)
    assert step not in client.get(asked.get_absolute_url()).content.decode()
    client.force_login(coordinator)
    assert step in client.get(asked.get_absolute_url()).content.decode()
    client.post(step, {"note": "Radome patys", "seen_version": asked.version, "key": "c"})
    assert Clarification.objects.get().state == "cancelled"


def test_the_page_of_a_request_tells_of_a_hold(client, asked, received, coordinator):
    hold(received, coordinator)
    coordinator.language = "en"
    coordinator.save(update_fields=["language"])
    client.force_login(coordinator)
    assert "The time to answer stands still" in client.get(asked.get_absolute_url()).content.decode()


def test_a_key_of_another_application_asks_and_answers_nothing(received, make_received, coordinator, director, travel):
    [another] = make_received(1)
    travel.to(ASKED_AT)
    asked = ask(received, coordinator)
    with pytest.raises(Refused, match="already been used"):
        ask(another, coordinator)
    other = ask(another, coordinator, key="other")
    answer_clarification(clarification=asked, by=director, key="a")
    with pytest.raises(Refused, match="already been used"):
        answer_clarification(clarification=other, by=another.created_by, key="a")


def test_a_known_key_does_not_open_a_request_to_a_stranger(asked, received, stranger):
    with pytest.raises(NotPermitted):
        ask(received, stranger)


def test_asking_needs_a_submitted_application(client, draft, coordinator):
    client.force_login(coordinator)
    assert client.get(reverse("applications:clarify", args=[draft.pk])).status_code == 404
