"""Indicators of the call: where things stand now, and what the project promises."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Kind, Shown, register_kind
from grants.questionnaires.fields.numbers import NotANumber, plain, read_number
from grants.questionnaires.fields.texts import too_long
from grants.questionnaires.text import clean_text, in_language, is_blank, number_text

CELLS = ("baseline", "no_baseline_because", "target")
PERCENT_UNITS = ("per cent", "percent", "proc.", "%")


@register_kind
class Indicators(Kind):
    """One row per indicator of the call; required ones must be filled in, others may stay blank.

    Stored as `[{"indicator", "baseline", "no_baseline_because", "target"}]`; a baseline is a number or a reason why
    there is none.
    """

    code = "indicators"
    grouped = True
    settings = {"min_rows": (int,)}

    def listed(self, context: Context) -> list[dict[str, Any]]:
        """The indicators of the call."""
        return context.rules.get("indicators") or []

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """Every cell as typed, by indicator."""
        found: dict[str, dict[str, str]] = {}
        for key in list(data)[:2000]:
            place, _dash, cell = key.removeprefix(f"{name}-").rpartition("-")
            if key.startswith(f"{name}-") and cell in CELLS and 0 < len(place) <= 64:
                found.setdefault(place, {})[cell] = clean_text(data.get(key, "")).replace("\n", " ")
        return {place: {cell: cells.get(cell, "") for cell in CELLS} for place, cells in found.items()}

    def is_empty(self, raw: Raw) -> bool:
        """Nothing was typed in any row."""
        return not isinstance(raw, dict) or not any(self._begun(cells) for cells in raw.values())

    def _begun(self, cells: Any) -> bool:
        return isinstance(cells, dict) and not all(is_blank(str(cells.get(cell, ""))) for cell in CELLS)

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """The rows that are filled in, in the order of the call."""
        value, problems = [], []
        for indicator in self.listed(context):
            cells = raw.get(indicator["id"])
            if self._begun(cells):
                row, wrong = self._row(indicator, cells, context)
                value.append(row)
                problems += wrong
            elif indicator.get("required"):
                problems.append(self._wanted(indicator, context))
        least = question.get("min_rows", 0)
        if len(value) < least and not problems:
            problems.append(
                Problem(
                    _("Fill in at least %(least)d indicators; there are %(count)d.")
                    % {"least": least, "count": len(value)},
                    self._first(context),
                    missing=True,
                )
            )
        return Parsed(value, tuple(problems))

    def _row(
        self, indicator: dict[str, Any], cells: dict[str, str], context: Context
    ) -> tuple[dict[str, Any], list[Problem]]:
        name, problems = in_language(indicator["label"], context.language), []
        row: dict[str, Any] = {
            "indicator": indicator["id"],
            "no_baseline_because": cells["no_baseline_because"].strip(),
        }
        for cell in ("baseline", "target"):
            row[cell] = None
            if is_blank(cells[cell]):
                continue
            try:
                row[cell] = plain(self._number(cells[cell], indicator))
            except NotANumber as error:
                problems.append(Problem(_said(name, str(error)), f"{indicator['id']}-{cell}"))
        if is_blank(cells["target"]):
            message = _("enter what the project will reach.")
            problems.append(Problem(_said(name, message), f"{indicator['id']}-target", missing=True))
        if is_blank(cells["baseline"]) and is_blank(cells["no_baseline_because"]):
            message = _("enter where things stand now, or say why that is not known.")
            problems.append(Problem(_said(name, message), f"{indicator['id']}-baseline", missing=True))
        long = too_long(cells["no_baseline_because"], 300)
        if long:
            problems.append(Problem(_said(name, long.message), f"{indicator['id']}-no_baseline_because"))
        return row, problems

    def _number(self, text: str, indicator: dict[str, Any]) -> Decimal:
        number = read_number(text)
        if number < 0:
            raise NotANumber(_("the number cannot be negative."))
        if number > 100 and in_language(indicator.get("unit"), "en") in PERCENT_UNITS:
            raise NotANumber(_("a share cannot be above 100 per cent."))
        return number

    def _wanted(self, indicator: dict[str, Any], context: Context) -> Problem:
        name = in_language(indicator["label"], context.language)
        message = _("this indicator is required: enter what the project will reach.")
        return Problem(_said(name, message), f"{indicator['id']}-target", missing=True)

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """Each required indicator, or the first of all."""
        wanted = [self._wanted(indicator, context) for indicator in self.listed(context) if indicator.get("required")]
        return wanted or [Problem(_("Fill in the indicators."), self._first(context), missing=True)]

    def _first(self, context: Context) -> str:
        listed = self.listed(context)
        return f"{listed[0]['id']}-target" if listed else ""

    def condition_values(self, value: Any) -> set[str]:
        """The indicators that were chosen."""
        return {row["indicator"] for row in value or []}

    def to_python(self, value: Any) -> Any:
        """The rows with Decimals."""
        if value is None:
            return None
        return [
            row | {c: Decimal(row[c]) if row[c] is not None else None for c in ("baseline", "target")} for row in value
        ]

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """A table of the chosen indicators."""
        by_id = {indicator["id"]: indicator for indicator in self.listed(context)}
        rows = []
        for row in value:
            indicator = by_id.get(row["indicator"], {})
            baseline = row["no_baseline_because"] if row["baseline"] is None else number_text(Decimal(row["baseline"]))
            target = "" if row["target"] is None else number_text(Decimal(row["target"]))
            name = in_language(indicator.get("label"), context.language) or row["indicator"]
            rows.append((name, in_language(indicator.get("unit"), context.language), baseline, target))
        return Shown("table", items=tuple(rows), heads=self._heads())

    def show_raw(self, raw: Raw, question: Question, context: Context) -> Shown:
        """The rows as typed."""
        rows = tuple(
            (
                in_language(i["label"], context.language),
                in_language(i.get("unit"), context.language),
                raw[i["id"]]["baseline"] or raw[i["id"]]["no_baseline_because"],
                raw[i["id"]]["target"],
            )
            for i in self.listed(context)
            if self._begun(raw.get(i["id"]))
        )
        return Shown("table", items=rows, heads=self._heads())

    def _heads(self) -> tuple[tuple[str, bool], ...]:
        return ((_("Indicator"), False), (_("Unit"), False), (_("Baseline"), True), (_("Target"), True))

    def limits(self, question: Question, context: Context) -> list[str]:
        """How many, and which are required."""
        found = []
        if question.get("min_rows"):
            found.append(_("At least %(count)d indicators.") % {"count": question["min_rows"]})
        for indicator in self.listed(context):
            words = (indicator["label"], indicator.get("unit"))
            label = ", ".join(in_language(word, context.language) for word in words if word)
            found.append(_("%(indicator)s (required)") % {"indicator": label} if indicator.get("required") else label)
        return found

    def hints(self, question: Question, context: Context) -> list[str]:
        """How many; which they are stands in the rows."""
        return self.limits(question, context)[: 1 if question.get("min_rows") else 0]

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """One row per indicator."""
        raw = raw if isinstance(raw, dict) else {}
        labels = {"baseline": _("Baseline"), "no_baseline_because": _("No baseline because"), "target": _("Target")}
        return {
            "heads": list(labels.values()),
            "rows": [
                {
                    "label": in_language(indicator["label"], context.language),
                    "unit": in_language(indicator.get("unit"), context.language),
                    "required": bool(indicator.get("required")),
                    "cells": [
                        {
                            "name": f"{name}-{indicator['id']}-{cell}",
                            "anchor": f"{indicator['id']}-{cell}",
                            "label": labels[cell],
                            "value": (raw.get(indicator["id"]) or {}).get(cell, ""),
                            "number": cell != "no_baseline_because",
                        }
                        for cell in CELLS
                    ],
                }
                for indicator in self.listed(context)
            ],
        }


def _said(name: str, message: str) -> str:
    return _("%(indicator)s: %(message)s") % {"indicator": name, "message": message}
