"""Saving what was typed: everything, also what is wrong or too long, and never over somebody else's newer text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from grants.accounts.models import User
from grants.questionnaires.context import Context, Problem, Question, Raw
from grants.questionnaires.fields import kind_of
from grants.questionnaires.fields.rows import command_in
from grants.questionnaires.fields.tables import Repeating
from grants.questionnaires.models import Answer, AnswerRevision, AnswerSheet
from grants.questionnaires.selectors import anchor_of, context_of, input_name, problems_of
from grants.questionnaires.services.uploads import take_files
from grants.questionnaires.submitted import SummaryLine, digest_of, section_of, submitted_raw, token_in, token_of
from workflows import clock, statements


@dataclass(frozen=True)
class Conflict:
    """Two texts for one answer: what this tab sent, and what someone saved after the tab was opened."""

    key: str
    mine: Raw
    theirs: Raw
    theirs_text: str
    saved_by: str
    saved_at: datetime


@dataclass
class SaveResult:
    """What a save did. `saved` are the answers that were written, `problems` keep the section from being complete."""

    at: datetime
    saved: list[str] = field(default_factory=list)
    problems: list[SummaryLine] = field(default_factory=list)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    refused: dict[str, list[Problem]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    anchor: str = ""
    """Where to return to after a row button or an upload: the id of the question."""
    context: Context | None = field(default=None, repr=False, compare=False)
    """The whole sheet as this save left it, for whoever goes on to read it in the same transaction."""

    @property
    def complete(self) -> bool:
        """Everything was saved and nothing in the section keeps it from being submitted."""
        return not self.problems and not self.conflicts


def save_section(
    *,
    sheet: AnswerSheet,
    section_id: str,
    data: QueryDict,
    by: User,
    files: MultiValueDict[str, Any] | None = None,
    now: datetime | None = None,
) -> SaveResult:
    """Keep everything that was typed in one section, then say what is still wrong with it.

    Answers that the data does not speak of stay as they are. An answer that somebody changed after this tab was
    opened is not overwritten: it is in `conflicts`, and saving again with its new token decides. Row buttons
    (`add-row:activities`, `remove-row:activities:2`, `move-up:…`, `move-down:…`) and `remove-file:<id>` are obeyed.
    Who may write is the caller's question. Raises UnknownSection.
    """
    section = section_of(sheet.questionnaire.definition, section_id)
    result = SaveResult(at=now or clock.now())
    take_files(sheet=sheet, section=section, data=data, files=files, by=by, result=result)
    with transaction.atomic():
        statements.get_locked(AnswerSheet, sheet.pk)
        answers = {answer.key: answer for answer in sheet.answers.select_related("saved_by")}
        for question in section["questions"]:
            _take(question, sheet, answers, data, by, result)
        _finish(sheet, section, answers, result)
    return result


def keep_files(*, sheet: AnswerSheet, section_id: str, files: MultiValueDict[str, Any], by: User) -> SaveResult:
    """Keep only the files that came with a section; what is wrong with the section's answers is not asked.

    Who may write is the caller's question. Raises UnknownSection.
    """
    section = section_of(sheet.questionnaire.definition, section_id)
    result = SaveResult(at=clock.now())
    take_files(sheet=sheet, section=section, data=QueryDict(), files=files, by=by, result=result)
    return result


def _take(
    question: Question, sheet: AnswerSheet, answers: dict[str, Answer], data: QueryDict, by: User, result: SaveResult
) -> None:
    """Take one answer from the data, unless there is nothing new or someone was faster."""
    spoken, raw = submitted_raw(question, data)
    if not spoken or question["type"] == "files":
        return
    key, answer = question["id"], answers.get(question["id"])
    current, version = (answer.raw, answer.version) if answer else (None, 0)
    seen_version, seen_digest = token_in(data, key, version)
    mine = digest_of(question, raw)
    pressed = _command_for(key, data)
    stale = seen_version != version
    if stale and mine == seen_digest and (pressed is None or pressed[0] == "add-row"):
        raw, mine = current, digest_of(question, current)  # this tab never touched it: the newer text stands
    elif stale and (pressed is not None or mine != digest_of(question, current)):
        result.conflicts[key] = _conflict(question, raw, answer, sheet)
        return
    kind = kind_of(question)
    if pressed and isinstance(kind, Repeating):
        raw = kind.command(raw, *pressed, question)
        result.anchor = input_name(key)
    elif mine == digest_of(question, current):
        return
    answers[key] = _write(sheet, answer, key, raw, by, result.at)
    result.saved.append(key)


def _command_for(key: str, data: QueryDict) -> tuple[str, int | None] | None:
    command = command_in(data)
    return (command[0], command[2]) if command and command[1] == key else None


def _conflict(question: Question, mine: Raw, answer: Answer | None, sheet: AnswerSheet) -> Conflict:
    """Both texts, and whose the other one is."""
    context = context_of(sheet)
    theirs = answer.raw if answer else None
    shown = kind_of(question).show_raw(theirs, question, context) if not kind_of(question).is_empty(theirs) else None
    return Conflict(
        key=question["id"],
        mine=mine,
        theirs=theirs,
        theirs_text=_as_text(shown),
        saved_by=str(answer.saved_by) if answer and answer.saved_by else _("someone"),
        saved_at=answer.saved_at if answer else sheet.created_at,
    )


def _as_text(shown: Any) -> str:
    if shown is None:
        return ""
    if shown.text:
        return str(shown.text)
    return "\n".join(" | ".join(item) if isinstance(item, tuple) else str(item) for item in shown.items)


def _write(sheet: AnswerSheet, answer: Answer | None, key: str, raw: Raw, by: User, at: datetime) -> Answer:
    """Take the text into the answer, to be stored with what it means. What another person had typed is a revision."""
    if answer is None:
        return Answer(sheet=sheet, key=key, raw=raw, saved_by=by, saved_at=at)
    if answer.saved_by_id != by.pk:
        AnswerRevision.objects.create(
            answer=answer, version=answer.version, raw=answer.raw, saved_by_id=answer.saved_by_id,
            saved_at=answer.saved_at,
        )  # fmt: skip
    answer.raw, answer.version, answer.saved_by, answer.saved_at = raw, answer.version + 1, by, at
    return answer


def _store(answers: dict[str, Answer], context: Context, saved: list[str]) -> None:
    """Store the new texts and what they mean.

    A changed answer can change what others mean (a budget and its sources), so every value is compared.
    """
    new: list[Answer] = []
    written: list[Answer] = []
    meant: list[Answer] = []
    for key, answer in answers.items():
        before, answer.value = answer.value, context.parsed(key).value
        if answer.pk is None:
            new.append(answer)
        elif key in saved:
            written.append(answer)
        elif answer.value != before:
            meant.append(answer)
    if new:
        statements.insert(*new)
    Answer.objects.bulk_update(written, ["raw", "version", "saved_by", "saved_at", "value"])
    Answer.objects.bulk_update(meant, ["value"])


def _finish(sheet: AnswerSheet, section: dict[str, Any], answers: dict[str, Answer], result: SaveResult) -> None:
    """Store everything, and collect sentences and tokens for the whole section."""
    context = result.context = context_of(sheet, answers=answers.values())
    _store(answers, context, result.saved)
    for question in section["questions"]:
        key, known = question["id"], answers.get(question["id"])
        result.tokens[key] = token_of(question, context.raw.get(key), known.version if known else 0)
        result.problems += [
            SummaryLine(anchor_of(key, problem.anchor), problem.message, problem.missing)
            for problem in [*result.refused.get(key, []), *problems_of(question, context)]
        ]
