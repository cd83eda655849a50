"""What follows from a call's steps: its timetable remembers when each date really came. And its place in the menu."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from grants.accounts.permissions import holds
from grants.accounts.states import Role
from grants.calls.models import Call, CallDate
from grants.calls.states import DateKey
from workflows.navigation import register_nav
from workflows.signals import transitioned

register_nav("calls", _("Calls"), "calls:list", order=20, first_for=holds(Role.COORDINATOR, Role.HEAD))

CAME_WITH = {
    "open": DateKey.OPENS,
    "close": DateKey.CLOSES,
    "begin_deciding": DateKey.EVALUATION_UNTIL,
    "decide": DateKey.DECISION_BY,
}
UNDONE_BY = {"extend": DateKey.CLOSES}


@receiver(transitioned, sender=Call, dispatch_uid="calls.timetable")
def remember_when_it_came(sender: Any, obj: Call, record: Any, **kwargs: Any) -> None:
    """Write down the moment in the timetable, or take it back where the step undoes it."""
    if record.transition in CAME_WITH:
        CallDate.objects.filter(call=obj, key=CAME_WITH[record.transition]).update(actual_at=record.at)
    elif record.transition in UNDONE_BY:
        CallDate.objects.filter(call=obj, key=UNDONE_BY[record.transition]).update(actual_at=None)
