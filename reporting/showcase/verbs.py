"""What the policy table says about public facts, and where these pages are led to from."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.calls.models import Call
from grants.calls.pages import ACTIONS
from reporting.pictures.sources import register_kind
from reporting.showcase import permissions as may
from reporting.showcase import places, project_page
from reporting.showcase.selectors import calls_with_results, funded_projects
from workflows.navigation import everybody, register_nav, strangers
from workflows.policy import register_verb
from workflows.policy_table import register_total
from workflows.registry import contribute

register_verb(
    "project.read_public",
    gettext_lazy("read the public page of a funded project"),
    model="grants.project",
    can=may.can_read_funded,
    visible_to=funded_projects,
)
register_verb(
    "call.read_results",
    gettext_lazy("read the results of a call"),
    model="grants.call",
    can=may.can_read_results,
    visible_to=calls_with_results,
)
register_total(
    "showcase",
    gettext_lazy("Public pages of what was funded"),
    gettext_lazy("announced awards and the counts of a call's results, as everybody reads them"),
)


def results_action(call: Call, user: Any) -> dict[str, str] | None:
    """On the public page of a call: the way to its results, once there are any."""
    if not may.can_read_results(user, call):
        return None
    return {"label": _("See the results"), "url": reverse("showcase:results", args=[call.code])}


contribute(ACTIONS, results_action, order=90)
register_kind(places.KIND, places.picture)
register_kind(project_page.KIND, project_page.picture)
register_nav(
    "funded", gettext_lazy("What was funded"), "showcase:list", visible=everybody, order=35, first_for=strangers
)
