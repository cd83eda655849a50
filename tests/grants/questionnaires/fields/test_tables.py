"""Tables whose rows the person makes."""

import pytest
from django.utils.translation import override

from grants.questionnaires.fields import kinds
from grants.questionnaires.fields.base import Shown

from .conftest import context_for

PLAN = {
    "id": "plan", "type": "table", "label": "Plan", "min_rows": 1, "max_rows": 3,
    "columns": [
        {"id": "activity", "type": "text", "label": {"en": "Activity"}, "max_chars": 10},
        {"id": "from", "type": "date", "label": {"en": "Start"}},
        {"id": "to", "type": "date", "label": {"en": "End"}},
        {"id": "cost", "type": "money", "label": {"en": "Cost"}},
        {"id": "link", "type": "url", "label": {"en": "Link"}},
        {"id": "level", "type": "select", "label": {"en": "Level"}, "options": [{"value": "low", "label": "Low"}]},
        {"id": "count", "type": "number", "label": {"en": "Count"}, "min": 0},
    ],
}  # fmt: skip


def row(**cells):
    return {"_id": "r1", **{c["id"]: "" for c in PLAN["columns"]}, **cells}


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        ([row(activity="A")], []),
        ([row(activity="A"), row()], []),
        ([row(), row(activity="A")], []),
        ([row(activity="A", **{"from": "2027-01-01"}, to="2027-01-01")], []),
        ([row(cost="5")], ["Row 1: fill in “Activity”."]),
        ([row(activity="A"), row(cost="5")], ["Row 2: fill in “Activity”."]),
        ([row(activity="A", **{"from": "2027-02-01"}, to="2027-01-01")], ["Row 1: the end is before the start."]),
        ([row(activity="A" * 11)], ["Row 1: Shorten the text by 1 character: there are 11, the limit is 10."]),
        ([row(activity="A", link="x")],
         ["Row 1: Begin the link with https://, for example https://www.biblioteka.lt."]),
        ([row(activity="A", level="high")], ["Row 1: Choose one of the listed options."]),
        ([row(activity="A", count="-1")], ["Row 1: Enter 0 or more."]),
        ([row(activity="A"), row(activity="B", to="rytoj")],
         ["Row 2: Write the date as year, month and day, for example 2027-03-05."]),
        ([row(activity=t) for t in "ABCD"], ["At most 3 rows are allowed; there are 4. Remove 1."]),
        ([{}], ["EMPTY"]),
        ([row()], ["EMPTY"]),
        ([row(), row(), row()], ["EMPTY"]),
        ([], ["EMPTY"]),
        (None, ["EMPTY"]),
        ("rows", ["EMPTY"]),
        ([1, "x", None], ["EMPTY"]),
        ([{"strange": "x"}], ["Row 1: fill in “Activity”."]),
    ],
)  # fmt: skip
def test_rows_of_a_table(ask, rows, sentences):
    assert ask(PLAN, rows)[1] == sentences


def test_table_is_stored_by_column_with_what_is_understood(ask):
    value, _sentences = ask(PLAN, [row(), row(activity=" A ", cost="1 234,50", count="2,50", to="rytoj")])
    assert value == [
        {"_id": "r1", "activity": "A", "from": None, "to": None, "cost": "1234.50", "link": None, "level": None,
         "count": "2.5"}
    ]  # fmt: skip


def test_table_asks_for_enough_rows(ask):
    assert ask(PLAN | {"min_rows": 2}, [row(activity="A")])[1] == ["At least 2 rows are needed; there are 1."]


def test_table_is_shown_with_the_totals_of_its_money():
    context = context_for(PLAN)
    value = [{"_id": "r1", "activity": "A", "cost": "1.50"}, {"_id": "r2", "activity": "B", "cost": "2.50"}]
    with override("en"):
        shown = kinds()["table"].show(value, PLAN, context)
    assert [cells[0] for cells in shown.items] == ["A", "B"]
    assert shown.foot == ("Total", "", "", "EUR\u00a04", "", "", "")
    assert shown.heads[3] == ("Cost", True)


def test_table_begins_with_one_blank_row_and_its_controls_are_named():
    control = kinds()["table"].control(None, PLAN, context_for(PLAN), "q-plan")
    assert [cell["name"] for cell in control["rows"][0]["cells"]][:2] == ["q-plan-0-activity", "q-plan-0-from"]
    assert control["rows"][0]["id_name"] == "q-plan-0-_id"
    assert (control["last"], control["full"]) == (0, False)


def test_first_added_row_comes_below_the_blank_one_that_was_shown():
    rows = kinds()["table"].command(None, "add-row", None, PLAN)
    assert [line["_id"] for line in rows] == ["r1", "r2"]


@pytest.mark.parametrize("text", ["x", "\u202ex", "<script>", "1e9", "NaN", "٣", "' OR 1", "=1", "%s", "{{x}}"])
@pytest.mark.parametrize("column", ["from", "to", "cost", "link", "level", "count"])
def test_hostile_cell_gets_one_sentence_with_its_row(ask, column, text):
    value, sentences = ask(PLAN, [row(activity="A", **{column: text})])
    assert value[0][column] is None
    assert len(sentences) == 1
    assert sentences[0].startswith("Row 1: ")


def test_a_shown_table_names_the_column_of_each_cell_for_small_screens():
    shown = Shown(
        "table", items=(("Laptops", "EUR 4"),), heads=(("What", False), ("Cost", True)), foot=("Total", "EUR 4")
    )
    assert shown.lines == [[("Laptops", "What", False), ("EUR 4", "Cost", True)]]
    assert shown.last_line == [("Total", "What", False), ("EUR 4", "Cost", True)]
