"""A table whose rows the person adds, removes and orders."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Finding, Kind, Shown, kind_of, kinds, register_kind
from grants.questionnaires.fields.rows import ROW, apply_command, empty_row, filled_rows, name_rows, read_rows
from grants.questionnaires.text import in_language, is_blank, money_text


class Repeating(Kind):
    """What a table and a budget share: rows, and the buttons that change them."""

    grouped = True

    def columns(self, question: Question, context: Context | None = None) -> list[Question]:
        """The columns, each described as a question."""
        return list(question["columns"])

    def most(self, question: Question) -> int:
        """The most rows."""
        return int(question.get("max_rows", 100))

    def _ids(self, question: Question) -> list[str]:
        return [column["id"] for column in self.columns(question)]

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """All rows as typed, blank ones too: a person may have just added them."""
        return read_rows(data, name, self._ids(question))

    def is_empty(self, raw: Raw) -> bool:
        """Nothing was typed in any row."""
        return not filled_rows(raw)

    def command(self, raw: Raw, verb: str, at: int | None, question: Question) -> Raw:
        """The rows after a button was pressed."""
        rows = raw if isinstance(raw, list) else []
        if not rows and verb == "add-row":  # the form showed one blank row that was never stored
            rows = name_rows([empty_row(self._ids(question))])
        return apply_command(rows, verb, at, self._ids(question), self.most(question))

    def row_limits(self, raw: Raw, question: Question) -> list[Problem]:
        """Too few or too many rows."""
        count, least, most = len(filled_rows(raw)), question.get("min_rows", 0), self.most(question)
        if count > most:
            return [
                Problem(
                    _("At most %(most)d rows are allowed; there are %(count)d. Remove %(over)d.")
                    % {"most": most, "count": count, "over": count - most}
                )
            ]
        if count < least:
            return [
                Problem(
                    _("At least %(least)d rows are needed; there are %(count)d.") % {"least": least, "count": count},
                    missing=True,
                )
            ]
        return []

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """Every row with its cells, at least one blank row to begin with."""
        ids = self._ids(question)
        rows = raw if isinstance(raw, list) and raw else name_rows([empty_row(ids)])
        columns = self.columns(question, context)
        return {
            "columns": [
                {"id": c["id"], "label": in_language(c["label"], context.language), "type": c["type"]} for c in columns
            ],
            "rows": [self._row(at, row, columns, context, name) for at, row in enumerate(rows)],
            "full": len(rows) >= self.most(question),
            "last": len(rows) - 1,
        }

    def _row(
        self, at: int, row: dict[str, Any], columns: list[Question], context: Context, name: str
    ) -> dict[str, Any]:
        return {
            "at": at,
            "number": at + 1,
            "id": row.get(ROW, ""),
            "id_name": f"{name}-{at}-{ROW}",
            "cells": [
                {
                    "name": f"{name}-{at}-{c['id']}",
                    "anchor": f"{at}-{c['id']}",
                    "type": c["type"],
                    "label": in_language(c["label"], context.language),
                    **kind_of(c).control(row.get(c["id"], ""), c, context, f"{name}-{at}-{c['id']}"),
                }
                for c in columns
            ],
        }

    def parse_cells(
        self, at: int, row: dict[str, Any], question: Question, context: Context
    ) -> tuple[dict[str, Any], list[Problem]]:
        """The values of one row and what is wrong in it; the first column names the row and must be filled in."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for place, column in enumerate(self.columns(question, context)):
            text, anchor = row.get(column["id"], ""), f"{at}-{column['id']}"
            values[column["id"]] = None
            if is_blank(str(text)):
                if column.get("required", place == 0):
                    problems.append(Problem(self._cell_wanted(at, column, context), anchor, missing=True))
                continue
            parsed = kind_of(column).parse(text, column, context)
            values[column["id"]] = parsed.value
            problems += [Problem(self._in_row(at, p.message), anchor, p.missing) for p in parsed.problems]
        return values, problems

    def _cell_wanted(self, at: int, column: Question, context: Context) -> str:
        return _("Row %(row)d: fill in “%(column)s”.") % {
            "row": at + 1,
            "column": in_language(column["label"], context.language),
        }

    def _in_row(self, at: int, message: str) -> str:
        return _("Row %(row)d: %(message)s") % {"row": at + 1, "message": message}

    def limits(self, question: Question, context: Context) -> list[str]:
        """How many rows."""
        found, least, most = [], question.get("min_rows"), question.get("max_rows")
        if least:
            found.append(ngettext("At least %(count)d row.", "At least %(count)d rows.", least) % {"count": least})
        if most:
            found.append(ngettext("At most %(count)d row.", "At most %(count)d rows.", most) % {"count": most})
        return found


