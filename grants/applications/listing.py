"""Lists of applications: each with its newest version and the words of its state, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from grants.applications.models import Application, SubmittedVersion
from grants.calls.models import Call
from grants.calls.selectors import calls_visible_to_staff
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to_staff
from grants.projects.states import NOT_SUBMITTED, ProjectState
from workflows.registry import machine_of

NEWEST_FIRST = "newest_first"
"""Where `with_latest_version` puts the versions."""


def with_latest_version(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Each application with its versions, the newest first, in one query more."""
    newest_first = SubmittedVersion.objects.select_related("submitted_by").order_by("-number")
    return applications.prefetch_related(Prefetch("versions", newest_first, to_attr=NEWEST_FIRST))


@dataclass(frozen=True, slots=True)
class ListedApplication:
    """One row of a list: the application, the words of its state, and the version submitted last."""

    application: Application
    state: Any
    is_draft: bool
    latest: SubmittedVersion | None


def listed(applications: Iterable[Application]) -> list[ListedApplication]:
    """The rows of a list, of applications read by `with_latest_version`."""
    machine = machine_of(Project)
    return [
        ListedApplication(
            application,
            machine.state(application.project.state).label,
            application.project.state == ProjectState.CALL,
            next(iter(getattr(application, NEWEST_FIRST)), None),
        )
        for application in applications
    ]


def draft_count(user: Any, call: Any) -> int:
    """How many drafts of a call the funder's person is told of; their content stays with the teams."""
    return projects_visible_to_staff(user).filter(call=call, state=ProjectState.CALL, application__isnull=False).count()


def calls_with_applications(user: Any) -> QuerySet[Call]:
    """Calls with submitted applications that the person may see for the funder, each with how many."""
    seen = projects_visible_to_staff(user).exclude(state__in=NOT_SUBMITTED).filter(application__isnull=False)
    return (
        calls_visible_to_staff(user)
        .filter(projects__in=seen)
        .annotate(received=Count("projects", filter=Q(projects__in=seen), distinct=True))
        .order_by("-closes_at", "code")
    )
