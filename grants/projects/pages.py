"""What the pages of a project show, gathered in few queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from grants.calls.zones import last_day, local_date
from grants.projects.history import history
from grants.projects.models import Project
from grants.projects.permissions import can_view_as_staff
from grants.projects.states import ENDED_STATES, REFUSED_STATES, ProjectState, Stage
from grants.projects.turns import turn_in, turns_of
from workflows import clock
from workflows.formatting import date_long, euro, time_left
from workflows.panels import panels_for
from workflows.registry import machine_of
from workflows.services import options_for

PANELS = "project.panels"
"""Place for panels (workflows.panels.Panel) of later rooms on the page of a project."""

RECENT = 8
"""So many lines of the history stand on the page; the rest is one link away."""

NOT_IN_THE_RULES = frozenset({"competition", "one_stage", "nothing_implemented", "not_on_hold"})

KINDS = {
    ProjectState.INELIGIBLE: "warn",
    ProjectState.DECLINED: "warn",
    ProjectState.TERMINATED: "danger",
    ProjectState.IMPLEMENTATION: "ok",
    ProjectState.EVALUATION: "ok",
}


@dataclass(frozen=True)
class Fact:
    """A name and a value, as the facts component shows it."""

    label: Any
    value: Any
    url: str = ""


def with_shown(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with what rows and pages name beside them."""
    return projects.select_related("call__programme", "organisation__municipality", "nomination", "case")


def status_of(project: Project, user: Any) -> Any:
    """Where it stands: the funder's word for staff, the plain public word for everybody else."""
    state = machine_of(Project).state(project.state)
    return state.label if can_view_as_staff(user, project) else state.public or state.label


def project_page(project: Project, user: Any, *, whole_history: bool = False) -> dict[str, Any]:
    """Everything that the page of a project shows to this reader; of the history the last lines unless all is asked."""
    happened = history(project, user)
    turn = turn_in(turns_of([project.case_id], user), project.case_id)
    return {
        "project": project,
        "status": status_of(project, user),
        "status_kind": KINDS.get(ProjectState(project.state), ""),
        "turn": turn,
        "turn_note": _turn_note(turn, project),
        "my_work": turn if turn.work and turn.url != project.get_absolute_url() else None,
        "stage": project.stage,
        "stage_notes": stage_notes(project),
        "finished": project.state == ProjectState.CLOSED,
        "options": steps_shown(project, user),
        "facts": facts(project),
        "panels": panels_for(PANELS, project, user),
        "history": happened if whole_history else happened[:RECENT],
        "earlier": 0 if whole_history else max(0, len(happened) - RECENT),
    }


def steps_shown(project: Project, user: Any) -> list[Any]:
    """The steps open to this reader and those with a reason why not; what cannot be undone stands last."""
    shown = [one for one in options_for([project], user)[project.pk] if not _is_beside_the_point(one)]
    return sorted(shown, key=lambda option: option.dangerous)


def _is_beside_the_point(option: Any) -> bool:
    """A step that the call's rules do not have, or that is done already, is not shown as blocked: nothing mends it."""
    return any(
        (option.name, obstacle.code) == ("hold", "on_hold") or obstacle.code in NOT_IN_THE_RULES
        for obstacle in option.obstacles
    )


def _turn_note(turn: Any, project: Project) -> str:
    if turn.since is None:
        return ""
    zone = project.call.time_zone
    since = _("since %(day)s") % {"day": date_long(local_date(turn.since, zone))}
    if turn.due_at is None:
        return since
    due = {"day": date_long(last_day(turn.due_at, zone)), "left": time_left(turn.due_at, clock.now(), zone)}
    return ", ".join([since, _("by %(day)s (%(left)s)") % due])


def stage_notes(project: Project) -> dict[str, str]:
    """A few words under each of the five stages: the day on which it ended or will."""
    zone = project.call.time_zone

    def day(moment: datetime | None) -> str:
        return date_long(local_date(moment, zone)) if moment else ""

    notes = {
        Stage.CALL: _("until %(day)s") % {"day": date_long(last_day(project.deadline_at, zone))},
        Stage.APPLICATION: project.submitted_at and _("submitted %(day)s") % {"day": day(project.submitted_at)},
        Stage.SELECTION: project.decided_at and _("decided %(day)s") % {"day": day(project.decided_at)},
        Stage.IMPLEMENTATION: project.ends_on and _("until %(day)s") % {"day": date_long(project.ends_on)},
    }
    if project.state in REFUSED_STATES or project.state in ENDED_STATES:
        notes[project.stage] = machine_of(Project).state(project.state).label
    return {str(stage): str(words) for stage, words in notes.items() if words}


def facts(project: Project) -> list[Fact]:
    """The facts that everybody who sees the project may know."""
    call, applicant = project.call, project.organisation
    found = [Fact(_("Call"), call.title, call.get_absolute_url()), Fact(_("Applicant"), applicant.name)]
    if applicant.municipality:
        found.append(Fact(_("Municipality"), applicant.municipality.name_lt))
    if project.nomination:
        found.append(Fact(_("Nomination"), str(project.nomination)))
    if project.requested_amount is not None:
        found.append(Fact(_("Requested"), euro(project.requested_amount)))
    if project.awarded_amount is not None:
        found.append(Fact(_("Awarded"), euro(project.awarded_amount)))
    if project.starts_on and project.ends_on:
        days = {"from": date_long(project.starts_on), "to": date_long(project.ends_on)}
        found.append(Fact(_("Period"), _("%(from)s to %(to)s") % days))
    if project.held_since:
        found.append(Fact(_("On hold since"), date_long(local_date(project.held_since, call.time_zone))))
    return found


def rows_of(projects: list[Project], user: Any) -> list[dict[str, Any]]:
    """Rows of a list with status and turn, in one query more."""
    turns = turns_of([project.case_id for project in projects], user)
    return [
        {
            "project": project,
            "status": status_of(project, user),
            "kind": KINDS.get(ProjectState(project.state), ""),
            "turn": turn_in(turns, project.case_id),
        }
        for project in projects
    ]
