"""What the policy table says about impact reports."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.accounts.states import Role
from reporting.impact import permissions as may
from reporting.impact.selectors import reports_visible_to
from reporting.impact.states import ReportState
from workflows.policy import people_with, register_verb
from workflows.policy_table import register_situations

REPORT = "reporting.impactreport"


def publishers(report: Any) -> list[str]:
    """Audiences who may publish: what the head took back, only the head."""
    roles = (Role.HEAD,) if report.state == ReportState.WITHDRAWN else (Role.COORDINATOR, Role.HEAD)
    return [f"role:{role}" for role in roles]


register_situations(
    "impactreport",
    {
        "requested": _("of a project, not assembled yet"),
        "assembled": _("of a project, not published"),
        "published": _("of a project, published"),
    },
)
register_verb(
    "impactreport.view",
    _("read an impact report"),
    model=REPORT,
    can=may.can_view_report,
    visible_to=reports_visible_to,
)
register_verb("project.request_report", _("ask for an impact report"), model="grants.project", can=may.can_request)
register_verb(
    "impactreport.publish",
    _("publish an impact report"),
    model=REPORT,
    can=may.can_publish,
    who_may=lambda report: people_with(report.case_id, *publishers(report)),
)
register_verb(
    "impactreport.withdraw",
    _("take a published impact report back"),
    model=REPORT,
    can=may.can_withdraw,
    who_may=lambda report: people_with(report.case_id, f"role:{Role.HEAD}"),
)
