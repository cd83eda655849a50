"""Setting and clearing deadlines: the states' own by `perform`, others by name."""

from datetime import datetime
from typing import Any

from workflows import clock
from workflows.models import Deadline
from workflows.registry import machine_of


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
    """Set (or move) the open deadline of this kind and audience; due_at is an aware instant."""
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
            "opened_at": clock.now(),
        },
    )
    return deadline


def clear_deadlines(subject: Any, *, kinds: set[str] | None = None, outcome: str = Deadline.Outcome.CLEARED) -> int:
    """Close the open deadlines of a subject (of some kinds); answers how many."""
    open_ones = Deadline.objects.filter(
        subject_label=subject._meta.label_lower, subject_id=subject.pk, closed_at__isnull=True
    )
    if kinds is not None:
        open_ones = open_ones.filter(kind__in=kinds)
    return open_ones.update(closed_at=clock.now(), outcome=outcome)


def state_deadline_kinds(obj: Any) -> set[str]:
    """The kinds of deadline that states of this machine set."""
    return {work.due.kind for state in machine_of(obj).states.values() for work in state.work if work.due is not None}


def renew_state_deadlines(obj: Any) -> None:
    """Close what the left state had set and set what the new state asks for."""
    clear_deadlines(obj, kinds=state_deadline_kinds(obj), outcome=Deadline.Outcome.MET)
    for work in machine_of(obj).state(obj.state_value).work:
        if work.due is None or not work.when(obj):
            continue
        due_at = work.due.at(obj)
        if due_at is None:
            continue
        for audience in work.audience(obj):
            set_deadline(
                obj,
                kind=work.due.kind,
                audience=audience,
                due_at=due_at,
                time_zone=work.due.time_zone(obj),
                rule=work.due.rule,
                url=work.url(obj),
            )
