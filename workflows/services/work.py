"""Opening and closing work: by `perform`, or here for events that move no state (a bounced address)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from workflows import clock, statements
from workflows.models import TransitionRecord, WorkItem
from workflows.registry import Asked, machine_of, work_kind

OPEN_WORK = ("id", "kind", "audience", "url", "due_at")


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


def renew_state_work(obj: Any, record: TransitionRecord, asked: Iterable[Asked]) -> None:
    """Close what the left state had opened and open what the new state asks for; what both ask keeps its row."""
    machine = machine_of(obj)
    kinds = machine.work_kinds
    if not kinds:
        return
    wanted = {(one.work.kind, audience): (one.url, one.due_at) for one in asked for audience in one.audiences}
    done: list[int] = []
    if not record.begins(obj):
        for pk, kind, audience, url, due_at in statements.open_rows(WorkItem, obj, kinds, OPEN_WORK):
            known = wanted.pop((kind, audience), None)
            if known is None:
                done.append(pk)
            elif known != (url, due_at):
                statements.change(WorkItem, [pk], url=known[0], due_at=known[1])
    if done:
        statements.change(WorkItem, done, closed_at=record.at)
    new = [
        WorkItem(
            case_id=obj.case_id, subject_label=machine.key, subject_id=obj.pk, kind=kind, audience=audience,
            url=url, due_at=due_at, opened_at=record.at, opened_by_record=record,
        )
        for (kind, audience), (url, due_at) in wanted.items()
    ]  # fmt: skip
    if new:
        statements.insert(*new)
