"""Impact reports as their readers see them."""

from typing import Any

from django.db.models import Q, QuerySet

from grants.accounts.permissions import is_staff_member
from grants.organisations.permissions import member_roles
from reporting.impact.models import ImpactReport
from reporting.impact.states import FROZEN_STATES, KIND, ReportState, Scope
from workflows.delivery_policy import jobs_visible_to
from workflows.models import Job
from workflows.policy import without_excluded


def job_of(report: ImpactReport, user: Any) -> Job | None:
    """The latest job that assembles the report, for whoever may follow it."""
    jobs = jobs_visible_to(user) if getattr(user, "is_authenticated", False) else Job.objects.none()
    return jobs.filter(kind=KIND, params__report=report.pk).order_by("-created_at", "-pk").first()


def reports_visible_to(user: Any) -> QuerySet[ImpactReport]:
    """The twin of `can_view_report`: published ones; for staff all others, for a project's team its own."""
    published = Q(state=ReportState.PUBLISHED)
    if not getattr(user, "is_authenticated", False):
        return ImpactReport.objects.filter(published)
    own = Q(scope=Scope.PROJECT, state__in=FROZEN_STATES, project__organisation_id__in=list(member_roles(user)))
    if not is_staff_member(user):
        return ImpactReport.objects.filter(published | own)
    of_staff = without_excluded(ImpactReport.objects.all(), user).values("pk")
    return ImpactReport.objects.filter(published | own | Q(pk__in=of_staff))
