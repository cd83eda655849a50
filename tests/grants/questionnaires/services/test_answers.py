"""Saving: nothing typed is ever lost, and nobody writes over another."""

import pytest
from django.http import QueryDict

from grants.questionnaires.forms import UnknownSection, build_section_form
from grants.questionnaires.models import Answer, AnswerRevision
from grants.questionnaires.selectors import missing_answers
from grants.questionnaires.services import open_sheet, save_section
from tests.grants.questionnaires.conftest import rows, typed

HOSTILE_TEXTS = [
    "a\x00b", "\ud800", "\u202ea", "😀" * 100, "a\r\n" * 10, "<script>alert(1)</script>", "' OR 1=1 --", "&#x0;",
    "null",    "{{ settings.SECRET_KEY }}", "%s%s%n", "=HYPERLINK(1)", "\u200ba", "𝕬" * 10, "a" * 100_000, "\\u0000",
]  # fmt: skip


def save(sheet, by, section="essence", token=None, **answers):
    data = typed(**answers)
    for key, value in (token or {}).items():
        data[f"v-{key}"] = value
    return save_section(sheet=sheet, section_id=section, data=data, by=by)


def stored(sheet, key):
    answer = sheet.answers.get(key=key)
    return answer.raw, answer.value, answer.version


def token(sheet, section, key):
    return build_section_form(sheet, section).question(key).token


def test_saved_answer_has_its_text_and_its_meaning(sheet, applicant):
    result = save(
        sheet, applicant, title="Dirbtuvės", branches="12,0", period__from="2027-06-01", period__to="2028 05 31"
    )
    assert result.saved == ["title", "period", "branches"]
    assert stored(sheet, "title") == ("Dirbtuvės", "Dirbtuvės", 1)
    assert stored(sheet, "branches") == ("12,0", "12", 1)
    assert stored(sheet, "period") == (
        {"from": "2027-06-01", "to": "2028 05 31"}, {"from": "2027-06-01", "to": "2028-05-31"}, 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "key", "raw", "value"),
    [
        ({"branches": "daug"}, "branches", "daug", None),
        ({"title": "a" * 151}, "title", "a" * 151, "a" * 151),
        ({"summary": "a" * 9_000}, "summary", "a" * 9_000, "a" * 9_000),
        ({"period__from": "5.3.2027"}, "period", {"from": "5.3.2027", "to": ""}, None),
        ({"municipalities": ["LT-99", "x"]}, "municipalities", ["LT-99", "x"], None),
    ],
)
def test_wrong_or_long_answer_is_kept_but_stands_in_the_way(sheet, applicant, answers, key, raw, value):
    result = save(sheet, applicant, **answers)
    assert result.saved == [key]
    assert stored(sheet, key) == (raw, value, 1)
    assert not result.complete
    assert key in {missing.key for missing in missing_answers(sheet) if not missing.missing}
    assert build_section_form(sheet, "essence").question(key).raw == raw


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_is_saved_and_shown_again(sheet, applicant, text):
    save(sheet, applicant, summary=text)
    raw = sheet.answers.get(key="summary").raw
    assert "\x00" not in raw
    assert save(sheet, applicant, summary=raw).saved == []  # saving what is shown changes nothing


def test_answers_that_the_form_does_not_speak_of_stay(sheet, applicant):
    save(sheet, applicant, title="A", summary="B")
    save(sheet, applicant, title="C")
    assert stored(sheet, "summary") == ("B", "B", 1)
    assert stored(sheet, "title") == ("C", "C", 2)


def test_unticked_box_is_known_by_its_token(contest, applicant):
    save(contest, applicant, "declarations", decl_director="on")
    assert stored(contest, "decl_director")[:2] == ("on", True)
    assert save(contest, applicant, "declarations", title="x").saved == []
    seen = token(contest, "declarations", "decl_director")
    assert save(contest, applicant, "declarations", {"decl_director": seen}).saved == ["decl_director"]
    assert stored(contest, "decl_director")[:2] == ("", None)


