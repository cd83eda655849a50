"""The messages that applications send; their words are in templates/emails/."""

from django.utils.translation import gettext_lazy as _

from workflows.messages import register_message

SUBMITTED = "application_submitted"
REOPENED = "application_reopened"
WITHDRAWN = "application_withdrawn"
INELIGIBLE = "application_ineligible"
CLARIFICATION_ASKED = "clarification_asked"
CLARIFICATION_ANSWERED = "clarification_answered"
CLARIFICATION_EXPIRED = "clarification_expired"

TOPIC = "applications"

register_message(
    SUBMITTED, _("Receipt of an application"), _("To the whole team, when their application has been received."), TOPIC,
    for_team=True,
)  # fmt: skip
register_message(
    REOPENED, _("Application reopened"), _("To the whole team, when someone of it takes the application back to edit."),
    TOPIC, for_team=True,
)  # fmt: skip
register_message(
    WITHDRAWN, _("Application withdrawn"), _("To the whole team, when their application has been withdrawn."), TOPIC,
    for_team=True,
)  # fmt: skip
register_message(
    INELIGIBLE, _("Application not eligible"), _("To the whole team, with the rule and the reason."), TOPIC,
    for_team=True,
)  # fmt: skip
register_message(
    CLARIFICATION_ASKED, _("Clarification asked"), _("To the whole team, with what to clarify and by when."), TOPIC,
    for_team=True,
)  # fmt: skip
register_message(
    CLARIFICATION_ANSWERED, _("Clarification answered"), _("To whoever asked, when the team has answered."), TOPIC,
)  # fmt: skip
register_message(
    CLARIFICATION_EXPIRED, _("Clarification not answered in time"), _("To whoever asked, when the day has passed."),
    TOPIC,
)  # fmt: skip
