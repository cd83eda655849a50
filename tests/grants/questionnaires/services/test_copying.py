"""Answers taken over from an earlier application."""

import pytest

from grants.questionnaires.from_call import definition_from_call
from grants.questionnaires.services import (
    copy_answers,
    copyable_answers,
    open_sheet,
    publish_questionnaire,
    save_section,
)
from tests.grants.questionnaires.conftest import typed
from workflows.models import Case


@pytest.fixture
def target(call_one, applicant):
    call_one["form"]["sections"][2]["questions"][0]["max_chars"] = 5  # the next call allows shorter titles
    questionnaire = publish_questionnaire(code="BP-2028-1", definition=definition_from_call(call_one), by=applicant)
    case = Case.objects.create(kind="project", number="BP-2028-1-001", title="Naujas")
    return open_sheet(questionnaire=questionnaire, case=case, by=applicant)


@pytest.fixture
def source(sheet, applicant):
    answers = {"title": "Dirbtuvės", "summary": "Senas tekstas", "branches": "x"}
    save_section(sheet=sheet, section_id="essence", data=typed(**answers), by=applicant)
    save_section(sheet=sheet, section_id="declarations", data=typed(decl_true="on"), by=applicant)
    return sheet


def test_copy_takes_what_is_answered_there_and_empty_here(source, target, applicant):
    save_section(sheet=target, section_id="essence", data=typed(summary="Naujas tekstas"), by=applicant)
    assert [(copyable.key, copyable.shown.text) for copyable in copyable_answers(source=source, target=target)] == [
        ("title", "Dirbtuvės"),
        ("branches", "x"),
    ]
    assert copy_answers(source=source, target=target, by=applicant) == ["title", "branches"]
    answers = {answer.key: (answer.raw, answer.value) for answer in target.answers.all()}
    assert answers["title"] == ("Dirbtuvės", "Dirbtuvės")
    assert answers["branches"] == ("x", None)
    assert answers["summary"][0] == "Naujas tekstas"
    assert "decl_true" not in answers  # declarations are given anew


def test_copy_twice_changes_nothing(source, target, applicant):
    copy_answers(source=source, target=target, by=applicant)
    assert copy_answers(source=source, target=target, by=applicant) == []


def test_copy_between_unlike_calls_takes_only_like_questions(source, contest, applicant):
    assert copy_answers(source=source, target=contest, by=applicant) == []
