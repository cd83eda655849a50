"""Rungs: the moments at which a deadline is recalled, made when it is set and made anew when it moves."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from workflows import statements
from workflows.ladders import default_rungs
from workflows.models import Deadline, ReminderLadder, Rung
from workflows.zones import near_utc, zone_of

HOUR = time(9)
"""Reminders leave at nine in the deadline's zone."""
QUIET_FROM, QUIET_UNTIL = time(20), time(8)
LATE = timedelta(days=1)
"""A rung whose time is past when the deadline is set is still made where it is the newest and less than this old."""


class Planned(NamedTuple):
    """One moment of a ladder."""

    days: int
    send_at: datetime


def rungs_of(kind: str) -> tuple[int, ...]:
    """The ladder in force for a kind: the database's row, else the code's default."""
    row = ReminderLadder.objects.filter(kind=kind).values_list("rungs", flat=True).first()
    return default_rungs(kind) if row is None else tuple(sorted({int(day) for day in row}))


def moment_of(due_at: datetime, days: int, zone: str) -> datetime:
    """When a rung is sent: at nine on its day; where that is not before the due moment, at nine the day before."""
    day = due_at.astimezone(zone_of(zone)).date() + timedelta(days=days)
    moment = near_utc(datetime.combine(day, HOUR), zone)
    if days <= 0 and moment >= due_at:
        moment = near_utc(datetime.combine(day - timedelta(days=1), HOUR), zone)
    return moment


def is_quiet(moment: datetime, zone: str) -> bool:
    """Whether people are left in peace at that moment: from 20:00 to 08:00 in the zone."""
    local = moment.astimezone(zone_of(zone)).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def has_reason(days: int, due_at: datetime, now: datetime) -> bool:
    """Whether a rung still tells something true: one up to the due day only before the due moment."""
    return days > 0 or now < due_at


def plan(kind: str, due_at: datetime, zone: str, now: datetime) -> list[Planned]:
    """The moments that a deadline set now will have, in order: a page can show them before anything is changed."""
    return planned(rungs_of(kind), due_at, zone, now)


def planned(ladder: Iterable[int], due_at: datetime, zone: str, now: datetime) -> list[Planned]:
    """The moments of a ladder (days before or after the due moment).

    Of those already past only the newest stays, where it is less than a day old and has not lost its reason.
    """
    moments = sorted((Planned(days, moment_of(due_at, days, zone)) for days in ladder), key=lambda one: one.send_at)
    past = [one for one in moments if one.send_at <= now]
    kept = [one for one in past[-1:] if now - one.send_at < LATE and has_reason(one.days, due_at, now)]
    return kept + [one for one in moments if one.send_at > now]


def renew_rungs(deadline: Deadline, now: datetime) -> list[Rung]:
    """Make the rungs of a deadline for its present due moment; unsent rungs of an earlier one go, sent ones stay.

    A rung of the same day that has been sent within the last day is not sent again because the deadline moved a little.
    """
    there = Rung.objects.filter(deadline=deadline).values_list("pk", "days", "due_at", "settled_at", "outcome")
    rows = list(there)
    if gone := [pk for pk, _days, due, settled, _how in rows if settled is None and due != deadline.due_at]:
        Rung.objects.filter(pk__in=gone).delete()
    sent = {days for _pk, days, _due, at, how in rows if how == Rung.Outcome.SENT and at and at > now - LATE}
    rungs = [
        Rung(deadline=deadline, days=one.days, due_at=deadline.due_at, send_at=one.send_at)
        for one in plan(deadline.kind, deadline.due_at, deadline.time_zone, now)
        if one.send_at > now or one.days not in sent
    ]
    return Rung.objects.bulk_create(rungs, ignore_conflicts=True)


def make_rungs(deadlines: Sequence[Deadline], now: datetime) -> None:
    """Make the rungs of deadlines that have just been set and so have none yet."""
    ladders = {kind: rungs_of(kind) for kind in {deadline.kind for deadline in deadlines}}
    rungs = [
        Rung(deadline=deadline, days=one.days, due_at=deadline.due_at, send_at=one.send_at)
        for deadline in deadlines
        for one in planned(ladders[deadline.kind], deadline.due_at, deadline.time_zone, now)
    ]
    if rungs:
        statements.insert(*rungs)
