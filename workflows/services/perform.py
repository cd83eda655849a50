"""The one door: `perform` is the only way in which a state changes."""

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.utils.translation import gettext as _

from workflows import clock, statements
from workflows.actors import System
from workflows.exceptions import Blocked, IllegalMove, NotPermitted, Refused, Stale
from workflows.models import Case, TransitionRecord, WorkflowModel
from workflows.models.base import state_field_of
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.registry import Machine, guards_of, machine_of
from workflows.services import log
from workflows.services.entering import enter_state
from workflows.signals import transitioned


def begin(obj: WorkflowModel, *, by: Any, note: str = "", key: str | None = None) -> WorkflowModel:
    """Insert a new row in its machine's first state, log it, open its work and deadlines; returns the row.

    The caller decides whether `by` may: each verb that makes things has its own service and permission.
    """
    with clock.reading(), transaction.atomic():
        now = clock.now()
        case = log.locked_case(obj.case_id)
        obj.version = 1
        obj.save()
        record = log.append(
            case=case, subject_label=obj.subject_label, subject_id=obj.pk, subject_version=1, transition="begin",
            before="", after=obj.state_value, by=by, at=now, note=note, key=key,
        )  # fmt: skip
        enter_state(obj, record)
        transitioned.send(sender=type(obj), obj=obj, record=record, by=by, data={})
    return obj


def perform(
    obj: WorkflowModel,
    name: str,
    *,
    by: Any,
    note: str = "",
    key: str | None = None,
    seen_version: int | None = None,
    **data: Any,
) -> TransitionRecord:
    """Take a transition: lock, re-read, check, call, save, log, work, deadlines, signal; all or nothing.

    by: a person or SYSTEM · note: the reason · key: the same key twice gives the first answer twice · seen_version:
    what the person's page showed. Returns the log row and refreshes `obj`. Raises Stale, IllegalMove, NotPermitted or
    Blocked; then nothing has changed. The clock is read before any lock is waited for.
    """
    machine = machine_of(obj)
    step = machine.step(name)
    with clock.reading(), transaction.atomic():
        move = Move(name, by, clock.now(), note.strip(), data)
        case = _locked(obj, with_parent=step.spec.locks_parent)
        if key is not None and (first := _answer_to(key, obj, name)):
            obj.refresh_from_db()
            return first
        fresh = _as_stored(obj, case)
        _check_place(machine, obj, fresh, name, seen_version)
        _check_permission(machine, fresh, move)
        _check_guards(machine, fresh, move)
        record = _take(fresh, move, case, key)
        enter_state(fresh, record)
        transitioned.send(sender=type(fresh), obj=fresh, record=record, by=by, data=data)
    obj.take_over(fresh)
    return record


def _as_stored(obj: WorkflowModel, case: Case) -> Any:
    """Another copy of the row, under lock, with its case and what the guards of its machine look at."""
    fresh = statements.get_locked(type(obj), obj.pk)
    fresh.case = case
    statements.read_along(fresh, machine_of(obj).reads)
    return fresh


def reread(obj: WorkflowModel) -> None:
    """Lock the case of a thing, then read it and what its guards look at again; for services that change no state."""
    fresh = _as_stored(obj, log.locked_case(obj.case_id))
    for field in obj._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(obj) and field.is_cached(fresh):
            field.delete_cached_value(obj)
    obj.take_over(fresh)


def _locked(obj: WorkflowModel, *, with_parent: bool) -> Case:
    """Lock the parent case (where asked), then the case: always in this order."""
    if with_parent:
        parent_id = Case.objects.values_list("parent_id", flat=True).get(pk=obj.case_id)
        if parent_id is not None:
            log.locked_case(parent_id)
    return log.locked_case(obj.case_id)


def _answer_to(key: str, obj: WorkflowModel, name: str) -> TransitionRecord | None:
    """The step already taken with this key; the same key for another thing or transition is refused."""
    first = TransitionRecord.objects.filter(key=key).first()
    if first and (first.subject_label, first.subject_id, first.transition) != (obj.subject_label, obj.pk, name):
        raise Refused(_("This form has already been used for something else. Open the page again."))
    return first


def _check_place(machine: Machine, seen: WorkflowModel, fresh: WorkflowModel, name: str, version: int | None) -> None:
    """Refuse a way that the machine does not have from here, and tell a late-comer who was faster."""
    moved = seen.state_value != fresh.state_value or (version is not None and version != fresh.version)
    if moved and (version is not None or not machine.allowed_from(fresh.state_value, name)):
        raise stale(fresh)
    if not machine.allowed_from(fresh.state_value, name):
        state = machine.state(fresh.state_value)
        raise IllegalMove(
            _("“%(action)s” cannot be done now: %(thing)s is at “%(state)s”.")
            % {"action": machine.step(name).spec.label, "thing": machine.label, "state": state.label}
        )


