"""Which answers are for evaluators, and which only for the applicant's team and the funder's staff."""

import pytest

from grants.questionnaires.audience import Audience
from grants.questionnaires.definition import check_definition
from grants.questionnaires.display import answers_for_display, blank_form, snapshot_for_display
from grants.questionnaires.forms import build_section_form
from grants.questionnaires.selectors import snapshot
from grants.questionnaires.services import open_sheet, publish_questionnaire, save_section
from tests.grants.questionnaires.conftest import rows, typed

KEPT = "Only the applicant and the funder's staff see this answer."
WHO = {"person__name": "Ona Onaitė", "person__email": "ona@biblioteka.test", "person__phone": "+37061234567"}
IBAN = "LT121000011101001000"

QUESTIONS = [
    {"id": "bank", "type": "iban", "label": "Account"},
    {"id": "person", "type": "person", "label": "Manager"},
    {"id": "guardian", "type": "person", "label": "Guardian", "audience": "staff"},
    {"id": "speaker", "type": "person", "label": "Speaker", "audience": "panel"},
    {"id": "health", "type": "text", "label": "Health", "audience": "staff"},
    {"id": "idea", "type": "text", "label": "Idea"},
    {"id": "team", "type": "table", "label": "Team", "columns": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "pay", "type": "money", "label": "Pay", "audience": "staff"},
        {"id": "account", "type": "iban", "label": "Account"},
    ]},
]  # fmt: skip


@pytest.fixture
def sheet(case, applicant):
    definition = {"sections": [{"id": "s", "title": "S", "questions": QUESTIONS}]}
    questionnaire = publish_questionnaire(code="A", definition=definition, by=applicant)
    made = open_sheet(questionnaire=questionnaire, case=case, by=applicant)
    people = {f"{key}__{part.split('__')[1]}": text for key in ("guardian", "speaker") for part, text in WHO.items()}
    team = rows("team", {"name": "Jonas", "pay": "700", "account": IBAN})
    answers = typed(bank=IBAN, health="astma", idea="dirbtuvės", **WHO, **people, **team)
    save_section(sheet=made, section_id="s", data=answers, by=applicant)
    return made


def shown(sections):
    return {answer.key: answer.shown.items or answer.shown.text for section in sections for answer in section.answers}


STAFF_READS = {
    "bank": "LT12 1000 0111 0100 1000",
    "person": ("Ona Onaitė", "ona@biblioteka.test", "+37061234567"),
    "guardian": ("Ona Onaitė", "ona@biblioteka.test", "+37061234567"),
    "speaker": ("Ona Onaitė", "ona@biblioteka.test", "+37061234567"),
    "health": "astma",
    "idea": "dirbtuvės",
    "team": (("Jonas", "EUR 700", "LT12 1000 0111 0100 1000"),),
}
PANEL_READS = STAFF_READS | {
    "bank": KEPT,
    "person": ("Ona Onaitė",),
    "guardian": KEPT,
    "health": KEPT,
    "team": (("Jonas",),),
}


@pytest.mark.parametrize(("reader", "reads"), [(Audience.STAFF, STAFF_READS), (Audience.PANEL, PANEL_READS)])
def test_the_panel_reads_everything_but_accounts_contacts_and_what_a_question_keeps(sheet, reader, reads):
    def plain(found):
        return {key: str(value).replace("\\xa0", " ").replace("\xa0", " ") for key, value in found.items()}

    draft = shown(answers_for_display(sheet, "en", reader=reader))
    copy = shown(snapshot_for_display(snapshot(sheet), sheet.questionnaire, "en", reader=reader))
    assert plain(draft) == plain(copy) == plain(reads)


def test_a_hidden_column_leaves_the_head_and_the_totals_too(sheet):
    sections = answers_for_display(sheet, "en", reader=Audience.PANEL)
    [team] = [answer for section in sections for answer in section.answers if answer.key == "team"]
    assert (team.shown.heads, team.shown.foot) == ((("Name", False),), ())


def test_a_mistyped_contact_or_account_is_kept_from_the_panel_too(sheet, applicant):
    save_section(
        sheet=sheet, section_id="s", by=applicant,
        data=typed(bank="LT00 SLAPTA", person__name="Ona", person__email="slapta@", person__phone="slapta"),
    )  # fmt: skip
    draft = answers_for_display(sheet, "en", reader=Audience.PANEL)
    assert (shown(draft)["person"], "slapta" in str(draft).lower()) == (("Ona",), False)


def test_who_fills_the_form_in_is_told_who_will_not_read(sheet):
    notes = {
        "bank": ["For example LT12 1000 0111 0100 1000.", "Evaluators do not see this answer."],
        "person": ["Evaluators see the name only."],
        "guardian": ["Evaluators do not see this answer."],
        "speaker": [],
    }
    [section] = blank_form(sheet.questionnaire.definition, "en")
    form = build_section_form(sheet, "s", language="en")
    assert {q.key: q.limits for q in section["questions"] if q.key in notes} == notes
    assert {key: form.question(key).limits for key in notes} == notes


def test_an_unknown_audience_is_a_finding_also_in_a_column():
    questions = [
        {"id": "a", "type": "text", "label": "A", "audience": "everybody"},
        {"id": "b", "type": "text", "label": "B", "audience": ["staff"]},
        {"id": "t", "type": "table", "label": "T", "columns": [
            {"id": "c", "type": "text", "label": "C", "audience": ""},
        ]},
    ]  # fmt: skip
    found = check_definition({"sections": [{"id": "s", "title": "S", "questions": questions}]})
    assert [(one.path, one.message) for one in found] == [
        ("sections[0].questions[0].audience", "Write “panel” or “staff”."),
        ("sections[0].questions[1].audience", "Write “panel” or “staff”."),
        ("sections[0].questions[2].columns[0].audience", "Write “panel” or “staff”."),
    ]
