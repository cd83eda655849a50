"""The kinds of deadlines: their words, and on which days each is recalled where no row says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from workflows.registry import machines

DEFAULT_RUNGS = (-21, -7, -2, 0, 1, 7)
"""Days from the due day, in the deadline's zone."""


@dataclass(frozen=True, slots=True)
class DeadlineKind:
    """One kind of deadline: what is due, in words, and its ladder."""

    kind: str
    label: Any
    rungs: tuple[int, ...]


_kinds: dict[str, DeadlineKind] = {}


def register_deadline(kind: str, label: Any, rungs: Sequence[int] = DEFAULT_RUNGS) -> DeadlineKind:
    """Tell the engine of a kind of deadline; once per kind. Needed only where words or days differ from the default.

    rungs: whole days from the due day, negative before it; an empty ladder recalls nothing.
    """
    if kind in _kinds:
        raise ImproperlyConfigured(f"The deadline kind {kind!r} is registered already.")
    _kinds[kind] = DeadlineKind(kind, label, tuple(sorted(set(rungs))))
    return _kinds[kind]


def default_rungs(kind: str) -> tuple[int, ...]:
    """The ladder in code for a kind."""
    return _kinds[kind].rungs if kind in _kinds else DEFAULT_RUNGS


def deadline_label(kind: str) -> Any:
    """What is due, in words: as registered, else the title of the work that sets this deadline, else the kind."""
    if kind in _kinds:
        return _kinds[kind].label
    for machine in machines():
        for state in machine.states.values():
            for work in state.work:
                if work.due is not None and work.due.kind == kind:
                    return work.title
    return kind
