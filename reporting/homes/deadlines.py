"""What falls due: for coordinators and the head in every case that they may follow, for others what is theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from workflows.formatting import day_and_clock
from workflows.ladders import deadline_label
from workflows.models import Deadline
from workflows.policy import visible_audiences, without_excluded

WEEK = timedelta(days=7)
SHOWN = 7
MOST = 500
"""So many deadlines of a week are read at most; beyond that the block says that there are more."""


@dataclass(frozen=True)
class Day:
    """What of one kind falls due on one day: how many, in which case if it is one, and where they are listed."""

    at: date | datetime
    title: Any
    note: str
    url: str
    count: int
    state: str = ""


def deadlines_visible_to(user: Any) -> QuerySet[Deadline]:
    """Open deadlines whose clock runs: for coordinators and the head all of cases they are not kept away from."""
    running = Deadline.objects.filter(closed_at__isnull=True, paused_at__isnull=True)
    if has_role(user, Role.COORDINATOR, Role.HEAD):
        return without_excluded(running, user) | running.filter(visible_audiences(user))
    return running.filter(visible_audiences(user))


def zone() -> ZoneInfo:
    """The zone in which the days of a week are told: that of the programme."""
    return ZoneInfo(settings.TIME_ZONE)


def day_of(moment: datetime) -> date:
    """The day to which a deadline belongs: what is due at midnight is due on the day that ends then."""
    return day_and_clock(moment.astimezone(zone()))[0]


def week(user: Any, now: datetime) -> dict[str, Any] | None:
    """The days of the next week with what falls due, things of one kind and day in one line. One query."""
    due = deadlines_visible_to(user).filter(due_at__gte=now, due_at__lte=now + WEEK)
    found = list(due.select_related("case").order_by("due_at", "pk")[:MOST])
    if not found:
        return None
    days = list(_days(found, day_of(now)))
    return {"days": days[:SHOWN], "total": len(found), "url": f"{reverse('deadlines')}?within=7"}


def _days(found: Iterable[Deadline], today: date) -> Iterable[Day]:
    groups: dict[tuple[date, str], list[Deadline]] = {}
    for one in found:
        groups.setdefault((day_of(one.due_at), one.kind), []).append(one)
    for (day, kind), of_kind in groups.items():
        single = of_kind[0] if len(of_kind) == 1 else None
        note = str(single.case) if single else ""
        url = f"{reverse('deadlines')}?{urlencode({'kind': kind, 'day': day.isoformat()})}"
        yield Day(day, deadline_label(kind), note, url, len(of_kind), "now" if day == today else "")
