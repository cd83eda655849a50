"""The small language of the search box: words, and conditions such as `stage:implementation is:overdue call:BP-2027-1`.

Text in quotation marks is one value; a minus before a condition turns it round. Keys and values are understood in both
languages and without Lithuanian letters. What is not understood is said, and the rest is searched.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from grants.organisations.folding import fold
from grants.organisations.models import Municipality
from grants.projects.models import Project
from grants.projects.states import STAGE_OF, ProjectState, Stage
from reporting.search.flags import FLAGS, condition
from workflows.models import Deadline, TransitionRecord
from workflows.policy import visible_audiences
from workflows.registry import machine_of

PART = re.compile(r'(-?)(?:([^\W\d_]+):)?(?:"([^"]*)"|(\S+))')
MOST_DAYS = 3650


@dataclass(frozen=True)
class Term:
    """One condition: its key, its value, and whether it is turned round."""

    key: str
    value: str
    negated: bool = False


@dataclass
class Question:
    """What somebody typed: words to be found, conditions on projects, and what was not understood, in sentences."""

    words: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def parse(text: str) -> Question:
    """Read what was typed. Never fails: an unknown key is noted and searched as a word."""
    asked = Question()
    for minus, key, quoted, plain in PART.findall(text):
        value, known = quoted or plain, KEYS.get(fold(key))
        if not key or not fold(value):
            asked.words += fold(value).split()
        elif known is None:
            asked.words += fold(f"{key} {value}").split()
            asked.notes.append(_("“%(key)s:” is no condition; it was searched as a word.") % {"key": key})
        else:
            asked.terms.append(Term(known, value, bool(minus)))
    return asked


def spoken(labels: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Every way to write each value: its own word and its label in both languages, folded."""
    found: dict[str, str] = {}
    for key, label in labels:
        for language in ("lt", "en"):
            with override(language):
                found.setdefault(fold(str(label)), key)
        found[fold(key)] = key
    return found


def _chosen(value: str, labels: Iterable[tuple[str, Any]]) -> str:
    labels = list(labels)
    key = spoken(labels).get(fold(value))
    if key is None:
        known = ", ".join(key for key, _label in labels)
        raise ValueError(_("“%(value)s” is not one of: %(known)s.") % {"value": value, "known": known})
    return key


def _days(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > MOST_DAYS:
        raise ValueError(_("“%(value)s” is no number of days.") % {"value": value})
    return int(value)


def _is(value: str, user: Any, now: datetime) -> Q:
    flag = FLAGS[_chosen(value, [(flag.key, flag.label) for flag in FLAGS.values()])]
    return condition(flag, user, now)


def _stage(value: str, user: Any, now: datetime) -> Q:
    stage = _chosen(value, Stage.choices)
    return Q(state__in=[state for state, of in STAGE_OF.items() if of == stage])


def _state(value: str, user: Any, now: datetime) -> Q:
    machine = machine_of(Project)
    public = [(state.value, machine.state(state.value).public) for state in ProjectState]
    labels = [*ProjectState.choices, *((key, words) for key, words in public if words)]
    return Q(state=_chosen(value, labels))


def _call(value: str, user: Any, now: datetime) -> Q:
    return Q(call__code__iexact=value)


def _organisation(value: str, user: Any, now: datetime) -> Q:
    return Q(organisation__search_text__contains=fold(value))


def _place(value: str, user: Any, now: datetime) -> Q:
    """A municipality or a county by the beginning of its name, compared without Lithuanian letters."""
    wanted = fold(value)
    names = Municipality.objects.values_list("pk", "name_lt", "short_lt", "county_lt", "county_en")
    return Q(organisation__municipality__in=[
        pk for pk, *called in names if any(fold(name).startswith(wanted) for name in called)
    ])  # fmt: skip


def _older(value: str, user: Any, now: datetime) -> Q:
    """In its present state for more than so many days."""
    moved = TransitionRecord.objects.filter(
        subject_label="grants.project", subject_id=OuterRef("pk"), at__gte=now - timedelta(days=_days(value))
    )
    return ~Q(Exists(moved.exclude(before=F("after"))))


def _due(value: str, user: Any, now: datetime) -> Q:
    """A deadline that is the reader's to keep within so many days."""
    soon = Deadline.objects.filter(
        closed_at__isnull=True, paused_at__isnull=True, due_at__gte=now, due_at__lte=now + timedelta(days=_days(value)),
        case=OuterRef("case"),
    )  # fmt: skip
    return Q(Exists(soon.filter(visible_audiences(user))))


CONDITIONS: dict[str, Callable[[str, Any, datetime], Q]] = {
    "is": _is, "stage": _stage, "state": _state, "call": _call, "org": _organisation, "in": _place,
    "older": _older, "due": _due,
}  # fmt: skip
KEYS = {
    **{key: key for key in CONDITIONS},
    "yra": "is", "etapas": "stage", "busena": "state", "kvietimas": "call", "organizacija": "org",
    "biblioteka": "org", "vieta": "in", "senesni": "older", "terminas": "due",
}  # fmt: skip
"""Every way to write a key, folded."""


def conditions_of(asked: Question, user: Any, now: datetime) -> Q:
    """All conditions together; one whose value is not understood finds nothing and is noted."""
    together = Q()
    for term in asked.terms:
        try:
            found = CONDITIONS[term.key](term.value, user, now)
        except ValueError as trouble:
            asked.notes.append(str(trouble))
            found = Q(pk__in=[])
        together &= ~found if term.negated else found
    return together
