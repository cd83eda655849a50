"""What the states of an impact report mean, and whose turn it is in each."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.impact.models import ImpactReport
from reporting.impact.selectors import reports_visible_to
from reporting.impact.states import ReportState
from workflows.registry import Machine, State, Work, register_machine

STAGE = "evaluation"


def asker(report: Any) -> list[str]:
    """Whoever asked for the report."""
    return [f"user:{report.requested_by_id}"]


register_machine(
    Machine(
        model=ImpactReport,
        field="state",
        label=pgettext_lazy("impact report", "impact report"),
        description=_("Asked for by the funder, assembled by a job, frozen, then published."),
        visible_to=reports_visible_to,
        states={
            ReportState.REQUESTED: State(label=ReportState.REQUESTED.label, stage=STAGE),
            ReportState.ASSEMBLED: State(
                label=ReportState.ASSEMBLED.label, stage=STAGE,
                work=[Work(kind="impact_report_publish", title=_("Read the impact report and publish it"),
                           audience=asker, url=lambda o: o.get_absolute_url())],
            ),
            ReportState.PUBLISHED: State(label=ReportState.PUBLISHED.label, stage=STAGE),
            ReportState.WITHDRAWN: State(label=ReportState.WITHDRAWN.label, stage=STAGE),
        },
    )
)  # fmt: skip
