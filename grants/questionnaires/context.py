"""What a field may know besides its own text: the other answers, the rules, the choices, the documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from grants.questionnaires.registry import kind_of

Raw = Any
Question = dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """One sentence about one answer.

    `anchor` names the control inside the question; `missing` is true where something required is empty.
    """

    message: str
    anchor: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Parsed:
    """What typed text means: a JSON value (None while not understood) and what is wrong with it."""

    value: Any = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Attached:
    """What a field needs to know of one uploaded document."""

    name: str
    size: int
    sha256: str
    mime: str
    subject: str = ""
    public_id: str = ""


@dataclass
class Context:
    """All of one sheet, read once. `municipalities` and `organisations` are asked only when a question needs them."""

    definition: dict[str, Any]
    language: str
    raw: dict[str, Raw] = field(default_factory=dict)
    documents: dict[str, list[Attached]] = field(default_factory=dict)
    municipalities: Callable[[], Iterable[Choice]] = tuple
    organisations: Callable[[], Iterable[Choice]] = tuple
    source_names: Callable[[], dict[str, str]] = dict
    _parsed: dict[str, Parsed] = field(default_factory=dict)
    _choices: dict[str, list[Choice]] = field(default_factory=dict)

    @property
    def rules(self) -> dict[str, Any]:
        """The call's rules that travel with the questions: money, cofinancing, budget_categories, indicators…"""
        return self.definition.get("rules") or {}

    def question(self, key: str) -> Question | None:
        """The question with this key, or None."""
        return next((q for s in self.definition["sections"] for q in s["questions"] if q["id"] == key), None)

    def parsed(self, key: str) -> Parsed:
        """What the answer to another question means; an unknown or empty one means nothing."""
        if key not in self._parsed:
            question = self.question(key)
            self._parsed[key] = Parsed()  # a question that asks for itself gets nothing, not an endless loop
            if question is not None:
                kind, raw = kind_of(question), self.raw.get(key)
                if not kind.is_empty(raw):
                    self._parsed[key] = kind.parse(raw, question, self)
        return self._parsed[key]

    def set_raw(self, key: str, raw: Raw) -> None:
        """Take a new text for one answer and forget what was concluded from the old one."""
        self.raw[key] = raw
        self._parsed.clear()

    def choices(self, of: str) -> list[Choice]:
        """The municipalities, or the organisations, read once per context."""
        if of not in self._choices:
            self._choices[of] = list(getattr(self, of)())
        return self._choices[of]
