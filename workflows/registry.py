"""What the rooms tell the engine: machines, the words of work, contributed guards, panels, pre-flight checks."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from workflows.exceptions import IllegalMove
from workflows.models.base import state_field_of
from workflows.obstacles import Guard
from workflows.transitions import Spec


@dataclass(frozen=True, slots=True)
class Due:
    """When the work of a state is due: at(obj) -> aware datetime or None; kind picks the reminder ladder."""

    at: Callable[[Any], datetime | None]
    kind: str
    time_zone: Callable[[Any], str] = lambda obj: "Europe/Vilnius"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What a state asks of whom. kind is stable; title is the (lazy) verb phrase shown in the inbox; why explains."""

    kind: str
    title: Any
    audience: Callable[[Any], Iterable[str]]
    url: Callable[[Any], str] = lambda obj: ""
    why: Any = ""
    due: Due | None = None
    when: Callable[[Any], bool] = lambda obj: True


@dataclass(frozen=True, slots=True)
class State:
    """A state's words: label for staff, public for everybody (the label where empty), stage, final or not."""

    label: Any
    public: Any = ""
    stage: str = ""
    work: Sequence[Work] = ()
    final: bool = False
    explanation: Any = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One transition as the engine sees it; several targets where the method chooses (a reinstatement)."""

    name: str
    sources: frozenset[str]
    targets: tuple[str, ...]
    spec: Spec


@dataclass(slots=True)
class Machine:
    """A machine: the model, the field, what the states mean.

    prepare(objects, user) loads what guards need for many objects at once; reads names what the guards, the work and
    the deadlines of one object look at (`project`, `project__call`), to be read with it. visible_to(user) answers the
    rows a person may see. urls names the transitions that have a page of their own; the others use the engine's page.
    """

    model: type[models.Model]
    field: str
    label: Any
    states: dict[str, State]
    prepare: Callable[[Sequence[Any], Any], None] = lambda objects, user: None
    reads: Sequence[str] = ()
    description: Any = ""
    visible_to: Callable[[Any], models.QuerySet[Any]] | None = None
    urls: dict[str, Callable[[Any], str]] = dataclasses.field(default_factory=dict)
    steps: dict[str, Step] = dataclasses.field(default_factory=dict)
    work_kinds: frozenset[str] = frozenset()
    deadline_kinds: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Index the transitions declared on the model and refuse states without words."""
        self.states = {_plain(key): state for key, state in self.states.items()}
        works = [work for state in self.states.values() for work in state.work]
        self.work_kinds = frozenset(work.kind for work in works)
        self.deadline_kinds = frozenset(work.due.kind for work in works if work.due is not None)
        fsm = state_field_of(self.model)
        if fsm is None or fsm.name != self.field:
            raise ImproperlyConfigured(f"{self.model.__name__} has no state field {self.field!r}.")
        sources: dict[str, set[str]] = defaultdict(set)
        targets: dict[str, tuple[tuple[str, ...], Spec]] = {}
        for transition in fsm.get_all_transitions(self.model):
            spec = (transition.custom or {}).get("workflows")
            if spec is None:
                raise ImproperlyConfigured(f"{self.model.__name__}.{transition.name}: declare it with workflows.")
            sources[transition.name].add(_plain(transition.source))
            targets[transition.name] = (_targets(transition.target), spec)
        self.steps = {
            name: Step(name, frozenset(sources[name]), reached, spec) for name, (reached, spec) in targets.items()
        }
        used = {s for step in self.steps.values() for s in (*step.sources, *step.targets)}
        if missing := used - set(self.states) - {"*", "+"}:
            raise ImproperlyConfigured(f"{self.model.__name__}: states without words: {sorted(missing)}")

    @property
    def key(self) -> str:
        """The machine's name: the model's label in lower case."""
        return self.model._meta.label_lower

    @property
    def initial(self) -> str:
        """Where every new row stands."""
        fsm = state_field_of(self.model)
        assert fsm is not None  # checked in __post_init__
        return _plain(fsm.get_default())

    def step(self, name: str) -> Step:
        """One transition by name; raises IllegalMove where there is none."""
        try:
            return self.steps[name]
        except KeyError:
            raise IllegalMove(f"{self.key} has no transition {name!r}.") from None

    def state(self, value: str) -> State:
        """The words of a state."""
        return self.states[value]

    def allowed_from(self, state: str, name: str) -> bool:
        """Whether the machine has this way from this state."""
        sources = self.step(name).sources
        return state in sources or "*" in sources or ("+" in sources and state not in self.steps[name].targets)


