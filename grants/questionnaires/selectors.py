"""Reading sheets: their answers with everything a field may know, what is missing, and the copy that is submitted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from grants.money.models import FundingSource
from grants.organisations.folding import alphabetical
from grants.organisations.models import Municipality, Organisation
from grants.questionnaires.canonical import sha256_of
from grants.questionnaires.conditions import is_required, is_shown
from grants.questionnaires.context import Attached, Choice, Context, Problem, Question
from grants.questionnaires.fields import kind_of
from grants.questionnaires.models import Answer, AnswerSheet, Document, Questionnaire
from grants.questionnaires.text import in_language


@dataclass(frozen=True)
class Missing:
    """One reason why a sheet cannot be submitted yet: something empty (`missing`) or something wrong."""

    section: str
    key: str
    message: str
    label: str = ""
    section_title: str = ""
    anchor: str = ""
    missing: bool = True


def input_name(key: str) -> str:
    """The name, and the id, of the control of a question."""
    return f"q-{key}"


def anchor_of(key: str, anchor: str) -> str:
    """The id of the control that a problem is about."""
    return f"{input_name(key)}-{anchor}" if anchor else input_name(key)


def published(code: str, version: int | None = None) -> Questionnaire | None:
    """A published questionnaire: the stated version, else the newest."""
    found = Questionnaire.objects.filter(code=code, published_at__isnull=False)
    return (found.filter(version=version) if version else found.order_by("-version")).first()


def documents_of(sheet: AnswerSheet) -> dict[str, list[Attached]]:
    """The documents of a sheet that are not removed, by question."""
    found: dict[str, list[Attached]] = {}
    for document in Document.objects.filter(sheet=sheet, removed_at__isnull=True):
        found.setdefault(document.key, []).append(attached(document))
    return found


def attached(document: Document) -> Attached:
    """What a field needs to know of a document."""
    return Attached(
        name=document.name,
        size=document.size,
        sha256=document.sha256,
        mime=document.mime,
        subject=document.subject,
        public_id=str(document.public_id),
    )


def empty_context(definition: dict[str, Any], language: str | None = None) -> Context:
    """A context without answers, for the blank form; the lists of choices are read only when a question asks."""
    language = (language or get_language() or "lt")[:2]
    kinds = ((definition.get("rules") or {}).get("eligibility") or {}).get("applicant_kinds") or []
    return Context(
        definition=definition,
        language=language,
        municipalities=_municipalities,
        organisations=lambda: _organisations(kinds),
        source_names=_once(lambda: _source_names(language)),
    )


def context_of(sheet: AnswerSheet, language: str | None = None, *, answers: Iterable[Answer] | None = None) -> Context:
    """Everything of one sheet in two queries: its answers, where the caller has not read them, and its documents."""
    context = empty_context(sheet.questionnaire.definition, language)
    context.raw = {answer.key: answer.raw for answer in (sheet.answers.all() if answers is None else answers)}
    context.documents = documents_of(sheet)
    return context


def _once(read: Any) -> Any:
    found: list[Any] = []

    def reader() -> Any:
        if not found:
            found.append(read())
        return found[0]

    return reader


def _municipalities() -> Iterable[Choice]:
    found = Municipality.objects.order_by().values_list("code", "name_lt", "county_lt")
    return [Choice(*one) for one in sorted(found, key=lambda one: alphabetical(one[1]))]


def _organisations(kinds: list[str]) -> Iterable[Choice]:
    found = Organisation.objects.order_by().values_list("code", "name")
    found = found.filter(kind__in=kinds) if kinds else found
    return [Choice(*one) for one in sorted(found, key=lambda one: alphabetical(one[1]))]


def _source_names(language: str) -> dict[str, str]:
    return {s.code: in_language({"lt": s.name_lt, "en": s.name_en}, language) for s in FundingSource.objects.all()}


def questions_in(definition: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Question]]:
    """Every question with its section, in the order of the form."""
    for section in definition["sections"]:
        for question in section["questions"]:
            yield section, question


def question_in(definition: dict[str, Any], key: str) -> Question | None:
    """The question with this key, or None."""
    return next((question for _section, question in questions_in(definition) if question["id"] == key), None)


def problems_of(question: Question, context: Context) -> tuple[Problem, ...]:
    """What stands in the way of submitting one answer, as things are now."""
    if not is_shown(question, context):
        return ()
    kind, raw = kind_of(question), context.raw.get(question["id"])
    if not kind.is_empty(raw):
        return context.parsed(question["id"]).problems
    return tuple(kind.missing(raw, question, context)) if is_required(question, context) else ()


def missing_answers(
    sheet: AnswerSheet, language: str | None = None, *, context: Context | None = None
) -> list[Missing]:
    """Everything that keeps a sheet from being submitted, in the order of the form, with where to mend it."""
    context = context or context_of(sheet, language)
    found = []
    with override(context.language):
        for section, question in questions_in(context.definition):
            label = in_language(question["label"], context.language)
            title = in_language(section["title"], context.language)
            found += [
                Missing(
                    section=section["id"],
                    key=question["id"],
                    message=problem.message,
                    label=label,
                    section_title=title,
                    anchor=anchor_of(question["id"], problem.anchor),
                    missing=problem.missing,
                )
                for problem in problems_of(question, context)
            ]
    return found


@dataclass(frozen=True)
class SectionState:
    """One line of the task list. `state` is one of not_started, in_progress, completed, mistakes."""

    id: str
    title: str
    state: str
    label: str
    mistakes: int
    missing: int


def section_states(
    sheet: AnswerSheet,
    language: str | None = None,
    *,
    context: Context | None = None,
    problems: list[Missing] | None = None,
) -> list[SectionState]:
    """The task list of a sheet: for each section how far it is; two queries, whatever its size.

    problems: what `missing_answers` found, where the caller has asked already.
    """
    context = context or context_of(sheet, language)
    problems = missing_answers(sheet, context=context) if problems is None else problems
    with override(context.language):
        return [
            _state_of(section, [p for p in problems if p.section == section["id"]], context)
            for section in context.definition["sections"]
        ]


def _state_of(section: dict[str, Any], problems: list[Missing], context: Context) -> SectionState:
    begun = any(
        not kind_of(q).is_empty(context.raw.get(q["id"])) or context.documents.get(q["id"])
        for q in section["questions"]
    )
    mistakes = sum(not p.missing for p in problems)
    labels = {
        "mistakes": _("Has mistakes"),
        "not_started": _("Not started"),
        "in_progress": _("In progress"),
        "completed": _("Completed"),
    }
    state = "mistakes" if mistakes else "not_started" if not begun else "in_progress" if problems else "completed"
    return SectionState(
        id=section["id"],
        title=in_language(section["title"], context.language),
        state=state,
        label=labels[state],
        mistakes=mistakes,
        missing=len(problems) - mistakes,
    )


def values_of(sheet: AnswerSheet, *, context: Context | None = None) -> dict[str, Any]:
    """Every understood answer by its question's id, in types to calculate with (Decimal, date, …)."""
    context = context or context_of(sheet)
    return {
        question["id"]: kind_of(question).to_python(context.parsed(question["id"]).value)
        for _section, question in questions_in(context.definition)
        if context.parsed(question["id"]).value is not None and is_shown(question, context)
    }


def snapshot(sheet: AnswerSheet, *, context: Context | None = None) -> dict[str, Any]:
    """The copy that is submitted: values in the order of the form, files by hash, the questionnaire by digest.

    Answers to questions that are not shown are left out. `sha256_of(snapshot(sheet))` is the same wherever and
    whenever it is taken of the same content; canonical.canonical_json is its spelling.
    """
    context = context or context_of(sheet)
    questionnaire = sheet.questionnaire
    answers = []
    for section, question in questions_in(context.definition):
        if not is_shown(question, context):
            continue
        key = question["id"]
        entry = {"section": section["id"], "key": key, "type": question["type"], "value": context.parsed(key).value}
        if question["type"] == "files":
            entry["value"] = [
                {
                    "name": d.name,
                    "size": d.size,
                    "sha256": d.sha256,
                    "mime": d.mime,
                    "subject": d.subject,
                    "public_id": d.public_id,
                }
                for d in context.documents.get(key, [])
            ]
        answers.append(entry)
    return {
        "format": "answers/1",
        "questionnaire": {
            "code": questionnaire.code,
            "version": questionnaire.version,
            "sha256": sha256_of(questionnaire.definition),
        },
        "answers": answers,
    }
