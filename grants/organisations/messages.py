"""The messages about members of organisations."""

from django.utils.translation import gettext_lazy as _

from workflows.messages import register_message

register_message(
    "organisation_invitation",
    _("invitation to act for an organisation"),
    _("Sent to the address that an administrator of the organisation has named."),
    "organisations",
    for_team=True,
)
register_message(
    "organisation_helped",
    _("an administrator is invited by the funder"),
    _("Sent to the members of an organisation without administrators when the funder's administrator invites one."),
    "organisations",
    for_team=True,
)
register_message(
    "claim_decided",
    _("answer to a request to join"),
    _("Sent to who asked to act for an organisation, when it is decided."),
    "organisations",
    for_team=True,
)
register_message(
    "member_joined",
    _("a new member of the organisation"),
    _("Sent to the administrators of an organisation when somebody joins it without their invitation."),
    "organisations",
    for_team=True,
)
