"""Opening and closing work: by `perform`, or here for events that move no state (a bounced address)."""

from datetime import datetime
from typing import Any

from workflows import clock
from workflows.models import TransitionRecord, WorkItem
from workflows.registry import machine_of, work_kind


def open_work(
    subject: Any,
    *,
    kind: str,
    audience: str,
    url: str = "",
    due_at: datetime | None = None,
    record: TransitionRecord | None = None,
) -> WorkItem:
    """Open one item for a subject (a row with `case` and a label); the same open item is kept, its due date renewed.

    Raises LookupError where no room has registered the kind's words.
    """
    if work_kind(kind) is None:
        raise LookupError(f"No room has registered the work kind {kind!r}.")
    item, _created = WorkItem.objects.update_or_create(
        subject_label=subject._meta.label_lower,
        subject_id=subject.pk,
        kind=kind,
        audience=audience,
        closed_at=None,
        defaults={"due_at": due_at, "url": url},
        create_defaults={
            "case_id": subject.case_id,
            "due_at": due_at,
            "url": url,
            "opened_at": clock.now(),
            "opened_by_record": record,
        },
    )
    return item


def close_work(subject: Any, *, kind: str | None = None, audience: str | None = None) -> int:
    """Close the open items of a subject (of one kind or audience); answers how many."""
    items = WorkItem.objects.filter(
        subject_label=subject._meta.label_lower, subject_id=subject.pk, closed_at__isnull=True
    )
    if kind is not None:
        items = items.filter(kind=kind)
    if audience is not None:
        items = items.filter(audience=audience)
    return items.update(closed_at=clock.now())


def state_kinds(obj: Any) -> set[str]:
    """The kinds of work that states of this machine open; other kinds are opened and closed by name."""
    return {work.kind for state in machine_of(obj).states.values() for work in state.work}


def renew_state_work(obj: Any, record: TransitionRecord) -> None:
    """Close what the left state had opened and open what the new state asks for."""
    WorkItem.objects.filter(
        subject_label=obj._meta.label_lower, subject_id=obj.pk, closed_at__isnull=True, kind__in=state_kinds(obj)
    ).update(closed_at=record.at)
    for work in machine_of(obj).state(obj.state_value).work:
        if not work.when(obj):
            continue
        due_at = work.due.at(obj) if work.due else None
        for audience in work.audience(obj):
            open_work(obj, kind=work.kind, audience=audience, url=work.url(obj), due_at=due_at, record=record)
