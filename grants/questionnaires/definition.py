"""What a questionnaire's definition must be, checked with findings that name the place and say the fault."""

from __future__ import annotations

import re
from typing import Any

from grants.questionnaires.audience import Audience
from grants.questionnaires.canonical import canonical_json
from grants.questionnaires.fields import Finding, kinds
from grants.questionnaires.fields.tables import column_kinds
from grants.questionnaires.rule_check import check_rules
from grants.questionnaires.text import in_language

ID = re.compile(r"[a-z][a-z0-9_]{0,62}")
COMMON = {"id", "type", "label", "help", "required", "required_if", "show_if", "audience"}
MOST_QUESTIONS = 300
LARGEST = 500_000
BUDGET_LINE = "budget_line_from"


def check_definition(definition: Any) -> list[Finding]:
    """Everything that is wrong with a definition, in the order of the document; an empty list when it can be used.

    A definition is `{"sections": [{"id", "title", "questions": [{"id", "type", "label", …}]}], "rules": {…}}`.
    """
    if not isinstance(definition, dict):
        return [Finding("", "The definition must be an object with sections.")]
    try:
        if len(canonical_json(definition)) > LARGEST:
            return [Finding("", f"The definition is longer than {LARGEST:,} characters.")]
    except (ValueError, TypeError, RecursionError):
        return [Finding("", "The definition is not JSON: numbers must be finite and nesting shallow.")]
    sections = definition.get("sections")
    if not isinstance(sections, list) or not sections:
        return [Finding("sections", "Give at least one section.")]
    findings, ids = [], _Ids()
    for at, section in enumerate(sections):
        findings += _check_section(section, f"sections[{at}]", ids)
    if ids.count > MOST_QUESTIONS:
        findings.append(Finding("sections", f"There are {ids.count} questions, at most {MOST_QUESTIONS} are allowed."))
    if not findings:
        findings = _check_conditions(sections, ids) + check_rules(definition)
    return findings


class _Ids:
    """The ids met so far, of sections and of questions."""

    def __init__(self) -> None:
        self.sections: set[str] = set()
        self.questions: dict[str, str] = {}

    @property
    def count(self) -> int:
        return len(self.questions)


def _check_id(thing: dict[str, Any], path: str, taken: Any) -> list[Finding]:
    name = thing.get("id")
    if not isinstance(name, str) or not ID.fullmatch(name):
        return [Finding(f"{path}.id", "An id begins with a letter and has only small Latin letters, digits and _.")]
    if name in taken:
        return [Finding(f"{path}.id", f"The id “{name}” is used twice.")]
    return []


def _check_words(thing: dict[str, Any], key: str, path: str, *, needed: bool) -> list[Finding]:
    if key not in thing:
        return [Finding(f"{path}.{key}", "A text in Lithuanian or English is needed.")] if needed else []
    if not in_language(thing[key]) or (isinstance(thing[key], dict) and set(thing[key]) - {"lt", "en"}):
        return [Finding(f"{path}.{key}", "Write a text, or texts under “lt” and “en”.")]
    return []


def _check_section(section: Any, path: str, ids: _Ids) -> list[Finding]:
    if not isinstance(section, dict):
        return [Finding(path, "A section must be an object.")]
    findings = _check_id(section, path, ids.sections)
    if not findings:
        ids.sections.add(section["id"])
    findings += _check_words(section, "title", path, needed=True) + _check_words(section, "help", path, needed=False)
    questions = section.get("questions")
    if not isinstance(questions, list) or not questions:
        return [*findings, Finding(f"{path}.questions", "Give the section at least one question.")]
    for at, question in enumerate(questions):
        here = f"{path}.questions[{at}]"
        if not isinstance(question, dict):
            findings.append(Finding(here, "A question must be an object."))
            continue
        wrong_id = _check_id(question, here, ids.questions)
        if not wrong_id:
            ids.questions[question["id"]] = here
        findings += wrong_id + check_question(question, here)
    return findings


