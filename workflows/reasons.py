"""Why a person sees a thing, or not: facts that each room tells about a person and a case."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from workflows import clock
from workflows.models import Case, Exclusion
from workflows.policy import Verb, audiences_of
from workflows.registry import machine_by_key
from workflows.services.log import append, locked_case

Facts = Callable[[Any, Case], Iterable[tuple[Any, Any]]]
PATHS = ("case", "project__case", "application__project__case", "indicator__case")
"""How a thing is led back to its case, the nearest way first."""

_tellers: list[tuple[int, Facts]] = []


def register_reasons(tell: Facts, order: int = 50) -> None:
    """Let a room tell facts about a person and a case: tell(person, case) -> pairs of a name and what is so."""
    _tellers.append((order, tell))


def reasons_for(person: Any, case: Case) -> list[tuple[Any, Any]]:
    """Everything that the predicates look at, by room."""
    return [fact for _order, tell in sorted(_tellers, key=lambda pair: pair[0]) for fact in tell(person, case)]


def _of_engine(person: Any, case: Case) -> Iterable[tuple[Any, Any]]:
    yield _("Account"), _("open") if person.is_active else _("closed: may nothing")
    yield _("Addressed as"), ", ".join(sorted(audiences_of(person))) or _("nobody in particular")
    kept = Exclusion.objects.filter(user=person, case=case).order_by("since")
    for exclusion in kept:
        words = _("since %(since)s, until %(until)s (%(code)s)") if exclusion.until else _("since %(since)s (%(code)s)")
        yield _("Kept away from the case"), words % {
            "since": exclusion.since.date(), "until": exclusion.until and exclusion.until.date(), "code": exclusion.code
        }  # fmt: skip
    if not kept:
        yield _("Kept away from the case"), _("no")


register_reasons(_of_engine, order=10)


def path_to_case(model: Any) -> str | None:
    """The lookup from a model to its case; None where it has none."""
    for path in PATHS:
        current = model
        try:
            for name in path.split("__"):
                current = current._meta.get_field(name).related_model
        except FieldDoesNotExist:
            continue
        return path
    return None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the predicate and its twin say of one thing."""

    verb: Verb
    thing: Any
    state: Any
    may: bool
    seen: bool | None


def answers_for(person: Any, case: Case, model: Any, chosen: Sequence[Verb]) -> list[Answer]:
    """What the verbs about things of this model say of those of the case, at most a hundred things."""
    path = path_to_case(model)
    things = list(model._default_manager.filter(**{path: case}).order_by("pk")[:100]) if path else []
    keys, found = [thing.pk for thing in things], []
    for verb in chosen:
        seen = None
        if verb.visible_to is not None:
            seen = set(verb.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True))
        for thing in things:
            may = bool(verb.can(person, thing))
            found.append(Answer(verb, thing, _state(thing), may, None if seen is None else thing.pk in seen))
    return found


def _state(thing: Any) -> Any:
    machine = machine_by_key(thing._meta.label_lower)
    return machine.state(thing.state_value).label if machine else ""


def log_question(*, case: Case, person: Any, verb: str, by: Any) -> None:
    """Remember in the chain of the case that somebody asked why a person sees it."""
    with clock.reading(), transaction.atomic():
        locked = locked_case(case.pk)
        append(
            case=locked, subject_label="workflows.policyquestion", subject_id=locked.pk,
            subject_version=locked.log_length + 1, transition="ask_why", before="", after="answered", by=by,
            at=clock.now(), data={"person": person.pk, "verb": verb},
        )  # fmt: skip
