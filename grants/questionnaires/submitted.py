"""Reading submitted data: which answers it speaks of, and what its tab had seen of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from grants.questionnaires.canonical import sha256_of
from grants.questionnaires.context import Question, Raw
from grants.questionnaires.fields import kind_of
from grants.questionnaires.selectors import input_name


class UnknownSection(LookupError):
    """A section that the questionnaire does not have."""


@dataclass(frozen=True)
class SummaryLine:
    """One line of the error summary: the id of the control, and the sentence."""

    target: str
    message: str
    missing: bool = False


def section_of(definition: dict[str, Any], section_id: str) -> dict[str, Any]:
    """The section with this id; raises UnknownSection."""
    for section in definition["sections"]:
        if section["id"] == section_id:
            return dict(section)
    raise UnknownSection(section_id)


def token_name(key: str) -> str:
    """The name of the hidden control that carries the token of an answer."""
    return f"v-{key}"


def digest_of(question: Question, raw: Raw) -> str:
    """A short digest of an answer as it was shown; equal for every spelling of nothing."""
    return sha256_of(None if kind_of(question).is_empty(raw) else raw)[:16]


def token_of(question: Question, raw: Raw, version: int) -> str:
    """What a tab remembers of an answer: its version and a digest of the text it showed."""
    return f"{version}.{digest_of(question, raw)}"


def token_in(data: QueryDict, key: str, version: int) -> tuple[int, str]:
    """What the tab had seen; data without a token (a script, a copy) speaks of the present version."""
    number, _dot, digest = data.get(token_name(key), "").partition(".")
    return (int(number), digest) if number.isascii() and number.isdigit() and len(number) < 10 else (version, "")


def submitted_raw(question: Question, data: QueryDict) -> tuple[bool, Raw]:
    """Whether submitted data speaks of a question at all, and what it says."""
    name = input_name(question["id"])
    there = token_name(question["id"]) in data or any(key == name or key.startswith(f"{name}-") for key in data)
    return (True, kind_of(question).read(data, name, question)) if there else (False, None)
