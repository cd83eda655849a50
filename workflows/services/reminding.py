"""Sending reminders: each minute the database is asked what is due; whoever settles a rung sends it.

One rule for every case of lateness: of the rungs of a deadline whose time has come, only the newest is sent, and only
while it has its reason; the others are settled unsent. A timer that was dead for a day thus sends one reminder per
deadline, and none about what was done, paused, moved or is over.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from workflows import clock, policy
from workflows.exceptions import Refused
from workflows.ladders import deadline_label
from workflows.models import Deadline, Reminder, Rung
from workflows.services.log import locked_case
from workflows.services.messages import queue_message
from workflows.services.rungs import has_reason, is_quiet

logger = logging.getLogger(__name__)
Outcome = Rung.Outcome
ESCALATE_AFTER = 7
ESCALATE_TO = "role:coordinator"
"""A rung so many days after the due day goes to coordinators as well."""
AT_ONCE = 500


def remind() -> int:
    """Send what is due now; answers how many rungs were sent. A fault in one deadline does not hold up the others."""
    now = clock.now()
    # By the deadline's key, not by a join: the database would join the rungs with themselves to change them.
    closed = Deadline.objects.filter(closed_at__isnull=False).order_by()
    Rung.objects.filter(settled_at__isnull=True, deadline__in=closed).update(settled_at=now, outcome=Outcome.CLOSED)
    due = Rung.objects.filter(
        settled_at__isnull=True, send_at__lte=now, deadline__closed_at__isnull=True, deadline__paused_at__isnull=True
    )
    sent = 0
    for deadline_id in sorted(set(due.order_by("send_at").values_list("deadline_id", flat=True)[:AT_ONCE])):
        try:
            with transaction.atomic():
                sent += _remind_of(deadline_id, now)
        except Exception:
            logger.exception("the reminders of deadline %s could not be made", deadline_id)
    return sent


def _remind_of(deadline_id: int, now: datetime) -> bool:
    """Settle the due rungs of one deadline under its lock; answers whether one was sent.

    The case is locked first, as everywhere: a step that is being taken is waited for, and its deadline then closed.
    """
    locked_case(Deadline.objects.values_list("case_id", flat=True).get(pk=deadline_id))
    deadline = Deadline.objects.select_for_update(of=("self",)).select_related("case").get(pk=deadline_id)
    if deadline.closed_at is not None or deadline.paused_at is not None:
        return False
    rungs = list(Rung.objects.filter(deadline=deadline, settled_at__isnull=True, send_at__lte=now).order_by("send_at"))
    for rung in rungs[:-1]:
        _settle(rung, Outcome.OVERTAKEN, now)
    if not rungs:
        return False
    newest = rungs[-1]
    if not has_reason(newest.days, deadline.due_at, now):
        _settle(newest, Outcome.POINTLESS, now)
        return False
    if is_quiet(now, deadline.time_zone):
        return False
    _settle(newest, Outcome.SENT, now)
    if not _send(deadline, newest, now):
        Rung.objects.filter(pk=newest.pk).update(outcome=Outcome.NOBODY)
        return False
    return True


def _settle(rung: Rung, outcome: str, now: datetime) -> None:
    """Settle a rung that was read under the case's lock: of two timers the second finds it settled."""
    Rung.objects.filter(pk=rung.pk).update(settled_at=now, outcome=outcome)


def _send(deadline: Deadline, rung: Rung, now: datetime) -> int:
    audiences = [deadline.audience]
    if rung.days >= ESCALATE_AFTER and deadline.audience != ESCALATE_TO:
        audiences.append(ESCALATE_TO)
    reminded: set[int] = set()
    for audience in audiences:
        for person in policy.people_in(audience, deadline.case_id).exclude(pk__in=reminded).order_by("pk"):
            try:
                message = queue_message(
                    kind=kind_for(audience),
                    to=person,
                    case=deadline.case,
                    context=words_of(deadline, rung),
                    dedupe=f"reminder:{rung.pk}:{person.pk}",
                )
            except Refused as refusal:  # one impossible address must not keep the rest of a team from hearing of it
                logger.warning("person %s cannot be reminded of deadline %s: %s", person.pk, deadline.pk, refusal)
                continue
            reminded.add(person.pk)
            Reminder.objects.create(deadline=deadline, rung=rung, recipient=person, message=message, created_at=now)
    return len(reminded)


def kind_for(audience: str) -> str:
    """Reminders to an applicant's team are a kind of their own: an exclusion does not hold them back."""
    return "reminder" if policy.is_for_funder(audience) else "reminder_team"


def words_of(deadline: Deadline, rung: Rung) -> dict[str, Any]:
    """What the reminder's template is told."""
    return {
        "title": deadline_label(deadline.kind),
        "deadline": deadline,
        "days": rung.days,
        "is_late": rung.days > 0,
        "url": settings.SITE_URL.rstrip("/") + deadline.url if deadline.url else "",
    }


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder that will leave unless its reason goes."""

    rung: Rung
    title: Any
    days: int


def coming_reminders(user: Any, now: datetime, within: timedelta = timedelta(days=30)) -> list[Coming]:
    """The reminders of the next days for cases that a person may see for the funder, soonest first; 200 at most."""
    rungs = Rung.objects.filter(
        settled_at__isnull=True, send_at__lte=now + within, deadline__closed_at__isnull=True,
        deadline__paused_at__isnull=True,
    )  # fmt: skip
    rungs = policy.without_excluded(rungs, user, case="deadline__case")
    rows = rungs.select_related("deadline__case").order_by("send_at", "pk")[:200]
    return [Coming(rung, deadline_label(rung.deadline.kind), rung.days) for rung in rows]
