"""Where the money comes from: one sum per funding source, together the whole budget."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Kind, Shown, kinds, register_kind
from grants.questionnaires.text import clean_text, is_blank, money_text


@register_kind
class Sources(Kind):
    """The sources that the call names; their sum must be the total of the budget."""

    code = "sources"
    grouped = True
    settings = {"codes": (list,)}

    def codes(self, question: Question, context: Context) -> list[str]:
        """The sources of this question, or of the call."""
        return question.get("codes") or (context.rules.get("cofinancing") or {}).get("sources") or []

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """Every sum as typed, by source."""
        prefix = f"{name}-"
        return {
            key.removeprefix(prefix): clean_text(data.get(key, "")).replace("\n", " ")
            for key in list(data)[:2000]
            if key.startswith(prefix) and len(key) < len(prefix) + 41
        }

    def is_empty(self, raw: Raw) -> bool:
        """No sum was typed."""
        return not isinstance(raw, dict) or all(is_blank(str(text)) for text in raw.values())

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """`{"valstybes": "100.00", …}` of the sources with money."""
        value, problems, names = {}, [], context.source_names()
        for code in self.codes(question, context):
            text = str(raw.get(code, ""))
            if is_blank(text):
                continue
            parsed = kinds()["money"].parse(text, {"type": "money"}, context)
            if parsed.value is None:
                name = names.get(code, code)
                problems += [
                    Problem(_("%(source)s: %(message)s") % {"source": name, "message": p.message}, code)
                    for p in parsed.problems
                ]
            elif Decimal(parsed.value):
                value[code] = parsed.value
        if not problems:
            problems = self._difference(value, question, context)
        return Parsed(value, tuple(problems))

    def _difference(self, value: dict[str, str], question: Question, context: Context) -> list[Problem]:
        cost = _budget_total(context)
        if cost is None:
            return []
        there = sum(map(Decimal, value.values()), Decimal(0))
        if there == cost:
            return []
        words = {"there": money_text(there), "cost": money_text(cost), "gap": money_text(abs(cost - there))}
        anchor = self.codes(question, context)[0] if self.codes(question, context) else ""
        if there < cost:
            sentence = _("The sources make %(there)s, the budget %(cost)s: %(gap)s is missing.")
        else:
            sentence = _("The sources make %(there)s, the budget %(cost)s: %(gap)s is too much.")
        return [Problem(sentence % words, anchor)]

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """At least one sum is asked for."""
        anchor = self.codes(question, context)[0] if self.codes(question, context) else ""
        return [Problem(_("Enter how much comes from each source."), anchor, missing=True)]

    def condition_values(self, value: Any) -> set[str]:
        """The sources that give something."""
        return set(value or {})

    def to_python(self, value: Any) -> Any:
        """Decimals by source."""
        return None if value is None else {code: Decimal(amount) for code, amount in value.items()}

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """A table of the sources with their total."""
        names = context.source_names()
        rows = tuple((names.get(code, code), money_text(Decimal(amount))) for code, amount in value.items())
        total = money_text(sum(map(Decimal, value.values()), Decimal(0)))
        return Shown("table", items=rows, heads=self._heads(), foot=(_("Total"), total))

    def show_raw(self, raw: Raw, question: Question, context: Context) -> Shown:
        """The sums as typed."""
        names = context.source_names()
        return Shown("table", items=tuple((names.get(c, c), t) for c, t in raw.items() if t), heads=self._heads())

    def _heads(self) -> tuple[tuple[str, bool], ...]:
        return ((_("Source"), False), (_("Amount"), True))

    def limits(self, question: Question, context: Context) -> list[str]:
        """The sources, and that their sum is the budget."""
        names = context.source_names()
        listed = ", ".join(names.get(code, code) for code in self.codes(question, context))
        return [_("Sources: %(names)s.") % {"names": listed}, _("Together they make the total of the budget.")]

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """One control per source, the sum so far and the budget's total."""
        raw, names = raw if isinstance(raw, dict) else {}, context.source_names()
        cost = _budget_total(context)
        value = {} if self.is_empty(raw) else self.parse(raw, question, context).value
        return {
            "parts": [
                {"name": f"{name}-{code}", "anchor": code, "label": names.get(code, code), "value": raw.get(code, "")}
                for code in self.codes(question, context)
            ],
            "total": money_text(sum(map(Decimal, value.values()), Decimal(0))),
            "budget": "" if cost is None else money_text(cost),
        }


def _budget_total(context: Context) -> Decimal | None:
    for section in context.definition["sections"]:
        for question in section["questions"]:
            if question["type"] == "budget":
                value = context.parsed(question["id"]).value
                return Decimal(value["totals"]["cost"]) if value else None
    return None
