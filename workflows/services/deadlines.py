"""Setting and clearing deadlines: the states' own by `perform`, others by name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from workflows import clock, statements
from workflows.models import Case, Deadline, TransitionRecord, WorkItem
from workflows.registry import Asked, machine_of
from workflows.services.log import locked_case
from workflows.services.rungs import make_rungs, renew_rungs
from workflows.zones import add_local_days, begun_days

TERMS = ("due_at", "time_zone", "rule", "url")
"""What a deadline says beside its kind and for whom it is."""
OPEN_DEADLINE = ("id", "kind", "audience", *TERMS)


def set_deadline(
    subject: Any,
    *,
    kind: str,
    audience: str,
    due_at: datetime,
    time_zone: str = "Europe/Vilnius",
    rule: str = "",
    url: str = "",
) -> Deadline:
    """Set (or move) the open deadline of this kind and audience; due_at is an aware instant. Reminders follow it."""
    now = clock.now()
    deadline, _created = Deadline.objects.update_or_create(
        subject_label=subject._meta.label_lower,
        subject_id=subject.pk,
        kind=kind,
        audience=audience,
        closed_at=None,
        defaults={"due_at": due_at, "time_zone": time_zone, "rule": rule, "url": url},
        create_defaults={
            "case_id": subject.case_id,
            "due_at": due_at,
            "time_zone": time_zone,
            "rule": rule,
            "url": url,
            "opened_at": now,
        },
    )
    renew_rungs(deadline, now)
    return deadline


def _open_ones(subject: Any) -> QuerySet[Deadline]:
    return Deadline.objects.filter(
        subject_label=subject._meta.label_lower, subject_id=subject.pk, closed_at__isnull=True
    )


def clear_deadlines(subject: Any, *, kinds: set[str] | None = None, outcome: str = Deadline.Outcome.CLEARED) -> int:
    """Close the open deadlines of a subject (of some kinds); answers how many."""
    open_ones = _open_ones(subject)
    if kinds is not None:
        open_ones = open_ones.filter(kind__in=kinds)
    return open_ones.update(closed_at=clock.now(), outcome=outcome)


def renew_state_deadlines(obj: Any, record: TransitionRecord, asked: Iterable[Asked]) -> None:
    """Close what the left state had set and set what the new state asks for.

    One that is due at the same moment keeps its row, and so does one that a step inside the same state moves.
    """
    kinds = machine_of(obj).deadline_kinds
    if not kinds:
        return
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for one in asked:
        due = one.work.due
        if due is None or one.due_at is None:
            continue
        terms = {"due_at": one.due_at, "time_zone": due.time_zone(obj), "rule": due.rule, "url": one.url}
        wanted |= {(due.kind, audience): terms for audience in one.audiences}
    present = [] if record.begins(obj) else statements.open_rows(Deadline, obj, kinds, OPEN_DEADLINE)
    for pk, kind, audience, *known in present:
        terms_now = wanted.get((kind, audience))
        if terms_now is not None and [terms_now[name] for name in TERMS] == known:
            del wanted[kind, audience]
        elif terms_now is None or (terms_now["due_at"] != known[0] and record.before != record.after):
            statements.change(Deadline, [pk], closed_at=clock.now(), outcome=Deadline.Outcome.MET)
        else:
            set_deadline(obj, kind=kind, audience=audience, **wanted.pop((kind, audience)))
    _set_new(obj, wanted)


def _set_new(subject: Any, wanted: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Set deadlines of which none is open, all together."""
    if not wanted:
        return
    now = clock.now()
    new = [
        Deadline(
            case_id=subject.case_id, subject_label=subject._meta.label_lower, subject_id=subject.pk, kind=kind,
            audience=audience, opened_at=now, **terms,
        )
        for (kind, audience), terms in wanted.items()
    ]  # fmt: skip
    statements.insert(*new)
    make_rungs(new, now)


def pause_deadlines(case: Case, *, except_of: Any = None) -> int:
    """Stop the clock of a case: nothing open falls due or is recalled until it is resumed. Answers how many stopped.

    except_of: something of the case whose own deadlines run on.
    """
    running = Deadline.objects.filter(case=case, closed_at__isnull=True, paused_at__isnull=True)
    if except_of is not None:
        running = running.exclude(subject_label=except_of._meta.label_lower, subject_id=except_of.pk)
    return running.update(paused_at=clock.now())


def resume_deadlines(case: Case) -> int:
    """Let the clock of a case go on; answers how many deadlines go on.

    What was not yet due moves on by the days that the clock stood, begun days counted whole, at the same hour in
    its zone; the work that waits for it and its reminders move along. What was overdue when it stopped stays overdue.
    """
    now, count = clock.now(), 0
    with transaction.atomic():
        locked_case(case.pk)
        for deadline in Deadline.objects.select_for_update().filter(case=case, closed_at=None, paused_at__isnull=False):
            stopped, old = deadline.paused_at, deadline.due_at
            assert stopped is not None  # filtered above
            if old > stopped:
                days = begun_days(stopped, now, deadline.time_zone)
                deadline.due_at = add_local_days(old, days, deadline.time_zone)
                WorkItem.objects.filter(
                    subject_label=deadline.subject_label, subject_id=deadline.subject_id, audience=deadline.audience,
                    due_at=old, closed_at__isnull=True,
                ).update(due_at=deadline.due_at)  # fmt: skip
            deadline.paused_at = None
            deadline.save(update_fields=["due_at", "paused_at"])
            renew_rungs(deadline, now)
            count += 1
    return count
