"""The policy table: a reviewed file that says for every verb, role and situation whether it may be.

A row decides the roles and situations that it names (several with spaces between, `*` for all) unless a row above it
has decided them already; so exceptions stand above the rule, and the last row of each verb says no to everybody else.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from workflows.policy import Verb, verbs

COLUMNS = ("verb", "object", "role", "situation", "may", "note")
EVERY = "*"

_roles: dict[str, Any] = {}
_situations: dict[str, dict[str, Any]] = {}
_totals: dict[str, tuple[Any, Any]] = {}


def register_roles(words: Mapping[str, Any]) -> None:
    """Name roles that the table tells apart: key -> words."""
    _roles.update(words)


def register_situations(kind: str, words: Mapping[str, Any]) -> None:
    """Name the situations of a kind of thing (`project`) that the table tells apart: key -> words."""
    _situations.setdefault(kind, {}).update(words)


def register_total(key: str, label: Any, what: Any) -> None:
    """Name a total that counts cases from which a reader may be kept away."""
    _totals[key] = (label, what)


def roles() -> dict[str, Any]:
    """Every role of the table, in the order of registration."""
    return dict(_roles)


def situations(kind: str) -> dict[str, Any]:
    """Every situation of a kind of thing."""
    return dict(_situations.get(kind, {}))


def totals() -> list[tuple[Any, Any]]:
    """What is counted over all cases, and shown also to people kept away from some of them: name and what."""
    return [_totals[key] for key in sorted(_totals)]


def kind_of(verb: Verb) -> str:
    """The kind of thing that a verb is about: `project` of `grants.project`."""
    return verb.model.rpartition(".")[2].lower()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file; `line` is its number there."""

    line: int
    verb: str
    object: str
    roles: tuple[str, ...]
    situations: tuple[str, ...]
    may: bool
    note: str

    def decides(self, role: str, situation: str) -> bool:
        """Whether the row names this role and this situation."""
        return not {role, EVERY}.isdisjoint(self.roles) and not {situation, EVERY}.isdisjoint(self.situations)


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of the table, and the row that gives it."""

    verb: str
    role: str
    situation: str
    row: Row

    @property
    def may(self) -> bool:
        """Whether the role may do it in the situation."""
        return self.row.may


def table_path() -> Path:
    """The reviewed file."""
    return Path(settings.POLICY_TABLE)


def parse(lines: Iterable[str]) -> tuple[list[Row], list[str]]:
    """The rows of a table and what is wrong with its form, in sentences with line numbers."""
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        return [], [f"line 1: the columns must be {', '.join(COLUMNS)}"]
    rows, wrong = [], []
    for given in reader:
        line = reader.line_num
        if None in given or None in given.values():
            wrong.append(f"line {line}: a row has {len(COLUMNS)} cells")
        elif given["may"] not in {"yes", "no"}:
            wrong.append(f"line {line}: “may” is yes or no, not “{given['may']}”")
        else:
            row_roles, row_situations = tuple(given["role"].split()), tuple(given["situation"].split())
            rows.append(
                Row(
                    line,
                    given["verb"],
                    given["object"],
                    row_roles,
                    row_situations,
                    given["may"] == "yes",
                    given["note"],
                )
            )
    return rows, wrong


@cache
def table() -> tuple[Row, ...]:
    """The rows of the reviewed file; read once."""
    with table_path().open(encoding="utf-8", newline="") as lines:
        return tuple(parse(lines)[0])


def cells_of(verb: Verb, rows: Iterable[Row]) -> Iterator[Cell]:
    """Every decided cell of a verb: the first row that names a role and a situation decides."""
    own = [row for row in rows if row.verb == verb.name]
    for situation in situations(kind_of(verb)):
        for role in _roles:
            row = next((row for row in own if row.decides(role, situation)), None)
            if row is not None:
                yield Cell(verb.name, role, situation, row)


def problems(rows: Iterable[Row], known: Iterable[Verb]) -> list[str]:
    """What is wrong with the rows: unknown words, verbs without rows, cells without an answer, rows without effect."""
    rows, by_name = list(rows), {verb.name: verb for verb in known}
    wrong = [sentence for row in rows for sentence in _unknown_words(row, by_name)]
    if wrong:
        return wrong
    for verb in by_name.values():
        cells = list(cells_of(verb, rows))
        expected = len(situations(kind_of(verb))) * len(_roles)
        if len(cells) != expected or not cells:
            wrong.append(f"{verb.name}: {expected - len(cells)} of {expected} cells have no answer")
        used = {cell.row.line for cell in cells}
        wrong += [f"line {row.line}: decides nothing" for row in rows if row.verb == verb.name and row.line not in used]
    return wrong


def _unknown_words(row: Row, by_name: Mapping[str, Verb]) -> Iterator[str]:
    verb = by_name.get(row.verb)
    if verb is None:
        yield f"line {row.line}: no room registers the verb “{row.verb}”"
        return
    if row.object != kind_of(verb):
        yield f"line {row.line}: “{row.verb}” is about {kind_of(verb)}, not “{row.object}”"
    for role in set(row.roles) - {EVERY, *_roles}:
        yield f"line {row.line}: unknown role “{role}”"
    for situation in set(row.situations) - {EVERY, *situations(kind_of(verb))}:
        yield f"line {row.line}: unknown situation “{situation}” of {kind_of(verb)}"
    if not row.roles or not row.situations:
        yield f"line {row.line}: names no role or no situation"


@register("workflows")
def check_policy_table(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The reviewed file names only what there is, and leaves no cell without an answer."""
    if not table_path().exists():
        return [Error(f"The policy table {table_path().name} is missing.", id="workflows.E020")]
    with table_path().open(encoding="utf-8", newline="") as lines:
        rows, wrong = parse(lines)
    wrong = wrong or problems(rows, verbs())
    hint = "Each verb ends with a row for every other role: verb,object,*,*,no,"
    return [Error(f"{table_path().name}: {sentence}.", hint=hint, id="workflows.E021") for sentence in wrong]
