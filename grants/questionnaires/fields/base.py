"""What every kind of field can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.registry import kind_of, kinds, register_kind
from grants.questionnaires.text import clean_text, is_blank

__all__ = ["NOTHING", "Finding", "Kind", "Shown", "kind_of", "kinds", "register_kind"]


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a questionnaire's definition: where, and what, in a sentence."""

    path: str
    message: str


@dataclass(frozen=True)
class Shown:
    """An answer for reading: its `form` says how it is set out (text, list, table, link, facts, files)."""

    form: str
    text: str = ""
    items: tuple[Any, ...] = ()
    heads: tuple[Any, ...] = ()
    foot: tuple[str, ...] = ()
    empty: bool = False

    @property
    def lines(self) -> list[list[tuple[str, Any, bool]]]:
        """The rows of a table: each cell with its text, the head of its column, and whether it is a number."""
        return [self._cells(row) for row in self.items]

    @property
    def last_line(self) -> list[tuple[str, Any, bool]]:
        """The totals, as `lines`."""
        return self._cells(self.foot)

    def _cells(self, row: Iterable[str]) -> list[tuple[str, Any, bool]]:
        return [(text, head, number) for text, (head, number) in zip(row, self.heads, strict=False)]


NOTHING = Shown("text", empty=True)


class Kind(ABC):
    """One kind of field. Without state: a question, a text and a context go in, a meaning comes out."""

    code = ""
    in_tables = False
    grouped = False
    """True where several controls answer one question, which then needs a fieldset and a legend."""
    audience = "panel"
    """Who reads an answer of this kind unless the question says otherwise: see grants.questionnaires.audience."""
    panel_note: Any = ""
    """What to tell who fills the form in, where evaluators see only a part of an answer of this kind."""
    settings: dict[str, tuple[type, ...]] = {}
    """The keys that a question of this kind may have beside the common ones, and their types."""

    @property
    def template(self) -> str:
        """The template of the control."""
        return f"grants/questionnaires/fields/{self.code}.html"

    def check(self, question: Question, path: str) -> list[Finding]:
        """Findings about the question's own settings, beyond their types."""
        return []

    def read(self, data: QueryDict, name: str, question: Question) -> Raw:
        """Take what was typed from a submitted form."""
        return clean_text(data.get(name, ""))

    def names(self, name: str) -> tuple[str, ...]:
        """The prefixes by which this question is recognised in submitted data."""
        return (name,)

    def is_empty(self, raw: Raw) -> bool:
        """Whether nothing was answered."""
        return not isinstance(raw, str) or is_blank(raw)

    @abstractmethod
    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """What a non-empty text means."""

    def missing(self, raw: Raw, question: Question, context: Context) -> list[Problem]:
        """What a required question still lacks; asked only when it is required and empty."""
        return [Problem(_("Answer this question."), missing=True)]

    def for_panel(self, answer: Any) -> Any:
        """The part of an answer, typed or understood, that evaluators read."""
        return answer

    def to_python(self, value: Any) -> Any:
        """The stored JSON value as the type that other rooms calculate with."""
        return value

    def condition_values(self, value: Any) -> set[str]:
        """The spellings under which a condition may name this answer."""
        return set() if value is None else {str(value)}

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """The answer for reading."""
        return Shown("text", text=str(value))

    def show_raw(self, raw: Raw, question: Question, context: Context) -> Shown:
        """An answer that could not be understood, as it was typed."""
        return Shown("text", text=raw if isinstance(raw, str) else "")

    def limits(self, question: Question, context: Context) -> list[str]:
        """Sentences about what may be answered, for the blank form and the hint."""
        return []

    def hints(self, question: Question, context: Context) -> list[str]:
        """Those of the limits that the control does not show by itself."""
        return self.limits(question, context)

    def control(self, raw: Raw, question: Question, context: Context, name: str) -> dict[str, Any]:
        """What the template of the control needs."""
        return {"value": raw if isinstance(raw, str) else ""}
