"""Indicators and measurements as their readers see them."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.states import MeasurementState, Wave
from grants.organisations.permissions import member_roles
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to, projects_visible_to_staff


def indicators_visible_to(user: Any) -> QuerySet[ProjectIndicator]:
    """Indicators of projects that the person may see."""
    return ProjectIndicator.objects.filter(project__in=projects_visible_to(user).values("pk"))


def measurements_visible_to(user: Any) -> QuerySet[Measurement]:
    """The twin of `can_view_measurement`: all of the team's projects; for the funder what was handed in."""
    handed_in = Q(submitted_by__isnull=False, indicator__project__in=projects_visible_to_staff(user).values("pk"))
    return Measurement.objects.filter(Q(indicator__project__organisation_id__in=list(member_roles(user))) | handed_in)


def with_measurements(indicators: QuerySet[ProjectIndicator]) -> QuerySet[ProjectIndicator]:
    """Indicators with all their measurements, in three queries whatever their number."""
    measured = Measurement.objects.order_by("wave", "number")
    return indicators.select_related("definition", "project").prefetch_related(Prefetch("measurements", measured))


def approved_of(indicator: ProjectIndicator, wave: str) -> Measurement | None:
    """The value that counts in a wave; reads what `with_measurements` has loaded."""
    found = (m for m in indicator.measurements.all() if m.wave == wave and m.state == MeasurementState.APPROVED)
    return next(found, None)


def without_endline(project: Project) -> list[ProjectIndicator]:
    """Required indicators of a project that have no approved endline yet."""
    approved = Measurement.objects.filter(state=MeasurementState.APPROVED, wave=Wave.ENDLINE)
    return list(
        ProjectIndicator.objects.filter(project=project, required=True)
        .exclude(pk__in=approved.filter(indicator__project=project).values("indicator"))
        .order_by("order")
    )
