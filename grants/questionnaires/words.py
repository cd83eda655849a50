"""Conditions in sentences, for the blank form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.questionnaires.context import Context
from grants.questionnaires.text import in_language, money_text


def condition_in_words(key: str, wanted: Any, context: Context) -> str:
    """One part of a condition: `a budget line costs EUR 3,000 or more`, `“Category” is “Branches”`."""
    if key == "budget_line_from":
        return _("a budget line costs %(amount)s or more") % {"amount": money_text(Decimal(str(wanted)))}
    question = context.question(key) or {}
    values = wanted if isinstance(wanted, list) else [wanted]
    return _("“%(question)s” is “%(answer)s”") % {
        "question": in_language(question.get("label"), context.language) or key,
        "answer": ", ".join(_label(question, value, context) for value in values),
    }


def _label(question: dict[str, Any], value: Any, context: Context) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    options = question.get("options") or []
    if question.get("type") == "category":
        options = [{"value": c["id"], "label": c["label"]} for c in context.rules.get("categories") or []]
        options += [n | {"value": n["id"]} for c in context.rules.get("categories") or [] for n in c["nominations"]]
    return next((in_language(o["label"], context.language) for o in options if o["value"] == value), str(value))
