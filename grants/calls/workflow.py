"""What the states of a call mean: their words, and the work that each asks of whom."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.accounts.states import Role
from grants.calls.models import Call
from grants.calls.selectors import calls_visible_to_staff
from grants.calls.states import CallState, DateKey
from workflows.registry import Due, Machine, State, Work, register_machine

S = CallState
COORDINATORS = f"role:{Role.COORDINATOR}"
HEADS = f"role:{Role.HEAD}"


def planned(call: Call, key: str) -> Any:
    """The moment at which a date of the call's timetable is over, or None where the call has no such date."""
    return next((date.ends_at for date in call.dates.all() if date.key == key), None)


def due(key: str, kind: str) -> Due:
    """Work that is due by a date of the call's timetable."""
    return Due(at=lambda call: planned(call, key), kind=kind, time_zone=lambda call: call.time_zone)


def work(kind: str, title: Any, audience: str = COORDINATORS, due: Due | None = None) -> Work:
    """Work on a call, done from its page."""
    return Work(kind=kind, title=title, audience=lambda call: [audience], url=Call.get_manage_url, due=due)


register_machine(
    Machine(
        model=Call,
        field="state",
        label=_("call"),
        visible_to=calls_visible_to_staff,
        urls={"extend": lambda call: reverse("calls:extend", args=[call.code])},
        states={
            S.DRAFT: State(
                label=pgettext_lazy("call", "draft"), work=[work("call_prepare", _("Prepare and schedule the call"))]
            ),
            S.SCHEDULED: State(label=pgettext_lazy("call", "scheduled"), public=pgettext_lazy("call", "opens soon")),
            S.OPEN: State(
                label=pgettext_lazy("call", "open"), public=pgettext_lazy("call", "applications are accepted")
            ),
            S.SUSPENDED: State(
                label=pgettext_lazy("call", "suspended"), work=[work("call_resume", _("Resume the suspended call"))]
            ),
            S.CLOSED: State(
                label=pgettext_lazy("call", "closed"),
                public=pgettext_lazy("call", "applications are being assessed"),
                work=[
                    work(
                        "call_assess",
                        _("Check and assess the applications"),
                        due=due(DateKey.EVALUATION_UNTIL, "call_evaluation"),
                    )
                ],
            ),
            S.DECIDING: State(
                label=pgettext_lazy("call", "being decided"),
                work=[
                    work(
                        "call_decide", _("Decide on the applications"), HEADS, due(DateKey.DECISION_BY, "call_decision")
                    )
                ],
            ),
            S.DECIDED: State(label=pgettext_lazy("call", "decided")),
            S.ARCHIVED: State(label=pgettext_lazy("call", "archived"), final=True),
            S.CANCELLED: State(label=pgettext_lazy("call", "cancelled"), final=True),
        },
    )
)