def _plain(value: Any) -> str:
    return str(getattr(value, "value", value))


def _targets(target: Any) -> tuple[str, ...]:
    """The states that a target may reach: itself, or the allowed ones of RETURN_VALUE and GET_STATE."""
    allowed = getattr(target, "allowed_states", None)
    return tuple(_plain(state) for state in allowed) if allowed else (_plain(target),)


_machines: dict[str, Machine] = {}
_work_kinds: dict[str, Work] = {}
_guards: dict[tuple[str, str], list[Guard]] = defaultdict(list)
_contributions: dict[str, list[tuple[int, Any]]] = defaultdict(list)


def register_machine(machine: Machine) -> Machine:
    """Tell the engine of a machine; once per model."""
    if machine.key in _machines:
        raise ImproperlyConfigured(f"{machine.key} has a machine already.")
    _machines[machine.key] = machine
    for state in machine.states.values():
        for work in state.work:
            register_work(work)
    return machine


def register_work(work: Work) -> Work:
    """Tell the engine the words of a kind of work; the same kind may serve several states."""
    _work_kinds.setdefault(work.kind, work)
    return work


def machine_of(model: type[models.Model] | models.Model) -> Machine:
    """The machine of a model or a row."""
    try:
        return _machines[model._meta.label_lower]
    except KeyError:
        raise ImproperlyConfigured(f"{model._meta.label} has no registered machine.") from None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the present state of one row asks for: of whom, on which page, until when."""

    work: Work
    audiences: tuple[str, ...]
    url: str
    due_at: datetime | None


def asked_of(obj: Any) -> list[Asked]:
    """What the present state of a row asks for; the declarations are read once for work and deadlines alike."""
    machine = machine_of(obj)
    return [
        Asked(work, tuple(work.audience(obj)), work.url(obj), work.due.at(obj) if work.due else None)
        for work in machine.state(obj.state_value).work
        if work.when(obj)
    ]


def machines() -> list[Machine]:
    """Every machine, by name."""
    return [_machines[key] for key in sorted(_machines)]


def machine_by_key(key: str) -> Machine | None:
    """The machine of a label such as `grants.project`, if there is one."""
    return _machines.get(key)


def work_kind(kind: str) -> Work | None:
    """The words of a kind of work, if some room registered it."""
    return _work_kinds.get(kind)


def contribute_guard(model_label: str, transition: str, guard: Guard) -> None:
    """Add a condition of a later room to a transition of an earlier one."""
    if guard not in _guards[(model_label.lower(), transition)]:
        _guards[(model_label.lower(), transition)].append(guard)


def guards_of(machine: Machine, name: str) -> tuple[Guard, ...]:
    """All guards of a transition: its own, then the contributed ones."""
    return (*machine.step(name).spec.guards, *_guards.get((machine.key, name), ()))


def contribute(place: str, thing: Any, *, order: int = 100) -> None:
    """Add something of a later room to a named place of an earlier one (a panel, a pre-flight check, a source …)."""
    _contributions[place].append((order, thing))
    _contributions[place].sort(key=lambda pair: pair[0])


def contributions(place: str) -> list[Any]:
    """What the rooms gave to a place, in order."""
    return [thing for _order, thing in _contributions.get(place, ())]
