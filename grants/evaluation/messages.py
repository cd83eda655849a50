"""What grantees are told about their measurements."""

from django.utils.translation import gettext_lazy as _

from workflows.messages import register_message

register_message(
    "measurement_returned", _("A measurement is returned"),
    _("When a coordinator returns a measured value, to whoever handed it in."), "reports", for_team=True,
)  # fmt: skip