def test_answers_of_other_sections_and_unknown_ones_are_not_taken(sheet, applicant):
    assert save(sheet, applicant, goal="A", hack="B").saved == []
    assert not sheet.answers.filter(key__in=["goal", "hack"]).exists()


@pytest.mark.parametrize("section", ["", "nothing", "ESSENCE", "../essence", "essence/", None])
def test_section_that_is_not_there(sheet, applicant, section):
    with pytest.raises(UnknownSection):
        save_section(sheet=sheet, section_id=section, data=QueryDict(), by=applicant)
    with pytest.raises(UnknownSection):
        build_section_form(sheet, section)


def test_stale_tab_sees_both_texts_and_overwrites_nothing(sheet, applicant, colleague):
    seen = token(sheet, "essence", "title")
    save(sheet, colleague, token={"title": seen}, title="Colleague's")
    result = save(sheet, applicant, token={"title": seen}, title="Mine", summary="Also mine")
    conflict = result.conflicts["title"]
    assert (conflict.mine, conflict.theirs, conflict.saved_by) == ("Mine", "Colleague's", "Jonas Jonaitis")
    assert stored(sheet, "title")[0] == "Colleague's"
    assert stored(sheet, "summary")[0] == "Also mine"  # everything else is saved all the same
    form = build_section_form(sheet, "essence", typed(title="Mine"), result=result)
    assert form.question("title").raw == "Mine"
    assert form.question("title").conflict.theirs_text == "Colleague's"


def test_second_save_after_seeing_both_decides_and_keeps_the_other_text(sheet, applicant, colleague):
    seen = token(sheet, "essence", "title")
    save(sheet, colleague, token={"title": seen}, title="Colleague's")
    result = save(sheet, applicant, token={"title": seen}, title="Mine")
    fresh = build_section_form(sheet, "essence", typed(title="Mine"), result=result).question("title").token
    assert save(sheet, applicant, token={"title": fresh}, title="Mine").conflicts == {}
    assert stored(sheet, "title")[0] == "Mine"
    revision = AnswerRevision.objects.get(answer__key="title")
    assert (revision.raw, revision.saved_by) == ("Colleague's", colleague)


def test_tab_that_never_touched_an_answer_does_not_fight_for_it(sheet, applicant, colleague):
    save(sheet, applicant, title="First")
    seen = token(sheet, "essence", "title")
    save(sheet, colleague, token={"title": seen}, title="Second")
    result = save(sheet, applicant, token={"title": seen}, title="First", summary="Mine")
    assert result.conflicts == {}
    assert stored(sheet, "title")[0] == "Second"


def test_both_writing_the_same_is_no_conflict(sheet, applicant, colleague):
    seen = token(sheet, "essence", "title")
    save(sheet, colleague, token={"title": seen}, title="Same")
    assert save(sheet, applicant, token={"title": seen}, title="Same").conflicts == {}


@pytest.mark.parametrize("odd", ["", "x", "-1.a", "1", "99999999999.a", "1e3.a", "٣.a", "0.", ".", "null"])
def test_odd_token_never_breaks_a_save(sheet, applicant, odd):
    result = save(sheet, applicant, token={"title": odd}, title="A")
    assert result.saved == ["title"] or "title" in result.conflicts


def test_own_autosaves_leave_no_trail_but_another_hand_does(sheet, applicant, colleague):
    for text in ("a", "ab", "abc"):
        save(sheet, applicant, title=text)
    assert AnswerRevision.objects.count() == 0
    save(sheet, colleague, title="d")
    assert [revision.raw for revision in AnswerRevision.objects.all()] == ["abc"]


