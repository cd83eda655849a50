"""The queue at the top: what needs this reader now, by consequence and date, things of one kind gathered in one line.

The place of a line: days until it is due (late: less than nought; without a date: as if due in a month), made nearer by
a week for each degree of consequence. So a payment that fails stands above a milestone due the same day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.homes.consequence import VERBS, weight
from workflows.models import WorkItem
from workflows.registry import work_kind
from workflows.selectors import my_work

SHOWN = 6
SINGLY = 4
"""So many things of one kind stand singly; more of them are gathered in one line."""

WITHOUT_DATE = timedelta(days=30)
DEGREE = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One line: a thing to do, or `count` things of one kind, as the queue component shows it."""

    title: Any
    why: Any
    url: str
    action: Any
    count: int = 1
    case: Any = None
    due_at: datetime | None = None
    zone: str | None = None


@dataclass(frozen=True)
class Queue:
    """The lines that stand on the page, how many things they and the rest are, and where all of them are."""

    lines: list[Line]
    total: int
    url: str

    @property
    def left(self) -> bool:
        """Whether more waits than the page shows."""
        return self.total > sum(line.count for line in self.lines)


def queue_for(user: Any, now: datetime, audiences: Sequence[str] | None = None) -> Queue:
    """What waits for the person, of these audiences only where they are named. One query."""
    waiting = my_work(user) if audiences is None else my_work(user).filter(audience__in=list(audiences))
    items: list[Any] = sorted(_with_places(waiting), key=lambda item: _place(item, now))
    firsts = [_line(item) for item in items if item.place == 1 or item.of_kind <= SINGLY]
    total = items[0].in_all if items else 0
    return Queue(firsts[:SHOWN], total, _all(audiences))


def _all(audiences: Sequence[str] | None) -> str:
    narrowed = f"?{urlencode({'for': list(audiences)}, doseq=True)}" if audiences else ""
    return reverse("workflows:my_work") + narrowed


def _with_places(waiting: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """The first few of each kind with `of_kind` and `in_all`; one where the kind has too many to stand singly."""
    order = [F("due_at").asc(nulls_last=True), F("opened_at").asc(), F("pk").asc()]
    numbered = waiting.annotate(
        weight=weight(), of_kind=Window(Count("pk"), partition_by=[F("kind")]), in_all=Window(Count("pk")),
        place=Window(RowNumber(), partition_by=[F("kind")], order_by=order),
    )  # fmt: skip
    return numbered.filter(place__lte=SINGLY)


def _place(item: Any, now: datetime) -> tuple[datetime, datetime, int]:
    due = item.due_at or now + WITHOUT_DATE
    return due - item.weight * DEGREE, item.opened_at, item.pk


def _line(item: Any) -> Line:
    kind = work_kind(item.kind)
    title, why = (kind.title, kind.why) if kind else (item.kind, "")
    if item.of_kind <= SINGLY:
        return Line(title, why, item.url, VERBS.get(item.kind, ""), case=item.case, due_at=item.due_at)
    counted = ngettext("%(n)d thing of this kind", "%(n)d things of this kind", item.of_kind) % {"n": item.of_kind}
    why = _("%(counted)s, the nearest: %(case)s") % {"counted": counted, "case": item.case.number}
    url = f"{reverse('workflows:my_work')}?{urlencode({'kind': item.kind})}"
    return Line(title, why, url, _("See all"), item.of_kind, due_at=item.due_at)
