"""Answers of an earlier sheet, taken over by the stable ids of the questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from grants.accounts.models import User
from grants.questionnaires.context import Question
from grants.questionnaires.fields import Shown, kind_of
from grants.questionnaires.models import Answer, AnswerSheet
from grants.questionnaires.selectors import context_of, questions_in
from grants.questionnaires.text import in_language
from workflows import clock

NEVER = ("checkbox", "files", "library")
"""Declarations are given anew, files are given anew, and the applicant is who it is."""


@dataclass(frozen=True)
class Copyable:
    """One answer that would be taken over."""

    key: str
    label: str
    shown: Shown


def copyable_answers(*, source: AnswerSheet, target: AnswerSheet, language: str | None = None) -> list[Copyable]:
    """What `copy_answers` would take over: answered there, still empty here, asked by the same id and kind."""
    there, here = context_of(source, language), context_of(target, language)
    found = []
    for question in _common(source, target):
        kind, key = kind_of(question), question["id"]
        if kind.is_empty(there.raw.get(key)) or not kind.is_empty(here.raw.get(key)):
            continue
        shown = kind.show_raw(there.raw[key], question, here)
        found.append(Copyable(key, in_language(question["label"], here.language), shown))
    return found


def _common(source: AnswerSheet, target: AnswerSheet) -> list[Question]:
    types = {q["id"]: q["type"] for _section, q in questions_in(source.questionnaire.definition)}
    return [
        question
        for _section, question in questions_in(target.questionnaire.definition)
        if types.get(question["id"]) == question["type"] and question["type"] not in NEVER
    ]


def copy_answers(*, source: AnswerSheet, target: AnswerSheet, by: User, now: datetime | None = None) -> list[str]:
    """Take over what `copyable_answers` lists, as text to be edited; nothing that is there is overwritten.

    Returns the ids of the questions. Who may read the one and write the other is the caller's question.
    """
    at = now or clock.now()
    with transaction.atomic():
        AnswerSheet.objects.select_for_update().get(pk=target.pk)
        keys = [copyable.key for copyable in copyable_answers(source=source, target=target)]
        raw = {answer.key: answer.raw for answer in source.answers.filter(key__in=keys)}
        for key in keys:
            Answer.objects.update_or_create(
                sheet=target,
                key=key,
                defaults={"raw": raw[key], "saved_by": by, "saved_at": at},
                create_defaults={"raw": raw[key], "saved_by": by, "saved_at": at},
            )
        context = context_of(target)
        for answer in target.answers.filter(key__in=keys):
            answer.value = context.parsed(answer.key).value
            answer.version += 1
            answer.save(update_fields=["value", "version"])
    return keys
