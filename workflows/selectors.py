"""Reading: what waits for a person, and what happened to a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from workflows.models import TransitionRecord, WorkItem
from workflows.policy import visible_audiences
from workflows.registry import machine_by_key, work_kind


def my_work(user: Any) -> QuerySet[WorkItem]:
    """What waits for a person now, soonest due first; nothing of cases they are kept away from. One query."""
    return (
        WorkItem.objects.filter(visible_audiences(user), closed_at__isnull=True)
        .select_related("case", "case__parent")
        .order_by(F("due_at").asc(nulls_last=True), "opened_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Task:
    """A work item with its words, as a page shows it."""

    item: WorkItem
    title: Any
    why: Any
    url: str
    late: bool

    @property
    def case(self) -> Any:
        """The case it belongs to."""
        return self.item.case

    @property
    def due_at(self) -> datetime | None:
        """When it is due, if it is."""
        return self.item.due_at


def tasks_of(items: Sequence[WorkItem], now: datetime) -> list[Task]:
    """Work items with the words of their kind; late means that the due moment is before `now`."""
    tasks = []
    for item in items:
        kind = work_kind(item.kind)
        late = item.due_at is not None and item.due_at < now
        tasks.append(Task(item, kind.title if kind else item.kind, kind.why if kind else "", item.url, late))
    return tasks


@dataclass(frozen=True, slots=True)
class Happening:
    """One step of a case as people read it."""

    at: datetime
    actor: str
    thing: Any
    label: Any
    before: Any
    after: Any
    reason: str
    record: TransitionRecord

    @property
    def title(self) -> str:
        """The thing and what it became, `Report: accepted`; a step that leaves the state as it was is named itself."""
        what = self.label if self.record.before == self.record.after else self.after
        return _("%(thing)s: %(what)s") % {"thing": capfirst(str(self.thing)), "what": what}


def history_of(case_id: int, *, with_reasons: bool, labels: Sequence[str] | None = None) -> list[Happening]:
    """The steps of a case, newest first, in words; reasons only for those who may read them. Two queries at most.

    labels: only steps of these kinds of things, for readers who may not know of the others.
    """
    records = TransitionRecord.objects.filter(case_id=case_id).select_related("actor", "reason").order_by("-seq")
    if labels is not None:
        records = records.filter(subject_label__in=labels)
    happenings = []
    for record in records:
        machine = machine_by_key(record.subject_label)
        if machine is None:
            continue
        step = machine.steps.get(record.transition)
        reason = getattr(record, "reason", None) if with_reasons else None
        happenings.append(
            Happening(
                at=record.at,
                actor=str(record.actor) if record.actor else "",
                thing=machine.label,
                label=step.spec.label if step else "",
                before=machine.states[record.before].label if record.before in machine.states else "",
                after=machine.states[record.after].label if record.after in machine.states else "",
                reason=reason.text if reason else "",
                record=record,
            )
        )
    return happenings
