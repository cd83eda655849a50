"""The engine's own kinds of messages and work."""

from django.utils.translation import gettext_lazy as _

from workflows import delivery_policy
from workflows.messages import register_message
from workflows.navigation import register_foot, register_nav
from workflows.registry import Work, register_work
from workflows.services.messages import ACCOUNT
from workflows.services.sending import DEAD_WORK

REMINDER = _("Reminder of a deadline")
WHEN_REMINDED = _("On the days of the deadline's ladder, until what is due is done.")

register_message(
    ACCOUNT, _("Sign-in and account"), _("When an account is opened, entered or changed."), "account", template=""
)
register_message("reminder", REMINDER, WHEN_REMINDED, "reminders")
register_message("reminder_team", REMINDER, WHEN_REMINDED, "reminders", for_team=True, template="reminder")
register_work(
    Work(
        kind=DEAD_WORK,
        title=_("Mend a message that could not be sent"),
        audience=lambda message: ["role:coordinator"],
        why=_("A message of this case could not be delivered, so somebody does not know what they should."),
    )
)
register_nav("messages", _("Messages"), "workflows:messages", visible=delivery_policy.reads_all_messages, order=90)
register_foot("policy", _("Who sees what"), "workflows:policy", order=30)
