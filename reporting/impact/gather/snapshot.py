"""The whole snapshot of a report, part by part."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from grants.calls.models import Call
from grants.evaluation.services.catalogue import DATA as CATALOGUE
from reporting.impact.gather.indicators import indicators_of
from reporting.impact.gather.money import money_of
from reporting.impact.gather.plan import plan_of
from reporting.impact.gather.subjects import facts_of, project_row, projects_of
from reporting.impact.gather.work import milestones_of, reports_of
from reporting.impact.models import ImpactReport
from workflows.models import TransitionRecord

SCHEMA = "pazanga-impact/1"
PARTS = 6
"""How many parts are gathered, for the progress."""


def gather(report: ImpactReport, as_of: datetime, step: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Everything the report says, as of an aware instant; `step` is called after each part."""
    projects = list(projects_of(report))
    step()
    facts = facts_of(report, projects)
    step()
    money = money_of(projects, as_of)
    step()
    indicators = indicators_of(projects)
    step()
    done, milestones = reports_of(projects), milestones_of(projects)
    step()
    plan = plan_of(_calls_of(report))
    step()
    return {
        "schema": SCHEMA,
        "scope": report.scope,
        "as_of": as_of.astimezone(UTC).isoformat(timespec="microseconds"),
        "version": _version(),
        "facts": facts,
        "projects": [project_row(project) for project in projects],
        "money": money,
        "indicators": indicators,
        "reports": done,
        "milestones": milestones,
        "plan": plan,
    }


def _calls_of(report: ImpactReport) -> list[Call]:
    if report.project is not None:
        return [report.project.call]
    if report.call is not None:
        return [report.call]
    return list(Call.objects.filter(programme=report.programme_id).order_by("opens_at", "code"))


def _version() -> dict[str, Any]:
    """By which data and rules the figures were made: the last step in the log, and the catalogue of indicators."""
    last = TransitionRecord.objects.order_by("-pk").values_list("pk", flat=True).first()
    return {"last_step": last, "catalogue_sha256": hashlib.sha256(CATALOGUE.read_bytes()).hexdigest()}
