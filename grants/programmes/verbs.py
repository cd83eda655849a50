"""What the policy table says about programmes and the strategy plan."""

from django.utils.translation import gettext_lazy as _

from grants.programmes.permissions import (
    can_import_strategy,
    can_manage_programmes,
    can_view_programme,
    can_view_programmes,
)
from grants.programmes.selectors import plans_visible_to, programmes_visible_to, uploads_visible_to
from workflows.policy import register_verb
from workflows.policy_table import register_situations

for kind in ("programme", "strategyplan", "strategyupload"):
    register_situations(kind, {"any": _("any")})
register_verb(
    "programme.view",
    _("see a programme"),
    model="grants.programme",
    can=can_view_programme,
    visible_to=programmes_visible_to,
)
register_verb("programme.manage", _("begin a programme"), model="grants.programme", can=can_manage_programmes)
register_verb(
    "strategyplan.view",
    _("see the strategy plan"),
    model="grants.strategyplan",
    can=can_view_programmes,
    visible_to=plans_visible_to,
)
register_verb(
    "strategyupload.import",
    _("import the strategy plan"),
    model="grants.strategyupload",
    can=can_import_strategy,
    visible_to=uploads_visible_to,
)
