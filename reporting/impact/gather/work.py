"""What was done: accepted reports in the grantees' own words, and milestones."""

from typing import Any

from grants.implementation.models import Milestone, ProgressReport
from grants.implementation.states import SETTLED_MILESTONES, ReportKind, ReportState
from grants.projects.models import Project
from reporting.impact.gather.values import moment


def reports_of(projects: list[Project]) -> list[dict[str, Any]]:
    """Accepted interim and final reports, by project and period. One query."""
    found = (
        ProgressReport.objects.filter(project__in=projects, state=ReportState.ACCEPTED)
        .exclude(kind=ReportKind.QUARTERLY)
        .select_related("project")
        .order_by("project__ordinal", "period_end", "ordinal")
    )
    return [
        {
            "project": report.project.number,
            "title": report.title,
            "kind": report.kind,
            "period_start": moment(report.period_start),
            "period_end": moment(report.period_end),
            "accepted_at": moment(report.accepted_at),
            "done": report.done,
            "difficulties": report.difficulties,
            "url": report.get_absolute_url(),
        }
        for report in found
    ]


def milestones_of(projects: list[Project]) -> list[dict[str, Any]]:
    """Every milestone with how it stands. One query."""
    found = (
        Milestone.objects.filter(project__in=projects).select_related("project").order_by("project__ordinal", "order")
    )
    return [
        {
            "project": milestone.project.number,
            "title": milestone.title,
            "due_on": moment(milestone.due_on),
            "state": milestone.state,
            "settled": milestone.state in SETTLED_MILESTONES,
            "url": milestone.get_absolute_url(),
        }
        for milestone in found
    ]
