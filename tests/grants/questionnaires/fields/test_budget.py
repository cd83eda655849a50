"""The budget and its rules: those of the first example call."""

import pytest
from django.utils.translation import override

from grants.questionnaires.fields import kinds

from .conftest import context_for

BUDGET = {"id": "budget", "type": "budget", "label": "Budget", "required": True}
RULES = {
    "money": {"grant_min": 10000, "grant_max": 35000},
    "cofinancing": {"own_share_min_percent": 10, "in_kind_allowed": True, "in_kind_max_percent_of_own_share": 50},
    "budget_categories": [
        {"code": "1", "label": {"en": "Pay"}, "max_percent_of_grant": 30},
        {"code": "2", "label": {"en": "Services"}, "max_percent_of_grant": None},
        {"code": "7", "label": {"en": "Administration"}, "max_percent_of_grant": 7},
    ],
}


def line(category="2", unit_cost="25000", quantity="1", grant="22500", own="2500", in_kind="", description="Training"):
    return {
        "_id": "r1", "category": category, "description": description, "unit_cost": unit_cost, "quantity": quantity,
        "grant": grant, "own": own, "in_kind": in_kind,
    }  # fmt: skip


def judged(*lines, rules=None, language="en"):
    """The value and the sentences, with hard spaces made plain."""
    context = context_for(BUDGET, rules=RULES if rules is None else rules, language=language)
    with override(language):
        parsed = kinds()["budget"].parse(list(lines), BUDGET, context)
    return parsed.value, [problem.message.replace("\u00a0", " ") for problem in parsed.problems]


@pytest.mark.parametrize(
    "lines",
    [
        [line()],
        [line(), line(unit_cost="0", grant="", own="")],
        [line(unit_cost="12 500,00", quantity="2")],
        [line(unit_cost="35000", grant="31500", own="1750", in_kind="1750")],
        [line("1", "6750", grant="6750", own=""), line("2", "18250", grant="15750", own="2500")],
        [line(unit_cost="11111,12", grant="10000", own="1111,12")],
        [line(unit_cost="10000", quantity="2,5")],
    ],
)
def test_budget_within_every_rule(lines):
    assert judged(*lines)[1] == []


@pytest.mark.parametrize(
    ("lines", "sentences"),
    [
        ([line(unit_cost="10000", grant="9000", own="1000")],
         ["The requested grant is EUR 9,000, the smallest is EUR 10,000: ask for EUR 1,000 more."]),
        ([line(unit_cost="40000", grant="35000,01", own="4999,99")],
         ["The requested grant is EUR 35,000.01, the largest is EUR 35,000: ask for EUR 0.01 less."]),
        ([line(grant="23650", own="1350")],
         ["Add EUR 1,150 of own contribution and ask for as much less: it is 5.4 per cent of the costs, "
          "at least 10 per cent (EUR 2,500) is needed."]),
        ([line(grant="25000", own="")],
         ["Add EUR 2,500 of own contribution and ask for as much less: it is 0.0 per cent of the costs, "
          "at least 10 per cent (EUR 2,500) is needed."]),
        ([line(grant="22500", own="1000", in_kind="1500")],
         ["Replace EUR 250 of contribution in kind with money: it is 60.0 per cent of the own contribution, "
          "at most 50 per cent is allowed."]),
        ([line("1", "7000", grant="7000", own=""), line("2", "18000", grant="15500", own="2500")],
         ["“Pay” takes 31.1 per cent of the grant, at most 30 per cent is allowed: move EUR 250 to other categories."]),
        ([line("7", grant="22500")],
         ["“Administration” takes 100.0 per cent of the grant, at most 7 per cent is allowed: "
          "move EUR 20,925 to other categories."]),
        ([line("7", "9000", grant="9000", own="")],
         ["The requested grant is EUR 9,000, the smallest is EUR 10,000: ask for EUR 1,000 more.",
          "“Administration” takes 100.0 per cent of the grant, at most 7 per cent is allowed: "
          "move EUR 8,370 to other categories.",
          "Add EUR 900 of own contribution and ask for as much less: it is 0.0 per cent of the costs, "
          "at least 10 per cent (EUR 900) is needed."]),
    ],
)  # fmt: skip
def test_budget_that_breaks_a_rule_hears_by_how_much(lines, sentences):
    assert judged(*lines)[1] == sentences


def test_what_the_own_share_sentence_asks_for_mends_it():
    assert judged(line(grant="23650", own="1350"))[1] != []
    assert judged(line(grant="22500", own="2500"))[1] == []


