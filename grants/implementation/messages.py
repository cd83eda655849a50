"""What grantees are told during implementation."""

from django.utils.translation import gettext_lazy as _

from workflows.messages import register_message

register_message(
    "report_returned", _("A report is returned"),
    _("When a coordinator returns a report, to whoever submitted it."), "reports", for_team=True,
)  # fmt: skip
register_message(
    "report_accepted", _("A report is accepted"),
    _("When a coordinator accepts a report, to whoever submitted it."), "reports", for_team=True,
)  # fmt: skip
register_message(
    "payment_paid", _("A payment has left"),
    _("When finance records a payment, to the administrators of the grantee."), "payments", for_team=True,
)  # fmt: skip
