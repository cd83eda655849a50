"""How decisions are made: by whom, by which criteria and weights, by which steps; told from the rules themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from grants.calls import sentences
from grants.calls.models import Call
from grants.calls.selectors import public_calls
from grants.projects.models import Project
from grants.selection.models import ConflictDeclaration, Decision, Review
from workflows.registry import machine_of
from workflows.text import localized

CALLS = 5
"""So many of the newest calls stand on the page; each call's own page has the rest."""


@dataclass(frozen=True, slots=True)
class MachineWords:
    """A machine in words: its name, and for each state what can follow."""

    name: str
    states: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class CallWords:
    """How one call judges and decides, and what counts as a conflict of interest in it."""

    call: Call
    judging: list[str]
    deciding: list[str]
    grounds: list[str]


def page() -> dict[str, Any]:
    """Everything that the page shows, in two queries."""
    calls = public_calls().order_by("-opens_at", "code").prefetch_related("criteria")[:CALLS]
    return {"calls": [_call(call) for call in calls], "machines": list(machines_in_words())}


def _call(call: Call) -> CallWords:
    grounds = call.terms.part("conflict_of_interest", "grounds") or []
    return CallWords(
        call, sentences.how_it_is_judged(call), sentences.how_it_is_decided(call), [localized(one) for one in grounds]
    )


def machines_in_words() -> Iterator[MachineWords]:
    """The machines of selection: each state, and the steps that lead out of it to where."""
    for model in (Project, ConflictDeclaration, Review, Decision):
        machine = machine_of(model)
        states = []
        for key, state in machine.states.items():
            steps = [
                _("%(step)s → %(state)s") % {"step": step.spec.label, "state": machine.state(target).label}
                for step in machine.steps.values()
                if key in step.sources
                for target in step.targets
                if target != key
            ]
            states.append((str(state.label), steps))
        yield MachineWords(str(machine.label), states)
