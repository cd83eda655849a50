"""A person with the ways to reach them."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Kind, Shown, register_kind
from grants.questionnaires.fields.texts import too_long
from grants.questionnaires.text import clean_text, is_blank

PARTS = ("name", "email", "phone")


@register_kind
class Person(Kind):
    """Name, e-mail and telephone; each has its own control and its own sentence."""

    code = "person"
    panel_note = gettext_lazy("Evaluators see the name only.")
    grouped = True

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """The three parts as typed, each on one line."""
        return {part: clean_text(data.get(f"{name}-{part}", "")).replace("\n", " ") for part in PARTS}

    def is_empty(self, raw: Raw) -> bool:
        """All three are empty."""
        return not isinstance(raw, dict) or all(is_blank(str(raw.get(part, ""))) for part in PARTS)

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """The three parts, trimmed; a begun person must be finished."""
        value, problems = {}, []
        for part in PARTS:
            text = str(raw.get(part, "")).strip()
            value[part] = text
            if is_blank(text):
                problems.append(Problem(self._wanted(part), part, missing=True))
            elif sentence := self._wrong(part, text):
                problems.append(Problem(sentence, part))
        return Parsed(None if problems else value, tuple(problems))

    def _wanted(self, part: str) -> str:
        return {
            "name": _("Enter the name and surname."),
            "email": _("Enter the e-mail address."),
            "phone": _("Enter the telephone number."),
        }[part]

    def _wrong(self, part: str, text: str) -> str:
        if part == "email":
            try:
                validate_email(text)
            except ValidationError:
                return _("Enter an e-mail address such as vardas@biblioteka.lt.")
        if part == "phone" and not is_phone(text):
            return _("Enter a telephone number such as +370 612 34567.")
        problem = too_long(text, 150)
        return problem.message if problem else ""

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """The person is asked for, at the first part."""
        return [Problem(_("Enter the name, e-mail and telephone."), "name", missing=True)]

    def for_panel(self, answer: Any) -> Any:
        """Who it is, and not how to reach them."""
        return {"name": answer.get("name", "")} if isinstance(answer, dict) else answer

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """The three parts, one under another."""
        return Shown("list", items=tuple(value[part] for part in PARTS if part in value))

    def show_raw(self, raw: Raw, question: Question, context: Context) -> Shown:
        """Those parts that were typed."""
        return Shown("list", items=tuple(raw[part] for part in PARTS if raw.get(part)))

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """The parts with their labels and what the browser may fill in."""
        raw = raw if isinstance(raw, dict) else {}
        labels = {"name": _("Name and surname"), "email": _("E-mail"), "phone": _("Telephone")}
        types = {"name": "text", "email": "email", "phone": "tel"}
        return {
            "parts": [
                {
                    "name": f"{name}-{part}",
                    "anchor": part,
                    "label": labels[part],
                    "type": types[part],
                    "value": raw.get(part, ""),
                }
                for part in PARTS
            ]
        }


def is_phone(text: str) -> bool:
    """Whether a text can be a telephone number: 6 to 15 digits (ITU-T E.164), a plus, spaces, brackets, hyphens."""
    digits = re.sub(r"[\s\u00a0().-]", "", text)
    return bool(re.fullmatch(r"\+?[0-9]{6,15}", digits))
