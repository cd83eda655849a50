"""Projects as different readers see them."""

from typing import Any

from django.db.models import Q, QuerySet

from grants.accounts.permissions import has_role
from grants.accounts.states import Role
from grants.calls.states import CallState
from grants.calls.zones import day_ends
from grants.organisations.permissions import member_roles
from grants.projects.models import Project
from grants.projects.states import NOT_SUBMITTED, WITH_AWARD, ProjectState
from workflows import clock
from workflows.policy import without_excluded
from workflows.registry import contributions

VISIBLE_TO = "project.visible_to"
"""Place for functions visible_to(user) -> Q on Project of later rooms; twins of those in `project.can_view`."""


def projects_of_team(user: Any) -> QuerySet[Project]:
    """The projects of the organisations that the person acts for."""
    return Project.objects.filter(organisation_id__in=list(member_roles(user)))


def projects_visible_to(user: Any) -> QuerySet[Project]:
    """The twin of `can_view_project`: the team's own, and what the person may see for the funder."""
    if not getattr(user, "is_authenticated", False):
        return Project.objects.none()
    funder = _staff_sight(user)
    for sees in contributions(VISIBLE_TO):
        funder |= sees(user)
    return Project.objects.filter(
        Q(organisation_id__in=list(member_roles(user)))
        | Q(pk__in=without_excluded(Project.objects.filter(funder), user).values("pk"))
    )


def projects_visible_to_staff(user: Any) -> QuerySet[Project]:
    """The twin of `can_view_as_staff`."""
    return without_excluded(Project.objects.filter(_staff_sight(user)), user)


def _staff_sight(user: Any) -> Q:
    nothing = Q(pk__in=[])
    if has_role(user, Role.COORDINATOR, Role.HEAD):
        return ~nothing
    audited = ~Q(state__in=NOT_SUBMITTED) if has_role(user, Role.AUDITOR) else nothing
    paid = Q(state__in=WITH_AWARD) if has_role(user, Role.FINANCE) else nothing
    return audited | paid


def drafts_of_decided_calls() -> list[Project]:
    """Drafts of calls that are decided, with no deadline of their own that lies ahead."""
    over = Q(submit_until__isnull=True) | Q(submit_until__lte=clock.now())
    return list(
        Project.objects.filter(over, state=ProjectState.CALL, call__state__in=(CallState.DECIDED, CallState.ARCHIVED))
        .select_related("call")
        .order_by("pk")
    )


def reserves_that_ended() -> list[Project]:
    """Projects on a reserve list whose last day, as the call's rules name it, is over."""
    now = clock.now()
    found = []
    for project in Project.objects.filter(state=ProjectState.RESERVE).select_related("call").order_by("pk"):
        until = project.call.terms.reserve_valid_until
        if until is not None and day_ends(until, project.call.time_zone) <= now:
            found.append(project)
    return found
