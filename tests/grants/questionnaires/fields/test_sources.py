"""Funding sources that must make the budget."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from grants.questionnaires.fields import kinds

from .conftest import context_for
from .test_budget import BUDGET, RULES, line

SOURCES = {"id": "sources", "type": "sources", "label": "Sources"}
COFINANCING = RULES | {"cofinancing": {"sources": ["valstybes", "es", "nuosavos"]}}


def judged(raw, budget=None):
    context = context_for(BUDGET, SOURCES, rules=COFINANCING, budget=budget, sources=raw)
    with override("en"):
        parsed = kinds()["sources"].parse(raw, SOURCES, context)
    return parsed.value, [(p.anchor, p.message.replace("\u00a0", " ")) for p in parsed.problems]


@pytest.mark.parametrize(
    ("raw", "problems"),
    [
        ({"valstybes": "22 500", "nuosavos": "2500"}, []),
        ({"valstybes": "25000,00"}, []),
        ({"valstybes": "25000", "es": "0", "nuosavos": ""}, []),
        ({"valstybes": "24000"},
         [("valstybes", "The sources make EUR 24,000, the budget EUR 25,000: EUR 1,000 is missing.")]),
        ({"valstybes": "25000,01"},
         [("valstybes", "The sources make EUR 25,000.01, the budget EUR 25,000: EUR 0.01 is too much.")]),
        ({"es": "-5"}, [("es", "es: An amount cannot be negative.")]),
        ({"valstybes": "x"},
         [("valstybes", "State: Write only the number, without letters or a currency: for example 1234,50.")]),
        ({"stranger": "25000"},
         [("valstybes", "The sources make EUR 0, the budget EUR 25,000: EUR 25,000 is missing.")]),
    ],
)  # fmt: skip
def test_sources_against_the_budget(raw, problems):
    assert judged(raw, [line()])[1] == problems


def test_sources_wait_for_a_budget():
    assert judged({"valstybes": "1"}, None) == ({"valstybes": "1.00"}, [])


@pytest.mark.parametrize("raw", [None, "", [], {}, {"valstybes": " "}, 5])
def test_sources_that_are_empty(raw):
    assert kinds()["sources"].is_empty(raw)


def test_sources_as_browsers_and_others_send_them():
    data = QueryDict("q-sources-es=1%0D%0A&q-sources-es=2&q-sources=3&q-other-es=4&q-sources-" + "x" * 50 + "=5")
    assert kinds()["sources"].read(data, "q-sources", SOURCES) == {"es": "2"}


def test_sources_are_shown_with_their_total():
    context = context_for(BUDGET, SOURCES, rules=COFINANCING)
    with override("en"):
        shown = kinds()["sources"].show({"valstybes": "1.50", "nuosavos": "2.50"}, SOURCES, context)
        raw = kinds()["sources"].show_raw({"valstybes": "x", "nuosavos": ""}, SOURCES, context)
    assert shown.items == (("State", "EUR\u00a01.50"), ("Own", "EUR\u00a02.50"))
    assert shown.foot == ("Total", "EUR\u00a04")
    assert raw.items == (("State", "x"),)
    assert kinds()["sources"].condition_values({"es": "1.00"}) == {"es"}
