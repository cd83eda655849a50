"""Rows of a table: reading them and the buttons that change them."""

import pytest
from django.http import QueryDict

from grants.questionnaires.fields.rows import apply_command, command_in, name_rows, read_rows

A, B, C = {"_id": "r1", "t": "a"}, {"_id": "r2", "t": "b"}, {"_id": "r3", "t": "c"}


def read(query):
    return read_rows(QueryDict(query), "q-x", ["t", "u"])


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", []),
        ("q-x-0-t=a", [("r1", "a", "")]),
        ("q-x-1-t=b&q-x-0-t=a", [("r1", "a", ""), ("r2", "b", "")]),
        ("q-x-7-t=a", [("r1", "a", "")]),
        ("q-x-0-t=a&q-x-0-_id=r9&q-x-1-t=b", [("r9", "a", ""), ("r10", "b", "")]),
        ("q-x-0-_id=r1&q-x-1-_id=r1", [("r1", "", ""), ("r2", "", "")]),
        ("q-x-0-_id=../../etc&q-x-0-t=a", [("r1", "a", "")]),
        ("q-x-0-_id=r9999999&q-x-0-t=a", [("r1", "a", "")]),
        ("q-x-0-t=a%0D%0Ab", [("r1", "a b", "")]),
        ("q-x-0-t=a%00b", [("r1", "ab", "")]),
        ("q-x-0-hack=1", []),
        ("q-x-0-t-t=1", []),
        ("q-x--1-t=1", []),
        ("q-x-99999-t=1", []),
        ("q-x-%D9%A1-t=1", []),
        ("q-x-1e3-t=1", []),
        ("q-y-0-t=1", []),
        ("q-x-0-T=1", []),
        ("xq-x-0-t=1", []),
        ("q-x-00-t=a&q-x-0-u=b", [("r1", "a", "b")]),
    ],
)
def test_rows_as_browsers_and_others_send_them(query, rows):
    assert [(row["_id"], row["t"], row["u"]) for row in read(query)] == rows


def test_rows_beyond_reason_are_not_read():
    assert len(read("&".join(f"q-x-{at}-t=a" for at in range(900)))) == 200


@pytest.mark.parametrize(
    ("query", "command"),
    [
        ("add-row:activities=1", ("add-row", "activities", None)),
        ("remove-row:activities:2=1", ("remove-row", "activities", 2)),
        ("q-title=a&move-up:x_1:10=1", ("move-up", "x_1", 10)),
        ("move-down:x:0=1", ("move-down", "x", 0)),
        ("move-down:x:00000=1", None),
        ("drop-table:x=1", None),
        ("add-row:=1", None),
        ("add-row:X=1", None),
        ("remove-row:x:-1=1", None),
        ("remove-row:x:a=1", None),
        ("add-row:x:1:2=1", None),
        ("", None),
    ],
)
def test_button_that_was_pressed(query, command):
    assert command_in(QueryDict(query)) == command


@pytest.mark.parametrize(
    ("verb", "at", "texts"),
    [
        ("add-row", None, ["a", "b", "c", ""]),
        ("remove-row", 0, ["b", "c"]),
        ("remove-row", 2, ["a", "b"]),
        ("remove-row", 3, ["a", "b", "c"]),
        ("remove-row", 9999, ["a", "b", "c"]),
        ("remove-row", None, ["a", "b", "c"]),
        ("move-up", 0, ["a", "b", "c"]),
        ("move-up", 1, ["b", "a", "c"]),
        ("move-up", 2, ["a", "c", "b"]),
        ("move-down", 0, ["b", "a", "c"]),
        ("move-down", 2, ["a", "b", "c"]),
        ("move-down", 9, ["a", "b", "c"]),
    ],
)
def test_button_changes_the_rows(verb, at, texts):
    assert [row["t"] for row in apply_command([A, B, C], verb, at, ["t"], 10)] == texts


def test_button_adds_nothing_beyond_the_limit():
    assert apply_command([A, B, C], "add-row", None, ["t"], 3) == [A, B, C]


def test_row_keeps_its_id_wherever_it_moves():
    assert [row["_id"] for row in apply_command([A, B, C], "move-up", 2, ["t"], 10)] == ["r1", "r3", "r2"]


def test_new_row_gets_an_id_that_nobody_has():
    assert [row["_id"] for row in name_rows([{"t": ""}, {"_id": "r5", "t": ""}, {"_id": "", "t": ""}])] == [
        "r6",
        "r5",
        "r7",
    ]