def stale(obj: WorkflowModel) -> Stale:
    """The refusal that says who moved this thing last, when, and how."""
    last = (
        TransitionRecord.objects.filter(subject_label=obj.subject_label, subject_id=obj.pk)
        .select_related("actor").order_by("-subject_version").first()
    )  # fmt: skip
    url = obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else ""
    if last is None:
        return Stale(url=url)
    step = machine_of(obj).steps.get(last.transition)
    return Stale(by=str(last.actor) if last.actor else "", at=last.at, label=step.spec.label if step else "", url=url)


def _check_permission(machine: Machine, obj: WorkflowModel, move: Move) -> None:
    spec = machine.step(move.name).spec
    if isinstance(move.by, System):
        if not spec.system:
            raise NotPermitted(_("Only a person may do this."))
    elif not move.by.is_authenticated or not move.by.is_active or not spec.permission(move.by, obj):
        raise NotPermitted


def obstacles_of(machine: Machine, obj: WorkflowModel, move: Move) -> list[Obstacle]:
    """Every reason why this move cannot be taken now; empty where it can."""
    found = [guard(obj, move) for guard in guards_of(machine, move.name)]
    return [obstacle for obstacle in found if obstacle is not None]


def _check_guards(machine: Machine, obj: WorkflowModel, move: Move) -> None:
    obstacles = obstacles_of(machine, obj, move)
    if machine.step(move.name).spec.note_required and not move.note:
        obstacles.append(Obstacle("note_required", _("Give a reason.")))
    if obstacles:
        raise Blocked(obstacles)


def _take(obj: WorkflowModel, move: Move, case: Case, key: str | None) -> TransitionRecord:
    """Call the transition, write the log row, then save what the method changed: the database wants that order."""
    machine = machine_of(obj)
    spec = machine.step(move.name).spec
    before, values = obj.state_value, _values(obj)
    bound = getattr(obj, move.name)
    bound(move)
    obj.version += 1
    changed = [name for name, value in values.items() if obj.__dict__.get(name) != value]
    record = log.append(
        case=case, subject_label=obj.subject_label, subject_id=obj.pk, subject_version=obj.version,
        transition=move.name, before=before, after=obj.state_value, by=move.by, at=move.now, note=move.note,
        data={name: move.data[name] for name in spec.logged if name in move.data}, key=key,
    )  # fmt: skip
    field = state_field_of(type(obj))
    if field is None:  # pragma: no cover  a registered machine has one
        raise ImproperlyConfigured(obj.subject_label)
    obj.save(update_fields=sorted({*changed, field.attname, "version"}))
    return record


def _values(obj: WorkflowModel) -> dict[str, Any]:
    """The loaded values of every column, to find what a transition method changed, also inside a list or a mapping."""
    loaded = obj.__dict__
    names = (field.attname for field in obj._meta.concrete_fields if not field.primary_key)
    return {name: deepcopy(value) if isinstance(value := loaded.get(name), list | dict) else value for name in names}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one row of a selection: the log row, or the refusal."""

    obj: Any  # of whatever machine was asked for
    record: TransitionRecord | None = None
    refusal: Refused | None = None


def perform_many(
    objects: Iterable[WorkflowModel],
    name: str,
    *,
    by: Any,
    note: str = "",
    data_for: Callable[[WorkflowModel], dict[str, Any]] = lambda obj: {},
) -> list[Result]:
    """Take a transition of each object in a transaction of its own; one result per object, in the order given."""
    results = []
    for obj in objects:
        try:
            results.append(Result(obj, record=perform(obj, name, by=by, note=note, **data_for(obj))))
        except Refused as refusal:
            results.append(Result(obj, refusal=refusal))
    return results


def perform_together(
    moves: Sequence[tuple[WorkflowModel, str, dict[str, Any]]], *, by: Any, note: str = ""
) -> list[TransitionRecord]:
    """Take several transitions, all or nothing; cases are locked first, in order, whatever order the moves have."""
    with clock.reading(), transaction.atomic():
        clock.now()
        case_ids = {obj.case_id for obj, _name, _data in moves}
        parents = Case.objects.filter(pk__in=case_ids, parent__isnull=False).values_list("parent_id", flat=True)
        needs_parents = any(machine_of(obj).step(name).spec.locks_parent for obj, name, _data in moves)
        for case_id in sorted(set(parents)) if needs_parents else ():
            log.locked_case(case_id)
        for case_id in sorted(case_ids):
            log.locked_case(case_id)
        return [perform(obj, name, by=by, note=note, **data) for obj, name, data in moves]
