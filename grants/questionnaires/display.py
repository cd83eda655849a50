"""Answers for reading: of a draft as it stands, and of a submitted copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from grants.questionnaires.audience import Audience, audience_in_words, for_reader, is_hidden, part_for_reader
from grants.questionnaires.conditions import is_required, is_shown
from grants.questionnaires.context import Attached, Context, Parsed, Question
from grants.questionnaires.fields import Kind, Shown, kind_of
from grants.questionnaires.fields.base import NOTHING
from grants.questionnaires.models import AnswerSheet, Questionnaire
from grants.questionnaires.selectors import context_of, empty_context, input_name, problems_of
from grants.questionnaires.text import in_language
from grants.questionnaires.words import condition_in_words


@dataclass(frozen=True)
class DisplayedAnswer:
    """One question with its answer set out for reading. `unfinished`: it could not be submitted as it is."""

    key: str
    label: str
    shown: Shown
    anchor: str
    unfinished: bool = False


@dataclass(frozen=True)
class DisplayedSection:
    """A section with its answers."""

    id: str
    title: str
    answers: list[DisplayedAnswer]


@dataclass(frozen=True)
class BlankQuestion:
    """A question as it stands in the blank form: its words, limits and conditions."""

    key: str
    label: str
    help: str
    limits: list[str]
    optional: bool
    condition: list[tuple[str, str]]
    options: list[str]


def answers_for_display(
    sheet: AnswerSheet, language: str | None = None, *, reader: Audience, context: Context | None = None
) -> list[DisplayedSection]:
    """The draft as it stands, as far as it is for this reader; a text not understood yet is shown as it was typed."""
    context = context or context_of(sheet, language)
    with override(context.language):
        return _sections(context, reader)


def snapshot_for_display(
    snapshot: dict[str, Any], questionnaire: Questionnaire, language: str | None = None, *, reader: Audience
) -> list[DisplayedSection]:
    """A submitted copy as far as it is for this reader, with the questionnaire that it was given to.

    Never with today's answers.
    """
    context = empty_context(questionnaire.definition, language)
    for entry in snapshot["answers"]:
        key, value = entry["key"], entry["value"]
        if entry["type"] == "files":
            context.documents[key] = [Attached(**document) for document in value]
        else:
            context._parsed[key] = Parsed(value)
    with override(context.language):
        return _sections(context, reader, keys={entry["key"] for entry in snapshot["answers"]})


def _sections(context: Context, reader: Audience, keys: set[str] | None = None) -> list[DisplayedSection]:
    """All sections; with `keys` the answers are final and only those questions are shown."""
    found = []
    for section in context.definition["sections"]:
        questions = [q for q in section["questions"] if (q["id"] in keys if keys is not None else is_shown(q, context))]
        if questions:
            answers = [_answer(q, context, reader, final=keys is not None) for q in questions]
            found.append(DisplayedSection(section["id"], in_language(section["title"], context.language), answers))
    return found


def _answer(question: Question, context: Context, reader: Audience, *, final: bool) -> DisplayedAnswer:
    return DisplayedAnswer(
        key=question["id"],
        label=in_language(question["label"], context.language),
        shown=_shown(question, context, reader),
        anchor=input_name(question["id"]),
        unfinished=False if final else bool(problems_of(question, context)),
    )


def _shown(question: Question, context: Context, reader: Audience) -> Shown:
    if is_hidden(question, reader):
        return Shown("text", text=_("Only the applicant and the funder's staff see this answer."))
    question = for_reader(question, reader)
    kind: Kind = kind_of(question)
    key = question["id"]
    if question["type"] == "files":
        return kind.show(None, question, context)
    parsed, raw = context.parsed(key), context.raw.get(key)
    misread = any(not problem.missing and problem.anchor not in ("", "rules") for problem in parsed.problems)
    if parsed.value not in (None, [], {}) and not misread:
        return kind.show(part_for_reader(question, parsed.value, reader), question, context)
    typed = part_for_reader(question, raw, reader)
    return NOTHING if kind.is_empty(typed) else kind.show_raw(typed, question, context)


def blank_form(definition: dict[str, Any], language: str | None = None) -> list[dict[str, Any]]:
    """Every question with its limits, conditions and options, before anybody has answered anything."""
    context = empty_context(definition, language)
    with override(context.language):
        return [
            {
                "id": section["id"],
                "title": in_language(section["title"], context.language),
                "help": in_language(section.get("help"), context.language),
                "questions": [_blank(question, context) for question in section["questions"]],
            }
            for section in definition["sections"]
        ]


def _blank(question: Question, context: Context) -> BlankQuestion:
    options = [in_language(option["label"], context.language) for option in question.get("options", [])]
    return BlankQuestion(
        key=question["id"],
        label=in_language(question["label"], context.language),
        help=in_language(question.get("help"), context.language),
        limits=[*kind_of(question).limits(question, context), *audience_in_words(question)],
        optional=not is_required(question, context),
        condition=[
            *(("required_if", text) for text in _conditions(question.get("required_if"), context)),
            *(("show_if", text) for text in _conditions(question.get("show_if"), context)),
        ],
        options=options,
    )


def _conditions(condition: dict[str, Any] | None, context: Context) -> list[str]:
    return [condition_in_words(key, wanted, context) for key, wanted in (condition or {}).items()]
