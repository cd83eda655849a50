"""Who reads an answer: everybody who may read the application, or only its team and the funder's staff.

A question may say it (`"audience": "staff"` or `"panel"`); else its kind does: a bank account is for the staff, of a
person the panel learns the name but not how to reach them. Whatever sets answers out asks `for_reader` first.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from grants.questionnaires.context import Question
from grants.questionnaires.registry import kind_of


class Audience(StrEnum):
    """The two circles of readers; whoever belongs to the first may read what is for the second."""

    STAFF = "staff"
    """The applicant's team and the funder's staff."""
    PANEL = "panel"
    """Those who evaluate, too."""


def is_hidden(question: Question, reader: Audience) -> bool:
    """Whether nothing of the answer to a question, or in a column of a table, is for this reader."""
    said = question.get("audience") or kind_of(question).audience
    return reader == Audience.PANEL and said == Audience.STAFF


def for_reader(question: Question, reader: Audience) -> Question:
    """The question with only those columns of its table that are for this reader."""
    columns = question.get("columns")
    if not isinstance(columns, list) or not any(is_hidden(column, reader) for column in columns):
        return question
    return {**question, "columns": [column for column in columns if not is_hidden(column, reader)]}


def part_for_reader(question: Question, answer: Any, reader: Audience) -> Any:
    """What of an answer, typed or understood, is for this reader, where the question itself does not decide."""
    if reader == Audience.STAFF or "audience" in question:
        return answer
    return kind_of(question).for_panel(answer)


def audience_in_words(question: Question) -> list[str]:
    """A sentence for who fills the form in, where evaluators do not see the answer or a part of it; else nothing."""
    if is_hidden(question, Audience.PANEL):
        return [_("Evaluators do not see this answer.")]
    if "audience" not in question and kind_of(question).panel_note:
        return [str(kind_of(question).panel_note)]
    return []
