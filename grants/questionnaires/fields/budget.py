"""The budget: lines with their cost and who pays for them, held against the rules of the call."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Shown, kind_of, register_kind
from grants.questionnaires.fields.budget_rules import broken_rules, limits_in_words
from grants.questionnaires.fields.rows import ROW, filled_rows
from grants.questionnaires.fields.tables import Repeating, heads_of
from grants.questionnaires.text import in_language, money_text, number_text

CENT = Decimal("0.01")
SHARES = ("grant", "own", "in_kind")


def line_cost(unit_cost: Decimal, quantity: Decimal) -> Decimal:
    """Unit cost (EUR) times quantity, half up to cents."""
    return (unit_cost * quantity).quantize(CENT, rounding=ROUND_HALF_UP)


@register_kind
class Budget(Repeating):
    """Lines of category, description, unit cost and quantity, split into grant, own money and contribution in kind."""

    code = "budget"
    settings = {"max_rows": (int,)}

    def columns(self, question: Question, context: Context | None = None) -> list[Question]:
        """The fixed columns of every budget; the categories are the call's."""
        categories = context.rules.get("budget_categories") or [] if context else []
        options = [{"value": c["code"], "label": _numbered(c, context)} for c in categories]
        money = [
            ("unit_cost", _("Unit cost, EUR")),
            ("quantity", _("Quantity")),
            ("grant", _("Requested grant, EUR")),
            ("own", _("Own money, EUR")),
            ("in_kind", _("In kind, EUR")),
        ]
        return [
            {"id": "category", "type": "select", "label": _("Category"), "options": options, "required": True},
            {"id": "description", "type": "text", "label": _("Cost"), "max_chars": 250, "required": True},
            *(
                {
                    "id": key,
                    "type": "number" if key == "quantity" else "money",
                    "label": label,
                    "min": 0,
                    "required": key in ("unit_cost", "quantity"),
                }
                for key, label in money
            ),
        ]

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """`{"lines": […], "totals": {…}}` of the lines that are understood; the rules are applied when all are."""
        lines, problems = [], self.row_limits(raw, question)
        for at, row in filled_rows(raw):
            values, wrong = self.parse_cells(at, row, question, context)
            if not wrong:
                line = self._line(row, values)
                wrong = self._unbalanced(at, line)
                lines.append(line)
            problems += wrong
        value = {"lines": lines, "totals": totals_of(lines)}
        if not problems:
            problems = [Problem(message, "rules") for message in broken_rules(value, context)]
        return Parsed(value, tuple(problems))

    def _line(self, row: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
        cost = line_cost(Decimal(values["unit_cost"]), Decimal(values["quantity"]))
        shares = {share: values[share] or "0.00" for share in SHARES}
        return {ROW: row.get(ROW, ""), **values, **shares, "cost": f"{cost:.2f}"}

    def _unbalanced(self, at: int, line: dict[str, Any]) -> list[Problem]:
        """A line is paid exactly once: its shares make up its cost."""
        cost, paid = Decimal(line["cost"]), sum((Decimal(line[share]) for share in SHARES), Decimal(0))
        if paid == cost:
            return []
        if paid < cost:
            message = _(
                "the line costs %(cost)s, but only %(paid)s is covered: add %(gap)s to the grant or to your share."
            )
        else:
            message = _("the line costs %(cost)s, but %(paid)s is entered for it: take away %(gap)s.")
        words = {"cost": money_text(cost), "paid": money_text(paid), "gap": money_text(abs(cost - paid))}
        return [Problem(self._in_row(at, message % words), f"{at}-grant")]

    def _in_row(self, at: int, message: str) -> str:
        return _("Line %(row)d: %(message)s") % {"row": at + 1, "message": message}

    def _cell_wanted(self, at: int, column: Question, context: Context) -> str:
        return _("Line %(row)d: fill in “%(column)s”.") % {"row": at + 1, "column": in_language(column["label"])}

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """The first line is asked for."""
        return [Problem(_("Enter at least one budget line."), "0-category", missing=True)]

    def condition_values(self, value: Any) -> set[str]:
        """A budget is named in conditions only by `budget_line_from`."""
        return set()

    def to_python(self, value: Any) -> Any:
        """The same structure with every sum and quantity a Decimal."""
        if value is None:
            return None
        numbers = ("unit_cost", "quantity", "cost", *SHARES)
        return {
            "lines": [{k: Decimal(v) if k in numbers else v for k, v in line.items()} for line in value["lines"]],
            "totals": {key: Decimal(total) for key, total in value["totals"].items()},
        }

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """The table of lines with its totals."""
        columns = [*self.columns(question, context), {"id": "cost", "type": "money", "label": _("Total, EUR")}]
        rows = tuple(tuple(kind_of(c).show(line[c["id"]], c, context).text for c in columns) for line in value["lines"])
        totals = value["totals"]
        foot = (_("Total"), "", "", "", *(money_text(Decimal(totals[k])) for k in (*SHARES, "cost")))
        return Shown("table", items=rows, heads=heads_of(columns, context), foot=foot)

    def show_raw(self, raw: Raw, question: Question, context: Context) -> Shown:
        """The lines as typed."""
        columns = self.columns(question, context)
        rows = tuple(tuple(str(row.get(c["id"], "")) for c in columns) for _at, row in filled_rows(raw))
        return Shown("table", items=rows, heads=heads_of(columns, context))

    def limits(self, question: Question, context: Context) -> list[str]:
        """The rules of the call in sentences."""
        return limits_in_words(context)

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """Lines, their costs, totals, and how much of each category's limit is used."""
        found = super().control(raw, question, context, name)
        value: dict[str, Any] = {"lines": [], "totals": totals_of([])}
        if not self.is_empty(raw):
            value = self.parse(raw, question, context).value
        costs = {line[ROW]: money_text(Decimal(line["cost"])) for line in value["lines"]}
        for row in found["rows"]:
            row["cost"] = costs.get(row["id"], "")
        totals = {key: money_text(Decimal(total)) for key, total in value["totals"].items()}
        return found | {"totals": totals, "categories": category_use(value, context)}


def totals_of(lines: list[dict[str, Any]]) -> dict[str, str]:
    """The sums of all lines, EUR as text with two places."""
    return {key: f"{sum((Decimal(line[key]) for line in lines), Decimal(0)):.2f}" for key in ("cost", *SHARES)}


def category_use(value: dict[str, Any], context: Context) -> list[dict[str, Any]]:
    """For each category with a limit: its share of the grant in percent, and the limit."""
    grant = Decimal(value["totals"]["grant"])
    used = []
    for category in context.rules.get("budget_categories") or []:
        limit = category.get("max_percent_of_grant")
        if limit is None:
            continue
        asked = sum(
            (Decimal(line["grant"]) for line in value["lines"] if line["category"] == category["code"]), Decimal(0)
        )
        percent = (asked * 100 / grant).quantize(Decimal("0.1"), ROUND_HALF_UP) if grant else Decimal("0.0")
        label = in_language(category["label"], context.language)
        used.append({"label": label, "value": f"{percent}", "shown": number_text(percent, 1), "limit": f"{limit}"})
    return used


def _numbered(category: dict[str, Any], context: Context | None) -> str:
    label = in_language(category["label"], context.language if context else None)
    return f"{category['code']}. {label}"
