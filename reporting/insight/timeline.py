"""The timeline of a project: its stages by the log, its milestones, reports and instalments."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from grants.calls.zones import local_date
from grants.implementation.models import ProgressReport
from grants.implementation.permissions import can_view_implementation
from grants.implementation.states import (
    OPEN_REPORTS,
    SETTLED_MILESTONES,
    SETTLED_PAYMENTS,
    MilestoneState,
    PaymentState,
    ReportKind,
    ReportState,
)
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to
from grants.projects.states import ENDED_STATES, REFUSED_STATES, STAGE_OF, WITH_AWARD, ProjectState, Stage
from reporting.pictures import Ask, Picture
from reporting.pictures.kinds.timeline import AHEAD, DONE, LATE, Event, timeline_picture
from reporting.pictures.sources import as_of_now, by_id, csv_address
from workflows import clock
from workflows.formatting import date_short
from workflows.models import TransitionRecord

KIND = "timeline"


def picture(user: Any, key: str, query: Mapping[str, str]) -> Picture | None:
    """The picture of a project by its id."""
    project = by_id(projects_visible_to(user).select_related("call"), key)
    return None if project is None else of_project(project, user)


def of_project(project: Project, user: Any) -> Picture | None:
    """The picture for this reader; None before the project is submitted. Four queries."""
    if project.submitted_at is None:
        return None
    today = local_date(clock.now(), project.call.time_zone)
    events = list(stages_of(project, today))
    if can_view_implementation(user, project):
        events += sorted(_dated(project, today), key=lambda event: (event.day, event.name))
    formula = _("Stages begin and end with the steps in the log; dates are those of the agreement and of the reports.")
    ask = Ask(
        formula, as_of_now(), _("the history of the project"), f"{project.get_absolute_url()}?history=all#history"
    )
    return timeline_picture(events, today, name=KIND).with_source(ask, csv_address(KIND, project.pk))


def stages_of(project: Project, today: date) -> Iterator[Event]:
    """The stages that the project has been through or is in, each once, from its first day to its last. One query."""
    zone, order = project.call.time_zone, list(Stage)
    steps = TransitionRecord.objects.filter(subject_label="grants.project", subject_id=project.pk).order_by("seq")
    spans: dict[Stage, tuple[datetime, datetime | None]] = {}
    at: Stage | None = None
    for state, moment in steps.values_list("after", "at"):
        stage = STAGE_OF[ProjectState(state)]
        if at is not None and stage != at:
            spans[at] = (spans[at][0], moment)
        spans[stage] = (spans[stage][0] if stage in spans else moment, None)
        at = stage
    ended = project.state in ENDED_STATES or project.state in REFUSED_STATES
    for stage in sorted(spans, key=order.index):
        first, last = spans[stage]
        open_until = None if last else (project.ended_at or project.decided_at if ended else None)
        finished = last or open_until
        until = local_date(finished, zone) if finished else _expected_end(project, stage, today)
        state = DONE if finished else AHEAD
        yield Event(str(stage.label), local_date(first, zone), state, until, order.index(stage) + 1)


def _expected_end(project: Project, stage: Stage, today: date) -> date:
    """A stage that goes on lasts at least until today; the implementation until its agreed end."""
    if stage == Stage.IMPLEMENTATION and project.ends_on:
        return max(project.ends_on, today)
    return today


def _dated(project: Project, today: date) -> Iterator[Event]:
    for milestone in project.milestones.all():
        day = milestone.reached_on or milestone.due_on
        if day is not None and milestone.state != MilestoneState.WAIVED:
            settled = milestone.state in (*SETTLED_MILESTONES, MilestoneState.SUBMITTED)
            yield Event(milestone.title, day, _state(settled, day, today), url=milestone.get_absolute_url())
    for report in project.reports.all():
        handed_in = report.submitted_at if report.state not in OPEN_REPORTS else None
        day = local_date(handed_in, project.call.time_zone) if handed_in else report.due_on
        done = report.state in (ReportState.SUBMITTED, ReportState.ACCEPTED)
        name = report.label if report.kind != ReportKind.QUARTERLY else _until(report)
        yield Event(name, day, _state(done, day, today), url=report.get_absolute_url())
    for payment in project.payments.all():
        day = payment.paid_on or payment.due_on
        if day is not None and payment.state != PaymentState.CANCELLED:
            yield Event(payment.label, day, _state(payment.state in SETTLED_PAYMENTS, day, today),
                        url=payment.get_absolute_url())  # fmt: skip
    if project.ends_on and project.state in WITH_AWARD:
        ended = project.state != ProjectState.IMPLEMENTATION
        yield Event(_("End of the project"), project.ends_on, DONE if ended or project.ends_on < today else AHEAD)


def _until(report: ProgressReport) -> str:
    """A report that comes again and again is told apart by the end of its period."""
    return _("%(report)s, until %(day)s") % {"report": report.label, "day": date_short(report.period_end)}


def _state(settled: bool, day: date, today: date) -> str:
    if settled:
        return DONE
    return LATE if day < today else AHEAD


def panel(project: Project, user: Any) -> dict[str, Any]:
    """The picture on the project's page."""
    found = of_project(project, user)
    return {"picture": found} if found else {}
