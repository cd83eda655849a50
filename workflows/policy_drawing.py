"""The policy table as people read it: docs/policy.md, and the rows of the page “Who sees what”."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from workflows import policy_table
from workflows.policy import Verb, verbs


@dataclass(frozen=True, slots=True)
class Line:
    """One verb in one or more situations that have the same answers."""

    verb: Verb
    situations: list[Any]
    answers: dict[str, bool]
    notes: list[str]


def lines_of(verb: Verb) -> list[Line]:
    """The answers of a verb, situations with the same answers together."""
    by_situation: dict[str, dict[str, bool]] = {}
    notes: dict[str, list[str]] = {}
    for cell in policy_table.cells_of(verb, policy_table.table()):
        by_situation.setdefault(cell.situation, {})[cell.role] = cell.may
        if cell.row.note and cell.row.note not in notes.setdefault(cell.situation, []):
            notes[cell.situation].append(cell.row.note)
    words, lines = policy_table.situations(policy_table.kind_of(verb)), list[Line]()
    for situation, answers in by_situation.items():
        same = next((line for line in lines if line.answers == answers), None)
        if same is None:
            lines.append(Line(verb, [words[situation]], answers, list(notes.get(situation, []))))
        else:
            same.situations.append(words[situation])
            same.notes.extend(note for note in notes.get(situation, []) if note not in same.notes)
    return lines


def path() -> Path:
    """Where the drawing lives."""
    return Path(settings.BASE_DIR) / "docs" / "policy.md"


def page() -> str:
    """The whole table as Markdown; the same table gives the same text."""
    with translation.override("en"):
        roles = policy_table.roles()
        text = [
            "# Who sees and does what", "",
            "Drawn from `grants/policy.csv` by `manage.py draw_policy`; `make check` fails when they differ, and the",
            "tests hold the product's code to every cell.", "", "## Roles", "",
            *(f"- `{key}`: {words}" for key, words in roles.items()), "",
            "## Totals that people kept away from a case may still see", "",
            *(f"- {label}: {what}" for label, what in policy_table.totals()), "",
        ]  # fmt: skip
        for verb in verbs():
            text += _section(verb)
        return "\n".join(text)


def _section(verb: Verb) -> Iterable[str]:
    lines = lines_of(verb)
    rows = [f"| {' · '.join(map(str, line.situations))} | {_who(line)} | {'; '.join(line.notes)} |" for line in lines]
    return [f"## `{verb.name}`: {verb.label}", "", "| situation | who may | notes |", "| --- | --- | --- |", *rows, ""]


def _who(line: Line) -> str:
    may = [f"`{role}`" for role, answer in line.answers.items() if answer]
    if len(may) == len(line.answers):
        return "everybody"
    return ", ".join(may) or "nobody"
