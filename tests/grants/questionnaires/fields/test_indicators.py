"""Indicators with a baseline or a reason, and a target."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from grants.questionnaires.fields import kinds

from .conftest import context_for

QUESTION = {"id": "indicators", "type": "indicators", "label": "Indicators", "min_rows": 2}
RULES = {
    "indicators": [
        {"id": "events", "label": {"lt": "Renginiai", "en": "Events"}, "unit": {"lt": "vnt.", "en": "number"},
         "required": True},
        {"id": "useful", "label": {"en": "Useful"}, "unit": {"lt": "proc.", "en": "per cent"}, "required": False},
        {"id": "trained", "label": {"en": "Trained"}, "unit": {"en": "persons"}, "required": False},
    ]
}  # fmt: skip
EVENTS = {"baseline": "0", "no_baseline_because": "", "target": "12"}
USEFUL = {"baseline": "", "no_baseline_because": "Not asked before", "target": "80"}


def judged(raw):
    context = context_for(QUESTION, rules=RULES)
    with override("en"):
        parsed = kinds()["indicators"].parse(raw, QUESTION, context)
    return parsed.value, [(problem.anchor, problem.message) for problem in parsed.problems]


def test_indicators_in_full():
    assert judged({"useful": USEFUL, "events": EVENTS}) == (
        [
            {"indicator": "events", "baseline": "0", "no_baseline_because": "", "target": "12"},
            {"indicator": "useful", "baseline": None, "no_baseline_because": "Not asked before", "target": "80"},
        ],
        [],
    )


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        ({"useful": USEFUL},
         [("events-target", "Events: this indicator is required: enter what the project will reach.")]),
        ({"events": EVENTS}, [("events-target", "Fill in at least 2 indicators; there are 1.")]),
        ({"events": EVENTS | {"target": ""}, "useful": USEFUL},
         [("events-target", "Events: enter what the project will reach.")]),
        ({"events": EVENTS | {"baseline": ""}, "useful": USEFUL},
         [("events-baseline", "Events: enter where things stand now, or say why that is not known.")]),
        ({"events": EVENTS | {"target": "-1"}, "useful": USEFUL},
         [("events-target", "Events: the number cannot be negative.")]),
        ({"events": EVENTS, "useful": USEFUL | {"target": "101"}},
         [("useful-target", "Useful: a share cannot be above 100 per cent.")]),
        ({"events": EVENTS | {"target": "1000"}, "useful": USEFUL | {"target": "100"}}, []),
        ({"events": EVENTS, "useful": USEFUL | {"no_baseline_because": "a" * 301}},
         [("useful-no_baseline_because",
           "Useful: Shorten the text by 1 character: there are 301, the limit is 300.")]),
        ({"events": EVENTS, "useful": USEFUL, "stranger": EVENTS}, []),
        ({"events": EVENTS, "useful": "x", "trained": EVENTS}, []),
    ],
)  # fmt: skip
def test_indicators_that_lack_something(raw, problems):
    assert judged(raw)[1] == problems


@pytest.mark.parametrize("text", ["x", "1e3", "NaN", "٣", "½", "1.2.3", "<b>", "=1", "--1", "1" * 30])
@pytest.mark.parametrize("cell", ["baseline", "target"])
def test_hostile_number_gets_one_sentence(cell, text):
    _value, problems = judged({"events": EVENTS | {cell: text}, "useful": USEFUL})
    assert [anchor for anchor, _message in problems] == [f"events-{cell}"]


@pytest.mark.parametrize("raw", [None, "", [], {}, {"events": {}}, {"events": {"target": " "}}, {"events": "x"}, 5])
def test_indicators_that_are_empty(raw):
    assert kinds()["indicators"].is_empty(raw)


def test_indicators_as_browsers_and_others_send_them():
    data = QueryDict(
        "q-i-events-target=12&q-i-events-hack=1&q-i--target=2&q-i-" + "x" * 70 + "-target=3&q-j-a-target=4"
    )
    assert kinds()["indicators"].read(data, "q-i", QUESTION) == {
        "events": {"baseline": "", "no_baseline_because": "", "target": "12"}
    }


def test_indicators_are_shown_as_a_table():
    context = context_for(QUESTION, rules=RULES)
    value, _problems = judged({"events": EVENTS, "useful": USEFUL})
    with override("en"):
        shown = kinds()["indicators"].show(value, QUESTION, context)
        raw = kinds()["indicators"].show_raw({"events": EVENTS | {"target": "x"}}, QUESTION, context)
    assert shown.items == (("Events", "number", "0", "12"), ("Useful", "per cent", "Not asked before", "80"))
    assert raw.items == (("Events", "number", "0", "x"),)
    assert kinds()["indicators"].condition_values(value) == {"events", "useful"}
