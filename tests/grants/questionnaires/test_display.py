"""Answers for reading, the submitted copy, and the blank form."""

import copy

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from grants.questionnaires.audience import Audience
from grants.questionnaires.canonical import canonical_json, sha256_of
from grants.questionnaires.display import answers_for_display, blank_form, snapshot_for_display
from grants.questionnaires.models import Questionnaire
from grants.questionnaires.selectors import snapshot, values_of
from grants.questionnaires.services import open_sheet, publish_questionnaire, save_section
from tests.grants.questionnaires.conftest import rows, typed

LINE = {"category": "2", "description": "Mokymai", "unit_cost": "100", "quantity": "2,5", "grant": "200", "own": "50"}


@pytest.fixture
def filled(sheet, applicant):
    essence = typed(title="Dirbtuvės", summary="Pirma\n\nAntra", branches="daug")
    save_section(sheet=sheet, section_id="essence", data=essence, by=applicant)
    save_section(sheet=sheet, section_id="budget", data=typed(**rows("budget", LINE)), by=applicant)
    save_section(sheet=sheet, section_id="need", data=typed(target_groups=["youth", "children"]), by=applicant)
    return sheet


def shown(sheet, key, language="en"):
    found = {
        answer.key: answer
        for section in answers_for_display(sheet, language, reader=Audience.STAFF)
        for answer in section.answers
    }
    return found[key]


def test_draft_is_shown_as_it_stands(filled):
    assert (shown(filled, "title").shown.text, shown(filled, "title").unfinished) == ("Dirbtuvės", False)
    assert (shown(filled, "branches").shown.text, shown(filled, "branches").unfinished) == ("daug", True)
    assert (shown(filled, "goal").shown.empty, shown(filled, "goal").unfinished) == (True, True)
    assert shown(filled, "summary").shown.form == "paragraphs"


@pytest.mark.parametrize(
    ("language", "groups", "label"),
    [("en", ("children", "young people (14 to 29)"), "Target groups"),
     ("lt", ("vaikai", "jaunimas (14–29 m.)"), "Tikslinės grupės")],
)  # fmt: skip
def test_answers_speak_the_language_of_the_reader(filled, language, groups, label):
    answer = shown(filled, "target_groups", language)
    assert (answer.label, answer.shown.items) == (label, groups)


def test_table_that_is_not_understood_is_shown_as_typed(sheet, applicant):
    save_section(
        sheet=sheet, section_id="partners", data=typed(**rows("partners", {"name": "A", "money": "x"})), by=applicant
    )
    assert shown(sheet, "partners").shown.items == (("A", "", "", "x", ""),)


def test_record_names_what_was_not_provided_and_escapes_the_rest(filled, applicant):
    save_section(sheet=filled, section_id="essence", data=typed(summary="<b>x</b>"), by=applicant)
    with override("en"):
        page = render_to_string(
            "grants/questionnaires/answers.html",
            {"sections": answers_for_display(filled, "en", reader=Audience.STAFF), "change_url": "/applications/1/"},
        )
    assert "Not provided" in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert 'href="/applications/1/essence/#q-title"' in page


def test_values_are_there_to_calculate_with(filled):
    from decimal import Decimal

    values = values_of(filled)
    assert values["budget"]["totals"] == {
        "cost": Decimal("250.00"), "grant": Decimal("200.00"), "own": Decimal("50.00"), "in_kind": Decimal("0.00"),
    }  # fmt: skip
    assert values["title"] == "Dirbtuvės"
    assert "branches" not in values


def test_snapshot_is_the_same_whenever_it_is_taken(filled):
    first = snapshot(filled)
    assert sha256_of(first) == sha256_of(snapshot(type(filled).objects.get(pk=filled.pk)))
    assert canonical_json(first).startswith('{"answers":[{"key":"applicant_library"')
    assert first["questionnaire"] == {
        "code": "BP-2027-1", "version": 1, "sha256": filled.questionnaire.sha256,
    }  # fmt: skip


def test_snapshot_is_read_with_its_own_questions_and_never_with_todays_answers(filled, applicant):
    submitted = copy.deepcopy(snapshot(filled))
    save_section(sheet=filled, section_id="essence", data=typed(title="Kitas"), by=applicant)
    sections = snapshot_for_display(submitted, filled.questionnaire, "en", reader=Audience.STAFF)
    answers = {answer.key: answer for section in sections for answer in section.answers}
    assert answers["title"].shown.text == "Dirbtuvės"
    assert answers["branches"].shown.empty
    assert not any(answer.unfinished for answer in answers.values())
    assert answers["budget"].shown.foot[0] == "Total"


def test_answer_that_is_not_asked_stays_in_the_draft_and_leaves_the_copy(case, applicant):
    definition = {
        "sections": [
            {
                "id": "s",
                "title": "S",
                "questions": [
                    {"id": "partner", "type": "checkbox", "label": "Is there a partner?"},
                    {"id": "who", "type": "text", "label": "Who?", "required": True, "show_if": {"partner": True}},
                ],
            }
        ]
    }
    questionnaire = publish_questionnaire(code="A", definition=definition, by=applicant)
    sheet = open_sheet(questionnaire=questionnaire, case=case, by=applicant)
    save_section(sheet=sheet, section_id="s", data=typed(partner="on", who="Mokykla"), by=applicant)
    assert [entry["key"] for entry in snapshot(sheet)["answers"]] == ["partner", "who"]
    save_section(sheet=sheet, section_id="s", data=typed(partner=""), by=applicant)
    assert [entry["key"] for entry in snapshot(sheet)["answers"]] == ["partner"]
    assert sheet.answers.get(key="who").raw == "Mokykla"
    assert [
        answer.key for section in answers_for_display(sheet, reader=Audience.STAFF) for answer in section.answers
    ] == ["partner"]
    assert list(values_of(sheet)) == []


def test_blank_form_tells_limits_conditions_and_kinds_of_file(sheet, contest):
    with override("en"):
        first = render_to_string(
            "grants/questionnaires/all_questions.html", {"sections": blank_form(sheet.questionnaire.definition, "en")}
        ).replace("\u00a0", " ")
        second = render_to_string(
            "grants/questionnaires/all_questions.html", {"sections": blank_form(contest.questionnaire.definition, "en")}
        )
    for text in (
        "At most 1500 characters.",
        "9 digits.",
        "Required if a budget line costs EUR 3,000 or more.",
        "Kinds of file: PDF, XLSX, ODS, up to 10 MB.",
        "One for each row of the table.",
        "Starts on 1 June 2027 or later.",
        "The grant is from EUR 10,000 to EUR 35,000.",
    ):
        assert text in first
    assert "Required if “Category and nomination” is “Branches of public libraries”." in second
    assert "At most 10 files." in second
    assert Questionnaire.objects.count() == 2
