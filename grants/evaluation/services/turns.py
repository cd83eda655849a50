"""Whose turn it is in measuring: one thing to do for the grantee, one for the coordinators, however many indicators."""

from datetime import date, datetime, timedelta

from django.urls import reverse

from grants.accounts.states import Role
from grants.calls.states import DateKey
from grants.calls.zones import day_ends, local_date
from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.states import MeasurementState, Wave
from grants.evaluation.workflow import JUDGE, MEASURE
from grants.projects.models import Project
from grants.projects.states import ProjectState
from workflows import clock
from workflows.models import Deadline
from workflows.services import clear_deadlines, close_work, open_work, set_deadline

ENDLINE_DEADLINE = "endline"
DAYS_AFTER_END = 30
LEAST_DAYS = 14
"""The grantee has at least so many days from the moment at which the project comes to evaluation."""


def endline_due(project: Project, now: datetime) -> datetime:
    """Until when the endline is measured: as many days after the project's end as the final report has, else thirty;
    never sooner than two weeks from now.
    """
    zone = project.call.time_zone
    today = local_date(now, zone)
    ends_on = project.ends_on or _end_of_call(project) or today
    rules = project.call.terms.part("reports") or []
    days = next((int(r["due_calendar_days_after_end"]) for r in rules if "due_calendar_days_after_end" in r), None)
    due_on = ends_on + timedelta(days=DAYS_AFTER_END if days is None else days)
    return day_ends(max(due_on, today + timedelta(days=LEAST_DAYS)), zone)


def _end_of_call(project: Project) -> date | None:
    found = project.call.dates.filter(key=DateKey.PROJECTS_END).first()
    return found.day if found else None


def _unmeasured(project: Project) -> bool:
    """Whether a required indicator has no endline that was at least handed in."""
    done = Measurement.objects.filter(
        indicator__project=project, wave=Wave.ENDLINE, state__in=[MeasurementState.SUBMITTED, MeasurementState.APPROVED]
    )
    required = ProjectIndicator.objects.filter(project=project, required=True)
    return required.exclude(pk__in=done.values("indicator")).exists()


def renew_measuring_work(project: Project) -> None:
    """Open or close what waits for the grantee and for the coordinators, inside the caller's transaction."""
    url = reverse("evaluation:indicators", args=[project.pk])
    grantee, coordinators = f"org:{project.organisation_id}", f"role:{Role.COORDINATOR}"
    if project.state == ProjectState.EVALUATION and _unmeasured(project):
        known = project.case.deadlines.filter(kind=ENDLINE_DEADLINE, closed_at__isnull=True).first()
        due_at = known.due_at if known else endline_due(project, clock.now())
        open_work(project, kind=MEASURE, audience=grantee, url=url, due_at=due_at)
        if known is None:  # one that stands keeps its day, also while a hold has stopped it
            set_deadline(
                project, kind=ENDLINE_DEADLINE, audience=grantee, due_at=due_at, time_zone=project.call.time_zone,
                rule="ends_on", url=url,
            )  # fmt: skip
    else:
        close_work(project, kind=MEASURE)
        met = project.state in (ProjectState.EVALUATION, ProjectState.CLOSED)
        outcome = Deadline.Outcome.MET if met else Deadline.Outcome.CLEARED
        clear_deadlines(project, kinds={ENDLINE_DEADLINE}, outcome=outcome)
    waiting = Measurement.objects.filter(indicator__project=project, state=MeasurementState.SUBMITTED)
    if waiting.exists():
        open_work(project, kind=JUDGE, audience=coordinators, url=url)
    else:
        close_work(project, kind=JUDGE)
