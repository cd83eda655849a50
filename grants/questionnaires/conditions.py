"""Conditions on other answers, written as data: no expression is ever evaluated as code."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from grants.questionnaires.context import Context, Question
from grants.questionnaires.fields import kind_of


def holds(condition: dict[str, Any] | None, context: Context) -> bool:
    """True when every part of the condition holds: `{"category": "branch"}`, `{"budget_line_from": 3000}`.

    A part names a question and the value (or list of values) its answer must have; `budget_line_from` asks whether
    a budget line costs at least so much.
    """
    return all(_part_holds(key, wanted, context) for key, wanted in (condition or {}).items())


def _part_holds(key: str, wanted: Any, context: Context) -> bool:
    if key == "budget_line_from":
        return any(
            Decimal(line["cost"]) >= Decimal(str(wanted))
            for question in _questions_of("budget", context)
            for line in (context.parsed(question["id"]).value or {}).get("lines", [])
        )
    question = context.question(key)
    if question is None:
        return False
    accepted = {_spelled(item) for item in (wanted if isinstance(wanted, list) else [wanted])}
    return bool(accepted & kind_of(question).condition_values(context.parsed(key).value))


def _questions_of(kind: str, context: Context) -> list[Question]:
    return [q for s in context.definition["sections"] for q in s["questions"] if q["type"] == kind]


def _spelled(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_shown(question: Question, context: Context) -> bool:
    """False while `show_if` does not hold; such an answer is kept in the draft but leaves the submitted copy."""
    return holds(question.get("show_if"), context)


def is_required(question: Question, context: Context) -> bool:
    """Whether the question must be answered as things stand now."""
    if question.get("required"):
        return True
    return bool(question.get("required_if")) and holds(question["required_if"], context)
