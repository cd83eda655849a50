"""What the machine will do and what it could not do: letters to leave, letters and jobs that failed."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reporting.homes.deadlines import WEEK
from reporting.homes.parts import Number, shown
from workflows.delivery_policy import jobs_visible_to, messages_visible_to
from workflows.models import Job, Message
from workflows.models.reminders import Rung
from workflows.policy import without_excluded

LEAVING = Q(state__in=[Message.State.QUEUED, Message.State.SENDING, Message.State.FAILED])


def reminders_of_week(user: Any, now: datetime) -> QuerySet[Rung]:
    """The reminders that leave by themselves within seven days, of cases that the person is not kept away from."""
    coming = Rung.objects.filter(
        settled_at__isnull=True, send_at__lte=now + WEEK, deadline__closed_at__isnull=True,
        deadline__paused_at__isnull=True,
    )  # fmt: skip
    return without_excluded(coming, user, case="deadline__case")


def failed_jobs(user: Any) -> QuerySet[Job]:
    """Jobs that ended in an error."""
    return jobs_visible_to(user).filter(state=Job.State.FAILED)


def things(user: Any, now: datetime) -> dict[str, QuerySet[Any]]:
    """What `counting.counted` is asked for this block."""
    letters = messages_visible_to(user)
    return {
        "reminders": reminders_of_week(user, now),
        "leaving": letters.filter(LEAVING),
        "dead": letters.filter(state=Message.State.DEAD),
        "jobs": failed_jobs(user),
    }


def system(counts: dict[str, int]) -> dict[str, Any]:
    """The numbers of the block; that nothing failed is worth a line, too."""
    messages = reverse("workflows:messages")
    numbers = [
        Number(counts["reminders"], _("reminders that leave by themselves in seven days"), reverse("reminders")),
        Number(counts["leaving"], _("letters waiting to leave"), f"{messages}?show=leaving"),
        Number(counts["dead"], _("letters that could not be delivered"), f"{messages}?show=stuck", warn=True),
        Number(counts["jobs"], _("jobs that failed"), f"{reverse('jobs')}?state=failed", warn=True),
    ]
    return {"numbers": shown(numbers), "well": not counts["dead"] and not counts["jobs"]}
