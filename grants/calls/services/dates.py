"""Moving the dates of a call: always with a reason, always in order, and never behind anybody's back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grants.calls.models import Call, CallDate
from grants.calls.states import BEGUN_STATES, CallState, DateKey
from grants.calls.timetable import out_of_order
from grants.calls.zones import day_ends, local_date
from workflows import clock
from workflows.exceptions import Blocked, Refused
from workflows.models import TransitionRecord
from workflows.obstacles import Obstacle
from workflows.services import perform
from workflows.services.log import locked_case
from workflows.zones import add_local_days

COLUMNS = {DateKey.PUBLISHED: "published_at", DateKey.OPENS: "opens_at", DateKey.CLOSES: "closes_at"}


def change_dates(
    *, call: Call, moved: Mapping[str, datetime], by: Any, note: str, key: str | None = None
) -> TransitionRecord:
    """Move dates of the timetable, given by key as aware instants (a whole day by its beginning), with the reason.

    Raises Blocked where the order would break, a moved time lies in the past, or what has happened would be moved.
    The same key again gives the first answer.
    """
    with clock.reading(), transaction.atomic():
        _lock(call)
        if _was_done(call, "change_dates", key):
            return perform(call, "change_dates", by=by, note=note, key=key)
        dates = _timetable(call)
        changed = {k: at for k, at in moved.items() if k in dates and at != dates[k].planned_at}
        if not changed:
            raise Refused(_("None of the dates is different."))
        obstacles = [*_unmovable(call, dates, changed), *_disorder(dates, changed)]
        if obstacles:
            raise Blocked(obstacles)
        columns: dict[str, Any] = {COLUMNS[DateKey(k)]: at for k, at in changed.items() if k in COLUMNS}
        log = {k: {"from": dates[k].planned_at, "to": at} for k, at in changed.items()}
        record = perform(call, "change_dates", by=by, note=note, key=key, moved=log, **columns)
        _store(dates, changed)
    return record


def extend_call(
    *, call: Call, closes_at: datetime, by: Any, note: str, shift_following: bool = True, key: str | None = None
) -> TransitionRecord:
    """Open a closed call once more until `closes_at` (aware); the dates after it move by as many days where asked.

    Raises Blocked where the new time is not later, or the following dates would be out of order. The same key again
    gives the first answer.
    """
    with clock.reading(), transaction.atomic():
        _lock(call)
        if _was_done(call, "extend", key):
            return perform(call, "extend", by=by, note=note, key=key)
        dates = _timetable(call)
        changed = {str(DateKey.CLOSES): closes_at, **(following(dates, closes_at) if shift_following else {})}
        obstacles = _disorder(dates, changed)
        if obstacles:
            raise Blocked(obstacles)
        record = perform(call, "extend", by=by, note=note, key=key, closes_at=closes_at)
        _store(dates, changed)
    return record


def following(dates: Mapping[str, CallDate], closes_at: datetime) -> dict[str, datetime]:
    """The dates after the deadline, each later by as many whole days as the deadline moves, rounded up."""
    closes = dates[DateKey.CLOSES]
    days = -((closes.planned_at - closes_at) // timedelta(days=1))
    later = [date for date in dates.values() if date.planned_at > closes.planned_at]
    return {one.key: add_local_days(one.planned_at, days, one.call.time_zone) for one in later} if days > 0 else {}


def _lock(call: Call) -> None:
    """Read the clock, wait for whoever moves this call now, then look at it and its dates as they left it."""
    clock.now()
    locked_case(call.case_id)
    call.refresh_from_db()


def _was_done(call: Call, step: str, key: str | None) -> bool:
    """Whether this press of the button has moved the dates already."""
    done = TransitionRecord.objects.filter(subject_label=call.subject_label, subject_id=call.pk, transition=step)
    return key is not None and done.filter(key=key).exists()


def _timetable(call: Call) -> dict[str, CallDate]:
    return {date.key: date for date in CallDate.objects.filter(call=call).select_related("call")}


def _store(dates: Mapping[str, CallDate], changed: Mapping[str, datetime]) -> None:
    for name, at in changed.items():
        dates[name].planned_at = at
    CallDate.objects.bulk_update([dates[name] for name in changed], ["planned_at"])


def _unmovable(call: Call, dates: Mapping[str, CallDate], changed: Mapping[str, datetime]) -> list[Obstacle]:
    """What has happened stays; what is to come lies ahead; a closed call is opened only by an extension."""
    now, found = clock.now(), []
    begun = call.state in BEGUN_STATES
    for name, at in changed.items():
        label = dates[name].label
        if name == DateKey.CLOSES and call.state in (CallState.CLOSED, CallState.DECIDING):
            found.append(Obstacle("closed", _("The call is closed. Extend the deadline instead.")))
        elif dates[name].actual_at is not None or (begun and name in (DateKey.PUBLISHED, DateKey.OPENS)):
            found.append(Obstacle("happened", _("“%(date)s” has happened and stays.") % {"date": label}))
        elif call.state != CallState.DRAFT and name in COLUMNS and at <= now:
            found.append(Obstacle("in_the_past", _("“%(date)s” must lie ahead.") % {"date": label}))
    return found


def _disorder(dates: Mapping[str, CallDate], changed: Mapping[str, datetime]) -> list[Obstacle]:
    spans = {}
    for name, date in dates.items():
        begins = changed.get(name, date.planned_at)
        zone = date.call.time_zone
        spans[name] = (begins, day_ends(local_date(begins, zone), zone) if date.whole_day else begins)
    pairs = out_of_order(spans)
    if not pairs and spans[DateKey.CLOSES][0] == spans[DateKey.OPENS][0]:
        pairs = [(str(DateKey.OPENS), str(DateKey.CLOSES))]
    return [
        Obstacle(
            "dates_out_of_order",
            _("“%(later)s” would come before “%(earlier)s”.")
            % {"later": dates[later].label, "earlier": dates[earlier].label},
        )
        for earlier, later in pairs
    ]