@register_kind
class Table(Repeating):
    """Rows of the columns that the question states."""

    code = "table"
    settings = {"columns": (list,), "min_rows": (int,), "max_rows": (int,)}

    def check(self, question: Question, path: str) -> list[Finding]:
        """There are columns of kinds that fit into a table, and the limits of rows make sense."""
        findings = []
        columns = question.get("columns")
        if not isinstance(columns, list) or not columns:
            findings.append(Finding(f"{path}.columns", "Give the table at least one column."))
        if question.get("min_rows", 0) < 0 or question.get("max_rows", 1) < 1:
            findings.append(Finding(f"{path}.min_rows", "Numbers of rows cannot be negative."))
        if question.get("min_rows", 0) > question.get("max_rows", 100):
            findings.append(Finding(f"{path}.min_rows", "The least number of rows is above the greatest."))
        return findings

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """A list of rows by column, blank rows left out."""
        value, problems = [], self.row_limits(raw, question)
        for at, row in filled_rows(raw):
            values, wrong = self.parse_cells(at, row, question, context)
            wrong = wrong or self._ends_before_start(at, values, question)
            problems += wrong
            value.append({ROW: row.get(ROW, ""), **values})
        return Parsed(value, tuple(problems))

    def _ends_before_start(self, at: int, values: dict[str, Any], question: Question) -> list[Problem]:
        types = {column["id"]: column["type"] for column in question["columns"]}
        if types.get("from") != "date" or types.get("to") != "date" or not (values["from"] and values["to"]):
            return []
        if values["to"] >= values["from"]:
            return []
        return [Problem(_("Row %(row)d: the end is before the start.") % {"row": at + 1}, f"{at}-to")]

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """The first cell is asked for."""
        return [Problem(_("Fill in at least one row."), f"0-{question['columns'][0]['id']}", missing=True)]

    def condition_values(self, value: Any) -> set[str]:
        """A table cannot be named by a condition."""
        return set()

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """The table with the totals of its money columns."""
        columns = question["columns"]
        rows = tuple(
            tuple(
                kind_of(c).show(row[c["id"]], c, context).text if row.get(c["id"]) is not None else "" for c in columns
            )
            for row in value
        )
        return Shown("table", items=rows, heads=heads_of(columns, context), foot=self._totals(value, columns))

    def show_raw(self, raw: Raw, question: Question, context: Context) -> Shown:
        """The table as typed."""
        columns = question["columns"]
        rows = tuple(tuple(str(row.get(c["id"], "")) for c in columns) for _at, row in filled_rows(raw))
        return Shown("table", items=rows, heads=heads_of(columns, context))

    def _totals(self, value: list[dict[str, Any]], columns: list[Question]) -> tuple[str, ...]:
        if not any(column["type"] == "money" for column in columns):
            return ()
        return (
            _("Total"),
            *(
                money_text(sum((Decimal(row[c["id"]]) for row in value if row.get(c["id"])), Decimal(0)))
                if c["type"] == "money"
                else ""
                for c in columns[1:]
            ),
        )

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """Rows, cells and the totals of what is understood so far."""
        found = super().control(raw, question, context, name)
        rows = [] if self.is_empty(raw) else self.parse(raw, question, context).value
        return found | {"foot": self._totals(rows, question["columns"])}

    def limits(self, question: Question, context: Context) -> list[str]:
        """How many rows, and what the columns are."""
        names = ", ".join(in_language(c["label"], context.language) for c in question["columns"])
        return [*super().limits(question, context), _("Columns: %(names)s.") % {"names": names}]

    def hints(self, question: Question, context: Context) -> list[str]:
        """How many rows; the columns stand in the head of the table."""
        return super().limits(question, context)


def heads_of(columns: list[Question], context: Context) -> tuple[tuple[str, bool], ...]:
    """The headings of columns, and whether each holds numbers."""
    return tuple((in_language(c["label"], context.language), c["type"] in ("money", "number")) for c in columns)


def column_kinds() -> list[str]:
    """The kinds that may stand in a table."""
    return [code for code, kind in kinds().items() if kind.in_tables]