@pytest.mark.parametrize(
    ("button", "names"),
    [
        ("add-row:partners", ["A", "B", ""]),
        ("remove-row:partners:0", ["B"]),
        ("move-up:partners:1", ["B", "A"]),
        ("move-down:partners:0", ["B", "A"]),
        ("move-up:partners:0", ["A", "B"]),
        ("remove-row:partners:7", ["A", "B"]),
        ("add-row:strangers", ["A", "B"]),
        ("add-row:title", ["A", "B"]),
    ],
)
def test_row_buttons_keep_everything_typed(sheet, applicant, button, names):
    data = typed(**rows("partners", {"name": "A", "money": "x"}, {"name": "B", "money": "5"}))
    data[button] = "1"
    result = save_section(sheet=sheet, section_id="partners", data=data, by=applicant)
    assert [row["name"] for row in stored(sheet, "partners")[0]] == names
    assert result.anchor == ("q-partners" if "partners" in button else "")


def test_row_is_added_up_to_the_limit(sheet, applicant):
    for _time in range(15):
        form = build_section_form(sheet, "partners").question("partners").control
        data = typed(**rows("partners", *({"name": str(n)} for n in range(len(form["rows"])))))
        data["add-row:partners"] = "1"
        save_section(sheet=sheet, section_id="partners", data=data, by=applicant)
    form = build_section_form(sheet, "partners").question("partners").control
    assert (len(form["rows"]), form["full"]) == (10, True)


def test_button_of_a_stale_tab_removes_no_strangers_row(sheet, applicant, colleague):
    save(sheet, applicant, "partners", **rows("partners", {"name": "A"}, {"name": "B"}))
    seen = token(sheet, "partners", "partners")
    save(
        sheet,
        colleague,
        "partners",
        {"partners": seen},
        **rows("partners", {"name": "New"}, {"name": "A"}, {"name": "B"}),
    )
    data = typed(**rows("partners", {"name": "A", "_id": "r1"}, {"name": "B", "_id": "r2"}))
    data["v-partners"], data["remove-row:partners:0"] = seen, "1"
    result = save_section(sheet=sheet, section_id="partners", data=data, by=applicant)
    assert list(result.conflicts) == ["partners"]
    assert [row["name"] for row in stored(sheet, "partners")[0]] == ["New", "A", "B"]
    assert result.conflicts["partners"].theirs_text.splitlines()[0].startswith("New")


def test_changed_budget_changes_what_its_sources_mean(sheet, applicant):
    save(sheet, applicant, "budget", sources__valstybes="5")
    line = {"category": "2", "description": "A", "unit_cost": "10", "quantity": "1", "grant": "9", "own": "1"}
    result = save(sheet, applicant, "budget", **rows("budget", line))
    assert any(problem.target == "q-sources-valstybes" for problem in result.problems)


def test_sheet_begins_with_what_is_known(call_one, case, applicant):
    from grants.organisations.models import Organisation
    from grants.questionnaires.from_call import definition_from_call
    from grants.questionnaires.services import publish_questionnaire

    library = Organisation.objects.create(
        code="LIB-X", kind="municipal", name="Pavyzdžio biblioteka", legal_code="123456789"
    )
    questionnaire = publish_questionnaire(code="A", definition=definition_from_call(call_one), by=applicant)
    sheet = open_sheet(questionnaire=questionnaire, case=case, by=applicant, organisation=library)
    assert {answer.key: answer.value for answer in Answer.objects.filter(sheet=sheet)} == {
        "applicant_library": "LIB-X", "legal_code": "123456789", "manager": None,
    }  # fmt: skip
    assert sheet.answers.get(key="manager").raw == {
        "name": "Vardenė Pavardenė", "email": "vardene@biblioteka.test", "phone": "",
    }  # fmt: skip


def test_saving_a_section_asks_the_database_a_fixed_number_of_times(sheet, applicant, django_assert_max_num_queries):
    with django_assert_max_num_queries(26):
        save(sheet, applicant, title="A", summary="B", branches="1", municipalities=["LT-01"])
    with django_assert_max_num_queries(16):
        save(sheet, applicant, title="A", summary="B", branches="1", municipalities=["LT-01"])
