"""What money registers with the frame of every page."""

from django.utils.translation import gettext_lazy as _

from grants.accounts.permissions import holds
from grants.accounts.states import Role
from grants.money.permissions import can_view_money
from workflows.navigation import register_nav

register_nav(
    "money",
    _("Money"),
    "money:overview",
    visible=can_view_money,
    order=60,
    first_for=holds(Role.FINANCE, Role.HEAD, Role.AUDITOR),
)
