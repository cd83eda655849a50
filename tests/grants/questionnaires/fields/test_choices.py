"""Ticks and lists."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from grants.questionnaires.fields import kind_of, kinds
from grants.questionnaires.fields.choices import check_options

from .conftest import context_for

OPTIONS = [{"value": "ngo", "label": {"lt": "NVO", "en": "NGO"}}, {"value": "school", "label": {"en": "School"}}]
SELECT = {"type": "select", "options": OPTIONS}
MANY = {"type": "multiselect", "options": OPTIONS}
HOSTILE = [
    "NGO", "ngo ", " ngo", "ngo\x00", "ngo\n", "ngo,school", "nGo", "other", "0", "None", "null", "undefined", "true",
    "[]", "{}", "*", "%", "' OR '1'='1", "<script>alert(1)</script>", "../ngo", "ngo/", "ngо", "ｎｇｏ", "\u202eogn",
    "🦆",    "n" * 10_000, "{{ngo}}", "${ngo}", "%00ngo", "ngo;school",
]  # fmt: skip


def read(kind, query):
    return kinds()[kind].read(QueryDict(query), "q-x", {"type": kind})


@pytest.mark.parametrize(
    ("sent", "raw"),
    [
        ("", ""), ("q-x=on", "on"), ("q-x=1", "on"), ("q-x=true", "on"), ("q-x=", ""), ("q-x=0", ""), ("q-x=false", ""),
        ("q-x=&q-x=on", "on"), ("q-y=on", ""),
    ],
)  # fmt: skip
def test_checkbox_as_browsers_send_it(sent, raw):
    assert read("checkbox", sent) == raw


def test_checkbox_ticked(ask):
    assert ask({"type": "checkbox"}, "on") == (True, [])
    assert ask({"type": "checkbox"}, "") == (None, ["EMPTY"])
    assert kinds()["checkbox"].condition_values(None) == {"false"}
    assert kinds()["checkbox"].condition_values(True) == {"true"}


@pytest.mark.parametrize("value", ["ngo", "school"])
def test_select_of_the_list(ask, value):
    assert ask(SELECT, value) == (value, [])


@pytest.mark.parametrize("value", HOSTILE)
def test_select_of_anything_else(ask, value):
    assert ask(SELECT, value) == (None, ["Choose one of the listed options."])


@pytest.mark.parametrize("value", HOSTILE)
def test_multiselect_with_one_stranger_among_them(ask, value):
    assert ask(MANY, ["ngo", value]) == (None, ["Choose only among the listed options."])


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("kind", ["library", "category"])
def test_registry_choice_of_anything_else(ask, kind, value):
    assert ask({"type": kind}, value) == (None, ["Choose one of the listed options."])


def test_multiselect_in_the_order_of_the_list(ask):
    assert ask(MANY, ["school", "ngo"]) == (["ngo", "school"], [])
    assert read("multiselect", "q-x=school&q-x=school&q-x=&q-x=ngo") == ["school", "ngo"]


def test_municipalities_by_code(ask):
    assert ask({"type": "municipalities"}, ["LT-57", "LT-01"]) == (["LT-01", "LT-57"], [])
    assert ask({"type": "municipalities"}, ["LT-61"])[1] == ["Choose only among the listed options."]


def test_library_by_code(ask):
    assert ask({"type": "library"}, "LIB-01") == ("LIB-01", [])


def test_category_is_two_answers_in_one_step(ask):
    value = {"category": "branch", "nomination": "community"}
    assert ask({"type": "category"}, "branch/community") == (value, [])
    assert kinds()["category"].condition_values(value) == {"branch", "community", "branch/community"}
    assert kinds()["category"].condition_values(None) == set()


@pytest.mark.parametrize(
    "raw", ["branch", "branch/", "/community", "library/community", "branch/community/", "branch//community"]
)
def test_category_and_nomination_must_belong_together(ask, raw):
    assert ask({"type": "category"}, raw)[0] is None


@pytest.mark.parametrize(
    ("question", "value", "text", "items"),
    [
        (SELECT, "ngo", "NGO", ()),
        (SELECT, "gone", "gone", ()),
        (MANY, ["ngo", "school"], "", ("NGO", "School")),
        ({"type": "municipalities"}, ["LT-57"], "", ("Vilniaus miesto savivaldybė",)),
        ({"type": "library"}, "LIB-01", "Akmenės biblioteka", ()),
        ({"type": "category"}, {"category": "branch", "nomination": "community"}, "Branches: Closest", ()),
        ({"type": "category"}, {"category": "x", "nomination": "y"}, "x/y", ()),
        ({"type": "checkbox"}, True, "Yes, confirmed", ()),
    ],
)
def test_choice_is_shown_by_its_label(question, value, text, items):
    with override("en"):
        shown = kind_of(question).show(value, question, context_for())
    assert (shown.text, shown.items) == (text, items)


@pytest.mark.parametrize("question", [SELECT, {"type": "library"}, {"type": "category"}])
def test_value_that_is_not_listed_stays_in_the_control(question):
    question = {"id": "x", **question}
    assert kind_of(question).control("gone", question, context_for(question), "q-x")["stranger"] == "gone"
    assert kind_of(question).control("", question, context_for(question), "q-x")["stranger"] == ""


def test_values_that_are_not_listed_stay_ticked():
    question = {"id": "x", **MANY}
    control = kind_of(question).control(["gone", "ngo"], question, context_for(question), "q-x")
    assert control["strangers"] == ["gone"]
    assert control["chosen"] == ["gone", "ngo"]


@pytest.mark.parametrize(
    ("options", "findings"),
    [
        (None, [("o", "Give at least one option.")]),
        ([], [("o", "Give at least one option.")]),
        ("ngo", [("o", "Give at least one option.")]),
        (["ngo"], [("o[0].value", "Every option needs a value.")]),
        ([{"value": 1, "label": "x"}], [("o[0].value", "Every option needs a value.")]),
        (
            [{"value": "a", "label": "A"}, {"value": "a", "label": "B"}],
            [("o[1].value", "The value “a” is there twice.")],
        ),
        ([{"value": "a"}], [("o[0].label", "Every option needs a label.")]),
        ([{"value": "a", "label": {"de": "A"}}], [("o[0].label", "Every option needs a label.")]),
        (OPTIONS, []),
    ],
)
def test_options_are_checked(options, findings):
    assert [(finding.path, finding.message) for finding in check_options(options, "o")] == findings
