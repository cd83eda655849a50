"""What the policy table says about calls."""

from django.utils.translation import gettext_lazy as _

from grants.accounts.states import Role
from grants.calls.permissions import (
    can_cancel_call,
    can_change_dates,
    can_load_calls,
    can_manage_call,
    can_view_call,
    can_view_call_as_staff,
)
from grants.calls.selectors import calls_visible_to, calls_visible_to_staff
from workflows.policy import people_with, register_verb
from workflows.policy_table import register_situations

register_situations("call", {"draft": _("draft"), "published": _("published")})
register_verb("call.view", _("read a call"), model="grants.call", can=can_view_call, visible_to=calls_visible_to)
register_verb(
    "call.work",
    _("see the working side of a call"),
    model="grants.call",
    can=can_view_call_as_staff,
    visible_to=calls_visible_to_staff,
)
register_verb("call.load", _("bring in a call"), model="grants.call", can=can_load_calls)
register_verb(
    "call.manage",
    _("schedule, open, suspend, close and archive a call"),
    model="grants.call",
    can=can_manage_call,
    who_may=lambda call: people_with(call.case_id, f"role:{Role.COORDINATOR}", f"role:{Role.HEAD}"),
)
register_verb("call.change_dates", _("move the dates of a call"), model="grants.call", can=can_change_dates)
register_verb(
    "call.cancel",
    _("cancel a call"),
    model="grants.call",
    can=can_cancel_call,
    who_may=lambda call: people_with(call.case_id, f"role:{Role.HEAD}"),
)