def check_question(question: dict[str, Any], path: str, *, column: bool = False) -> list[Finding]:
    """Findings about one question or one column of a table."""
    code = question.get("type")
    allowed = column_kinds() if column else list(kinds())
    if not isinstance(code, str) or code not in allowed:
        return [Finding(f"{path}.type", f"“{code}” is not a kind of field; known are: {', '.join(sorted(allowed))}.")]
    kind = kinds()[code]
    findings = _check_words(question, "label", path, needed=True) + _check_words(question, "help", path, needed=False)
    if not isinstance(question.get("required", False), bool):
        findings.append(Finding(f"{path}.required", "Write true or false."))
    if question.get("audience", Audience.PANEL) not in list(Audience):
        findings.append(Finding(f"{path}.audience", "Write “panel” or “staff”."))
    findings += [
        Finding(f"{path}.{key}", "Write conditions as an object: a question's id and the answer it must have.")
        for key in ("required_if", "show_if")
        if key in question and (not isinstance(question[key], dict) or not question[key])
    ]
    wrong = _check_settings(question, kind.settings, path)
    findings += wrong or kind.check(question, path)
    if not wrong and code == "table":
        findings += _check_columns(question, path)
    return findings


def _check_settings(question: dict[str, Any], settings: dict[str, tuple[type, ...]], path: str) -> list[Finding]:
    findings = []
    for key, value in question.items():
        if key in COMMON:
            continue
        if key not in settings:
            findings.append(
                Finding(f"{path}.{key}", f"A field of the kind “{question['type']}” has no setting “{key}”.")
            )
        elif not isinstance(value, settings[key]) or isinstance(value, bool):
            names = " or ".join(
                {"str": "a text", "int": "a whole number", "float": "a number", "list": "a list", "dict": "an object"}[
                    t.__name__
                ]
                for t in settings[key]
            )
            findings.append(Finding(f"{path}.{key}", f"This must be {names}."))
    return findings


def _check_columns(question: dict[str, Any], path: str) -> list[Finding]:
    findings: list[Finding] = []
    seen: set[Any] = set()
    for at, column in enumerate(question.get("columns") or []):
        here = f"{path}.columns[{at}]"
        if not isinstance(column, dict):
            findings.append(Finding(here, "A column must be an object."))
            continue
        wrong_id = _check_id(column, here, seen)
        seen.add(column.get("id") if not wrong_id else None)
        findings += wrong_id + check_question(column, here, column=True)
    return findings


def _check_conditions(sections: list[dict[str, Any]], ids: _Ids) -> list[Finding]:
    findings, shown_by = [], {}
    has_budget = any(q["type"] == "budget" for s in sections for q in s["questions"])
    for section in sections:
        for question in section["questions"]:
            path = ids.questions[question["id"]]
            for key in ("required_if", "show_if"):
                for name, wanted in (question.get(key) or {}).items():
                    findings += _check_part(name, wanted, f"{path}.{key}", ids, has_budget=has_budget)
            shown_by[question["id"]] = set(question.get("show_if") or {})
    findings += [
        Finding(f"{ids.questions[name]}.show_if", "Questions show each other in a circle; none could ever be shown.")
        for name in shown_by
        if _reaches(name, shown_by)
    ]
    return findings


def _check_part(name: str, wanted: Any, path: str, ids: _Ids, *, has_budget: bool) -> list[Finding]:
    if name == BUDGET_LINE:
        if isinstance(wanted, bool) or not isinstance(wanted, (int, float)):
            return [Finding(path, "The sum of a budget line must be a number.")]
        return [] if has_budget else [Finding(path, "The condition asks for budget lines, but there is no budget.")]
    if name not in ids.questions:
        return [Finding(path, f"The condition names the question “{name}”, which does not exist.")]
    values = wanted if isinstance(wanted, list) else [wanted]
    if not values or not all(isinstance(value, (str, bool, int)) for value in values):
        return [Finding(path, f"The answer wanted of “{name}” must be a text, true or false, or a list of texts.")]
    return []


def _reaches(name: str, shown_by: dict[str, set[str]]) -> bool:
    """Whether a question depends on itself, over however many others."""
    seen, open_ends = set(), list(shown_by[name])
    while open_ends:
        here = open_ends.pop()
        if here == name:
            return True
        if here not in seen:
            seen.add(here)
            open_ends += shown_by.get(here, ())
    return False
