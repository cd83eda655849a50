"""Rows that repeat: reading them from a form, and the buttons that add, remove and move them without a script."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict

from grants.questionnaires.context import Raw
from grants.questionnaires.text import clean_text, is_blank

MOST_ROWS = 200
ROW = "_id"
_COMMAND = re.compile(r"(add-row|remove-row|move-up|move-down):([a-z][a-z0-9_]*)(?::([0-9]{1,4}))?")

Row = dict[str, Any]


def read_rows(data: QueryDict, name: str, columns: list[str]) -> list[Row]:
    """The rows of one question as typed, in the order of their numbers; unknown columns are not taken.

    Every row keeps its `_id`, by which documents refer to it wherever it moves; a new one gets the next free.
    """
    pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,4}})-({'|'.join(map(re.escape, [*columns, ROW]))})")
    numbered: dict[int, Row] = {}
    for key in data:
        found = pattern.fullmatch(key)
        if found:
            numbered.setdefault(int(found.group(1)), {})[found.group(2)] = clean_text(data.get(key, ""))
    rows = [numbered[number] for number in sorted(numbered)][:MOST_ROWS]
    return name_rows(
        [{ROW: row.get(ROW, ""), **{c: row.get(c, "").replace("\n", " ") for c in columns}} for row in rows]
    )


def name_rows(rows: list[Row]) -> list[Row]:
    """Give every row an id of its own; a missing, odd or repeated one is replaced by the next free."""
    taken: set[str] = set()
    for row in rows:
        if not re.fullmatch(r"r[0-9]{1,6}", str(row.get(ROW, ""))) or row[ROW] in taken:
            row[ROW] = ""
        taken.add(row[ROW])
    number = max((int(name[1:]) for name in taken if name), default=0)
    for row in rows:
        if not row[ROW]:
            number += 1
            row[ROW] = f"r{number}"
    return rows


def row_is_blank(row: Row) -> bool:
    """Whether nothing was typed in a row."""
    return all(is_blank(str(text)) for column, text in row.items() if column != ROW)


def filled_rows(raw: Raw) -> list[tuple[int, Row]]:
    """Rows in which something was typed, with their place in the form."""
    rows = raw if isinstance(raw, list) else []
    return [(at, row) for at, row in enumerate(rows) if isinstance(row, dict) and not row_is_blank(row)]


def empty_row(columns: list[str]) -> Row:
    """A row in which nothing is typed yet."""
    return {ROW: "", **dict.fromkeys(columns, "")}


def command_in(data: QueryDict) -> tuple[str, str, int | None] | None:
    """The row button that was pressed: its verb, the question and the row, or None."""
    for key in data:
        found = _COMMAND.fullmatch(key)
        if found:
            number = found.group(3)
            return found.group(1), found.group(2), int(number) if number is not None else None
    return None


def apply_command(rows: list[Row], verb: str, at: int | None, columns: list[str], most: int) -> list[Row]:
    """The rows after a button; one that makes no sense (a row that is not there) changes nothing."""
    rows = list(rows)
    if verb == "add-row":
        return name_rows([*rows, empty_row(columns)]) if len(rows) < min(most, MOST_ROWS) else rows
    if at is None or at >= len(rows):
        return rows
    if verb == "remove-row":
        del rows[at]
        return rows
    to = at - 1 if verb == "move-up" else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return rows