@pytest.mark.parametrize(
    ("lines", "sentences"),
    [
        ([line(own="2000")],
         ["Line 1: the line costs EUR 25,000, but only EUR 24,500 is covered: "
          "add EUR 500 to the grant or to your share."]),
        ([line(own="3000")],
         ["Line 1: the line costs EUR 25,000, but EUR 25,500 is entered for it: take away EUR 500."]),
        ([line(category="")], ["Line 1: fill in “Category”."]),
        ([line(category="9")], ["Line 1: Choose one of the listed options."]),
        ([line(description="")], ["Line 1: fill in “Cost”."]),
        ([line(unit_cost="", quantity="")], ["Line 1: fill in “Unit cost, EUR”.", "Line 1: fill in “Quantity”."]),
        ([line(unit_cost="-1")], ["Line 1: An amount cannot be negative."]),
        ([line(quantity="-1")], ["Line 1: Enter 0 or more."]),
        ([line(quantity="du")], ["Line 1: Write a number in digits, for example 1234 or 12,5."]),
        ([line(), line(grant="x")],
         ["Line 2: Write only the number, without letters or a currency: for example 1234,50."]),
        ([line(description="a" * 251)], ["Line 1: Shorten the text by 1 character: there are 251, the limit is 250."]),
    ],
)  # fmt: skip
def test_line_that_does_not_add_up(lines, sentences):
    assert judged(*lines)[1] == sentences


def test_budget_is_stored_with_costs_and_totals():
    value, _sentences = judged(line(unit_cost="33,33", quantity="3", grant="90", own="9,99"))
    assert value["lines"] == [
        {"_id": "r1", "category": "2", "description": "Training", "unit_cost": "33.33", "quantity": "3",
         "grant": "90.00", "own": "9.99", "in_kind": "0.00", "cost": "99.99"}
    ]  # fmt: skip
    assert value["totals"] == {"cost": "99.99", "grant": "90.00", "own": "9.99", "in_kind": "0.00"}


@pytest.mark.parametrize(
    ("unit_cost", "quantity", "cost"), [("0,01", "0,5", "0.01"), ("0,01", "0,4", "0.00"), ("1,15", "1,5", "1.73")]
)
def test_cost_of_a_line_is_rounded_half_up(unit_cost, quantity, cost):
    value, _sentences = judged(line(unit_cost=unit_cost, quantity=quantity, grant=cost, own=""))
    assert value["totals"]["cost"] == cost


def test_budget_without_any_rule_is_free():
    categories = [{"code": "2", "label": {"en": "Services"}}]
    assert judged(line(grant="1", own="24999"), rules={"budget_categories": categories})[1] == []


def test_contribution_in_kind_where_it_is_not_allowed():
    rules = RULES | {"cofinancing": {"in_kind_allowed": False}}
    assert judged(line(own="1250", in_kind="1250"), rules=rules)[1] == [
        "Contribution in kind is not allowed: replace EUR 1,250 with money."
    ]


def test_budget_says_its_rules_before():
    context = context_for(BUDGET, rules=RULES)
    with override("en"):
        said = [text.replace("\u00a0", " ") for text in kinds()["budget"].limits(BUDGET, context)]
    assert said == [
        "The grant is from EUR 10,000 to EUR 35,000.",
        "Own contribution: at least 10 per cent of the costs.",
        "In kind: at most 50 per cent of the own contribution.",
        "Pay: at most 30 per cent of the grant.",
        "Administration: at most 7 per cent of the grant.",
    ]


def test_control_shows_cost_totals_and_use_of_each_limit():
    context = context_for(BUDGET, rules=RULES)
    with override("en"):
        control = kinds()["budget"].control([line("1"), line(grant="x")], BUDGET, context, "q-budget")
    assert control["rows"][0]["cost"] == "EUR\u00a025,000"
    assert control["totals"]["grant"] == "EUR\u00a022,500"
    assert [(use["label"], use["shown"], use["limit"]) for use in control["categories"]] == [
        ("Pay", "100.0", "30"),
        ("Administration", "0.0", "7"),
    ]


@pytest.mark.parametrize("text", ["-1", "1e9", "NaN", "٣", "abc", "1.2.3", "=1", "<b>", "1" * 40, "1,234", "++", "½"])
@pytest.mark.parametrize("column", ["unit_cost", "grant", "own", "in_kind", "quantity"])
def test_hostile_sum_in_a_line_gets_a_sentence(column, text):
    if (column, text) == ("quantity", "1,234"):
        return  # a quantity may have three decimals
    sentences = judged(line(**{column: text}))[1]
    assert len(sentences) == 1
    assert sentences[0].startswith("Line 1: ")
