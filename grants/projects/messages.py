"""The messages of projects."""

from django.utils.translation import gettext_lazy as _

from workflows.messages import register_message

CALL_CHANGED = "call_changed"

register_message(
    CALL_CHANGED,
    _("A call has changed"),
    _("Sent to the team of every draft and application of a call whose dates move, or which stops or goes on."),
    "calls",
    for_team=True,
)
