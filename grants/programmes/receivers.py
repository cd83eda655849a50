"""What programmes register with the frame of every page."""

from django.utils.translation import gettext_lazy as _

from grants.programmes.permissions import can_view_programmes
from workflows.navigation import register_nav

register_nav("programmes", _("Plan"), "programmes:programmes", visible=can_view_programmes, order=65)
