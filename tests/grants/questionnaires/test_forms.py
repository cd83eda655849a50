"""A section as a form, as the page shows it."""

import re

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override

from grants.questionnaires.forms import build_section_form
from grants.questionnaires.selectors import missing_answers, section_states
from grants.questionnaires.services import save_section
from tests.grants.questionnaires.conftest import rows, typed


def rendered(form, language="en"):
    with override(language):
        return render_to_string("grants/questionnaires/section_fields.html", {"section": form})


def sections(sheet):
    return [section["id"] for section in sheet.questionnaire.definition["sections"]]


WRONG = {
    "applicant": {"bank": "x", "legal_code": "1", "manager__email": "x"},
    "partners": rows("partners", {"name": "", "money": "x", "kind": "x"}),
    "essence": {"title": "a" * 200, "period__from": "x", "period__to": "", "branches": "-1", "municipalities": ["x"]},
    "need": {"target_groups": ["x"], "target_count": "0"},
    "plan": rows("activities", {"activity": "A", "from": "x"}),
    "impact": {"indicators__events__target": "x"},
    "budget": {**rows("budget", {"category": "x", "grant": "x"}), "sources__valstybes": "x"},
}


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("name", ["sheet", "contest"])
def test_every_section_of_both_calls_is_shown_blank(request, name, language):
    sheet = request.getfixturevalue(name)
    for section in sections(sheet):
        form = build_section_form(sheet, section, language=language)
        page = rendered(form, language)
        assert all(question.label in page.replace("&quot;", '"').replace("&#x27;", "'") for question in form.questions)
        assert not re.search(r"style=|onclick|javascript:", page)


@pytest.mark.parametrize("section", WRONG)
def test_every_line_of_the_summary_leads_to_a_control_of_the_page(sheet, applicant, section):
    save_section(sheet=sheet, section_id=section, data=typed(**WRONG[section]), by=applicant)
    form = build_section_form(sheet, section)
    lines = form.summary()
    page = rendered(form)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert any(not line.missing for line in lines)
    assert [line.target for line in lines if line.target not in ids] == []
    assert not form.is_valid()
    described = {part for value in re.findall(r'aria-describedby="([^"]*)"', page) for part in value.split()}
    assert described <= set(ids)


@pytest.mark.parametrize("section", WRONG)
def test_everything_typed_is_on_the_page_again(sheet, applicant, section):
    save_section(sheet=sheet, section_id=section, data=typed(**WRONG[section]), by=applicant)
    page = rendered(build_section_form(sheet, section))
    for values in WRONG[section].values():
        for value in values if isinstance(values, list) else [values]:
            assert f'value="{value}"' in page or f">{value}" in page


def test_hostile_text_is_shown_as_text(sheet, applicant):
    text = '"><script>alert(1)</script>'
    save_section(sheet=sheet, section_id="essence", data=typed(title=text, summary=text), by=applicant)
    page = rendered(build_section_form(sheet, "essence"))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 2


def test_text_that_begins_with_an_empty_line_comes_back_whole(sheet, applicant):
    save_section(sheet=sheet, section_id="essence", data=typed(summary="\n\nA"), by=applicant)
    assert 'describedby="q-summary-counter">\n\n\nA</textarea>' in rendered(build_section_form(sheet, "essence"))


@pytest.mark.parametrize(
    ("length", "text"),
    [(0, "Left: 1500 of 1500."), (1499, "Left: 1 of 1500."), (1502, "Too long by 2; the limit is 1500.")],
)
def test_counter_is_right_without_a_script(sheet, applicant, length, text):
    save_section(sheet=sheet, section_id="essence", data=typed(summary="ą" * length), by=applicant)
    page = rendered(build_section_form(sheet, "essence"))
    assert text in page
    assert 'data-limit="1500"' in page


def test_first_button_of_the_page_saves_and_moves_no_row(sheet):
    page = rendered(build_section_form(sheet, "plan"))
    assert re.findall(r'<button[^>]* name="([^"]+)"', page)[0] == "save"


def test_rows_have_their_buttons_where_they_make_sense(sheet, applicant):
    save_section(
        sheet=sheet, section_id="partners", data=typed(**rows("partners", {"name": "A"}, {"name": "B"})), by=applicant
    )
    names = re.findall(r'<button[^>]* name="([^"]+)"', rendered(build_section_form(sheet, "partners")))
    assert names == [
        "save", "move-down:partners:0", "remove-row:partners:0", "move-up:partners:1", "remove-row:partners:1",
        "add-row:partners",
    ]  # fmt: skip


def test_what_was_typed_but_not_saved_is_shown_with_the_token_of_its_tab(sheet):
    data = QueryDict("q-title=Typed&v-title=0.abc")
    form = build_section_form(sheet, "essence", data)
    assert (form.question("title").raw, form.question("title").token) == ("Typed", "0.abc")
    assert not sheet.answers.filter(key="title").exists()
    with pytest.raises(KeyError):
        form.question("nothing")


def test_required_if_makes_a_question_required_and_says_so(contest, applicant):
    assert build_section_form(contest, "entry").question("branch_name").optional
    save_section(sheet=contest, section_id="entry", data=typed(category="branch/community"), by=applicant)
    assert not build_section_form(contest, "entry").question("branch_name").optional
    assert "branch_name" in {missing.key for missing in missing_answers(contest)}
    save_section(sheet=contest, section_id="entry", data=typed(category="library/innovation"), by=applicant)
    assert "branch_name" not in {missing.key for missing in missing_answers(contest)}


def test_task_list_tells_how_far_each_section_is(contest, applicant):
    def states():
        return [(state.id, state.state) for state in section_states(contest, "en")]

    assert states() == [
        ("entry", "in_progress"), ("work", "not_started"), ("annexes", "not_started"), ("declarations", "not_started"),
    ]  # fmt: skip
    save_section(
        sheet=contest, section_id="declarations", data=typed(decl_director="on", decl_publish="on"), by=applicant
    )
    save_section(sheet=contest, section_id="work", data=typed(library_about="a" * 1501), by=applicant)
    assert states()[1:] == [("work", "mistakes"), ("annexes", "not_started"), ("declarations", "completed")]
    work = section_states(contest, "en")[1]
    assert (work.mistakes, work.missing, work.label) == (1, 1, "Has mistakes")


@pytest.mark.parametrize("name", ["sheet", "contest"])
def test_form_asks_the_database_a_fixed_number_of_times(request, name, django_assert_max_num_queries):
    sheet = request.getfixturevalue(name)
    for section in sections(sheet):
        with django_assert_max_num_queries(6):
            rendered(build_section_form(sheet, section))


def test_what_is_missing_is_not_said_before_anybody_has_begun(sheet, applicant):
    form = build_section_form(sheet, "essence")
    assert not form.is_valid()
    assert "Error:" not in rendered(form)
    result = save_section(sheet=sheet, section_id="essence", data=typed(title=""), by=applicant)
    assert "Answer this question." in rendered(
        build_section_form(sheet, "essence", typed(title=""), result=result, language="en")
    )
