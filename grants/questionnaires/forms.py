"""One section of a sheet as a form: every control with what was typed, what is wrong, and what may be typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import override

from grants.questionnaires.audience import audience_in_words
from grants.questionnaires.conditions import is_required, is_shown
from grants.questionnaires.context import Context, Problem, Question, Raw
from grants.questionnaires.fields import kind_of
from grants.questionnaires.models import AnswerSheet
from grants.questionnaires.selectors import anchor_of, context_of, input_name, problems_of
from grants.questionnaires.submitted import (
    SummaryLine,
    UnknownSection,
    section_of,
    submitted_raw,
    token_name,
    token_of,
)
from grants.questionnaires.text import in_language

__all__ = ["BoundQuestion", "SectionForm", "SummaryLine", "UnknownSection", "build_section_form"]


@dataclass
class BoundQuestion:
    """One question as templates need it."""

    key: str
    kind: str
    name: str
    label: str
    help: str
    limits: list[str]
    optional: bool
    grouped: bool
    template: str
    token_name: str
    token: str
    raw: Raw
    problems: list[Problem] = field(default_factory=list)
    control: dict[str, Any] = field(default_factory=dict)
    conflict: Any = None
    untouched: bool = False
    """Nobody has answered yet: what is missing is counted, but not said before the person has begun."""

    @property
    def as_group(self) -> bool:
        """Whether several controls answer the question, which then needs a fieldset and a legend."""
        return self.grouped or bool(self.control.get("few"))

    @property
    def errors(self) -> list[str]:
        """Every sentence about this answer."""
        return [problem.message for problem in self.problems]

    @property
    def said(self) -> list[Problem]:
        """The problems to be shown beside the controls."""
        return [problem for problem in self.problems if not (self.untouched and problem.missing)]

    @property
    def own_errors(self) -> list[str]:
        """The sentences that no single control inside the question carries."""
        return [p.message for p in self.said if p.anchor not in self._anchors() | {"rules"}]

    @property
    def broken_rules(self) -> list[str]:
        """The sentences about a budget as a whole; they stand below its lines."""
        return [p.message for p in self.problems if p.anchor == "rules"]

    def _anchors(self) -> set[str]:
        return {cell["anchor"] for cell in controls_in(self.control) if cell.get("anchor")}

    @property
    def hint_id(self) -> str:
        """The id of the hint."""
        return f"{self.name}-hint"

    @property
    def error_id(self) -> str:
        """The id of the sentences."""
        return f"{self.name}-error"

    @property
    def counter_id(self) -> str:
        """The id of the counter."""
        return f"{self.name}-counter"

    @property
    def described_by(self) -> str:
        """The ids that explain the control to a screen reader."""
        parts = [
            self.hint_id if self.help or self.limits else "",
            self.error_id if self.own_errors else "",
            self.counter_id if self.control.get("limit") else "",
        ]
        return " ".join(part for part in parts if part)


@dataclass
class SectionForm:
    """A section with its questions. `is_valid()` says whether it could be submitted as it is."""

    id: str
    title: str
    help: str
    questions: list[BoundQuestion]

    def is_valid(self) -> bool:
        """Nothing is wrong and nothing required is empty."""
        return not self.summary(include_missing=True)

    def summary(self, *, include_missing: bool = True) -> list[SummaryLine]:
        """The lines of the error summary, in the order of the form, each leading to its control."""
        return [
            SummaryLine(anchor_of(question.key, problem.anchor), problem.message, problem.missing)
            for question in self.questions
            for problem in question.problems
            if include_missing or not problem.missing
        ]

    def question(self, key: str) -> BoundQuestion:
        """The question with this id; KeyError when it is not shown here.

        Not `form[key]`: templates look there first, and a question called "title" would hide the section's own.
        """
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)


def controls_in(control: dict[str, Any]) -> list[dict[str, Any]]:
    """Every single control inside a question: parts, and cells of rows."""
    cells = [cell for row in control.get("rows", []) if isinstance(row, dict) for cell in row["cells"]]
    return [*control.get("parts", []), *cells]


def build_section_form(
    sheet: AnswerSheet,
    section_id: str,
    data: QueryDict | None = None,
    files: Any = None,
    language: str | None = None,
    *,
    result: Any = None,
    context: Context | None = None,
) -> SectionForm:
    """The form of one section: without `data` as stored, with `data` as just typed.

    After a save give its `result` (services.SaveResult): conflicts and refused files then stand beside their question.
    `files` is accepted for symmetry with Django's forms; files become documents in `save_section`, because a browser
    does not give them again. Raises UnknownSection.
    """
    context = context or context_of(sheet, language)
    section = section_of(context.definition, section_id)
    versions = {answer.key: answer.version for answer in sheet.answers.all()}
    tokens = {q["id"]: token_of(q, context.raw.get(q["id"]), versions.get(q["id"], 0)) for q in section["questions"]}
    for question in section["questions"] if data is not None else ():
        spoken, raw = submitted_raw(question, data)
        if spoken and (result is None or question["id"] in result.conflicts):
            context.set_raw(question["id"], raw)
            if result is None:  # what was typed but never saved keeps what its tab had seen
                tokens[question["id"]] = data.get(token_name(question["id"]), tokens[question["id"]])
    with override(context.language):
        return SectionForm(
            id=section["id"],
            title=in_language(section["title"], context.language),
            help=in_language(section.get("help"), context.language),
            questions=[
                _bind(question, context, tokens[question["id"]], result, fresh=data is None and result is None)
                for question in section["questions"]
                if is_shown(question, context)
            ],
        )


def _bind(question: Question, context: Context, token: str, result: Any, *, fresh: bool) -> BoundQuestion:
    kind, key = kind_of(question), question["id"]
    name, raw = input_name(key), context.raw.get(key)
    bound = BoundQuestion(
        key=key,
        kind=question["type"],
        name=name,
        label=in_language(question["label"], context.language),
        help=in_language(question.get("help"), context.language),
        limits=[*kind.hints(question, context), *audience_in_words(question)],
        optional=not is_required(question, context),
        grouped=kind.grouped,
        template=kind.template,
        token_name=token_name(key),
        token=token,
        raw=raw,
        problems=[*(result.refused.get(key, []) if result else []), *problems_of(question, context)],
        control=kind.control(raw, question, context, name),
        conflict=result.conflicts.get(key) if result else None,
        untouched=fresh and kind.is_empty(raw),
    )
    _put_errors(bound)
    return bound


def _put_errors(bound: BoundQuestion) -> None:
    """Give each control inside a question its id and its own sentences."""
    for control in controls_in(bound.control):
        anchor = control.get("anchor", "")
        control["id"] = anchor_of(bound.key, anchor)
        control["errors"] = [p.message for p in bound.said if anchor and p.anchor == anchor]
