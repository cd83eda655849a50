"""What the states of a project mean: words for staff and public, whose turn it is, what is due."""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.accounts.states import Role
from grants.calls.models import Call
from grants.calls.selectors import money_left
from grants.calls.states import DateKey
from grants.calls.workflow import planned
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to
from grants.projects.states import ProjectState, Stage
from workflows.formatting import euro
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.registry import Due, Machine, State, Work, contribute_guard, contributions, register_machine

S = ProjectState

WORK_URLS = "project.work_urls"
"""Place for (kind of work, address(project) -> str) of later rooms: the page on which that work is done."""


def team(project: Project) -> list[str]:
    """Those of the applicant who may write."""
    return [f"org:{project.organisation_id}"]


def coordinators(project: Project) -> list[str]:
    """The coordinators of the funder."""
    return [f"role:{Role.COORDINATOR}"]


def where_done(kind: str) -> Callable[[Project], str]:
    """The page on which work of this kind is done, as a later room names it; else the project's own."""

    def address(project: Project) -> str:
        found = (own(project) for named, own in contributions(WORK_URLS) if named == kind)
        return next(found, project.get_absolute_url())

    return address


def by_call_date(key: str, kind: str) -> Due:
    """Due by a date of the call's timetable, unless the project is on hold."""
    return Due(
        at=lambda project: planned(project.call, key), kind=kind, time_zone=lambda project: project.call.time_zone
    )


def prepare(projects: Sequence[Project], user: Any) -> None:
    """Load what the guards ask of many projects at once: how many others their applicants have submitted."""
    calls, applicants = {p.call_id for p in projects}, {p.organisation_id for p in projects}
    received = Project.objects.filter(call__in=calls, organisation__in=applicants, submitted_at__isnull=False)
    rows = received.exclude(state=S.WITHDRAWN)
    found = list(rows.values_list("pk", "call_id", "organisation_id", "nomination__category_key"))
    for project in projects:
        others = [r for r in found if r[0] != project.pk and r[1:3] == (project.call_id, project.organisation_id)]
        category = project.nomination.category_key if project.nomination else ""
        project.__dict__["_siblings"] = (len(others), Counter(r[3] for r in others)[category])
    allocating = {p.call_id: p.call for p in projects if p.call.terms.has("allocation")}
    left = {key: _left_behind(call) for key, call in allocating.items()}
    for project in projects:
        project.__dict__["_money_left"] = left.get(project.call_id)


def _left_behind(call: Call) -> Decimal:
    return sum((free for _funding, free in money_left(call)), Decimal(0))


def money_for_allocation(project: Project, move: Move) -> Obstacle | None:
    """Money is allocated from what stands behind the call and is not committed yet."""
    if not project.call.terms.has("allocation"):
        return None  # another condition says so
    known = project.__dict__.get("_money_left") if move.asking else None
    left = _left_behind(project.call) if known is None else known
    amount = move.data.get("amount")
    if left > 0 and (move.asking or not isinstance(amount, Decimal) or amount <= left):
        return None
    text = _("Behind the call %(left)s is left to allocate. Look at the fundings of the call.")
    url = reverse("calls:fundings", args=[project.call.code])
    return Obstacle("no_money", text % {"left": euro(left)}, url)


FILL = Work(
    kind="project_fill",
    title=_("Fill in and submit the application"),
    audience=team,
    url=where_done("project_fill"),
    due=Due(
        at=lambda project: project.deadline_at,
        kind="application",
        time_zone=lambda project: project.call.time_zone,
        rule="call.closes_at",
    ),
)
CHECK = Work(
    kind="project_check",
    title=_("Check the application"),
    audience=coordinators,
    url=where_done("project_check"),
    due=by_call_date(DateKey.CHECK_UNTIL, "application_check"),
)
ASSESS = Work(
    kind="project_assess",
    title=_("Have the application assessed and decided"),
    audience=coordinators,
    url=where_done("project_assess"),
    due=by_call_date(DateKey.DECISION_BY, "decision"),
)
CLOSE = Work(
    kind="project_close", title=_("Measure the effect and close the project"), audience=coordinators,
    url=Project.get_absolute_url,
)  # fmt: skip

register_machine(
    Machine(
        model=Project,
        reads=("call",),
        field="state",
        label=_("project"),
        prepare=prepare,
        visible_to=projects_visible_to,
        urls={
            "allocate": lambda project: reverse("projects:allocate", args=[project.pk]),
            "invite_full": lambda project: reverse("projects:invite", args=[project.pk]),
        },
        states={
            S.CALL: State(
                label=S.CALL.label, public=pgettext_lazy("project, public", "draft"), stage=Stage.CALL, work=[FILL]
            ),
            S.APPLICATION: State(
                label=S.APPLICATION.label, public=pgettext_lazy("project, public", "being checked"),
                stage=Stage.APPLICATION, work=[CHECK],
            ),
            S.SELECTION: State(
                label=S.SELECTION.label, public=pgettext_lazy("project, public", "being assessed"),
                stage=Stage.SELECTION, work=[ASSESS],
            ),
            S.RESERVE: State(
                label=S.RESERVE.label, public=pgettext_lazy("project, public", "decision made"), stage=Stage.SELECTION
            ),
            S.INELIGIBLE: State(
                label=S.INELIGIBLE.label, public=pgettext_lazy("project, public", "decision made"),
                stage=Stage.APPLICATION,
            ),
            S.DECLINED: State(
                label=S.DECLINED.label, public=pgettext_lazy("project, public", "decision made"), stage=Stage.SELECTION
            ),
            S.WITHDRAWN: State(
                label=S.WITHDRAWN.label, public=pgettext_lazy("project, public", "withdrawn"),
                stage=Stage.APPLICATION, final=True,
            ),
            S.ABANDONED: State(
                label=S.ABANDONED.label, public=pgettext_lazy("project, public", "withdrawn"), stage=Stage.CALL,
                final=True,
            ),
            S.IMPLEMENTATION: State(
                label=S.IMPLEMENTATION.label, public=pgettext_lazy("project, public", "in progress"),
                stage=Stage.IMPLEMENTATION,
            ),
            S.EVALUATION: State(
                label=S.EVALUATION.label, public=pgettext_lazy("project, public", "in progress"),
                stage=Stage.EVALUATION, work=[CLOSE],
            ),
            S.TERMINATED: State(
                label=S.TERMINATED.label, public=pgettext_lazy("project, public", "finished"),
                stage=Stage.IMPLEMENTATION, final=True,
            ),
            S.CLOSED: State(
                label=S.CLOSED.label, public=pgettext_lazy("project, public", "finished"), stage=Stage.EVALUATION,
                final=True,
            ),
        },
    )
)  # fmt: skip

contribute_guard("grants.project", "allocate", money_for_allocation)
