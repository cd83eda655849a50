"""What happens at the same moment: on PostgreSQL, with real threads and real commits."""

import threading

import pytest
from django.db import connections

from grants.applications.models import Application, SubmitAttempt, SubmittedVersion
from grants.applications.services import (
    reopen_application,
    save_section,
    start_application,
    submit_application,
    withdraw_application,
)
from tests.grants.applications import filling
from workflows.exceptions import Refused
from workflows.models import Message, TransitionRecord

pytestmark = pytest.mark.postgres


def at_once(*steps):
    """Run steps in threads of their own from one barrier; the answers or refusals, in the order given."""
    barrier, answers = threading.Barrier(len(steps)), [None] * len(steps)

    def run(place, step):
        try:
            barrier.wait(10)
            answers[place] = step()
        except Refused as refusal:
            answers[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def wins(answers):
    return [answer for answer in answers if not isinstance(answer, Refused)]


def test_two_starts_make_one_draft(committed_db, call, library, director, editor):
    answers = at_once(*(
        lambda person=person: start_application(call=call, organisation=library, by=person)
        for person in (director, editor, director, editor)
    ))  # fmt: skip
    assert [started.is_new for started in answers].count(True) == 1
    assert {started.application.pk for started in answers} == {Application.objects.get().pk}


def test_four_submits_with_different_keys_make_one_version(committed_db, ready, director):
    answers = at_once(*(
        lambda key=key: submit_application(
            application=Application.objects.get(pk=ready.pk), by=director, key=key, declarations=filling.DECLARATIONS
        )
        for key in ("a", "b", "c", "d")
    ))  # fmt: skip
    assert len(wins(answers)) == 1
    assert SubmittedVersion.objects.count() == 1
    assert TransitionRecord.objects.filter(transition="submit").count() == 1
    assert sorted(SubmitAttempt.objects.values_list("result", flat=True)) == [
        "accepted",
        "refused",
        "refused",
        "refused",
    ]
    assert Message.objects.filter(kind="application_submitted").count() == 1


def test_the_same_key_at_once_gives_one_receipt_to_all(committed_db, ready, director):
    answers = at_once(*(
        lambda: submit_application(
            application=Application.objects.get(pk=ready.pk), by=director, key="one", declarations=filling.DECLARATIONS
        )
        for _n in range(3)
    ))  # fmt: skip
    assert {version.pk for version in answers} == {SubmittedVersion.objects.get().pk}
    assert sorted(SubmitAttempt.objects.values_list("result", flat=True)) == ["accepted", "repeated", "repeated"]


def test_withdrawing_and_reopening_at_once_has_one_winner(committed_db, received, director):
    answers = at_once(
        lambda: withdraw_application(application=Application.objects.get(pk=received.pk), by=director),
        lambda: reopen_application(application=Application.objects.get(pk=received.pk), by=director),
    )
    assert len(wins(answers)) == 1
    state = Application.objects.get(pk=received.pk).project.state
    assert state == {0: "withdrawn", 1: "call"}[next(n for n, a in enumerate(answers) if not isinstance(a, Refused))]


def test_what_is_saved_while_submitting_is_in_the_version_or_refused(committed_db, ready, director, editor):
    def save():
        return save_section(
            application=Application.objects.get(pk=ready.pk), section_id="need", by=editor,
            data=filling.typed(need="Paskutinė minutė"),
        )  # fmt: skip

    def submit():
        return submit_application(
            application=Application.objects.get(pk=ready.pk), by=director, key="one", declarations=filling.DECLARATIONS
        )

    saved, version = at_once(save, submit)
    answers = {entry["key"]: entry["value"] for entry in version.snapshot["content"]["answers"]}
    stored = ready.sheet.answers.get(key="need").raw
    assert answers["need"] == stored
    assert (stored == "Paskutinė minutė") is not isinstance(saved, Refused)


def test_two_libraries_at_once_get_two_numbers(committed_db, call, library, other_library, member):
    people = [member("editor", organisation=place) for place in (library, other_library)]
    answers = at_once(*(
        lambda place=place, person=person: start_application(call=call, organisation=place, by=person)
        for place, person in zip((library, other_library), people, strict=True)
    ))  # fmt: skip
    assert sorted(a.application.project.number for a in answers) == ["BP-2027-1-0001", "BP-2027-1-0002"]
