"""The applicant team's home: drafts and what they lack, what was submitted and what comes next, projects and the next
payment with why it waits, calls that fit, and how the organisation stands."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.organisations.permissions import member_roles
from grants.organisations.selectors import my_memberships
from grants.organisations.states import RECOMMENDED_ADMINS
from grants.projects.models import Project
from grants.projects.states import ENDED_STATES, IN_ASSESSMENT_STATES, REFUSED_STATES, RUNNING_STATES, ProjectState
from reporting.homes.fitting import calls_that_fit
from reporting.homes.ours import Draft, Submitted, UnderWay, of_team
from reporting.homes.parts import Home, Number, Page, block, shown
from reporting.search.selectors import address

OVER = (*ENDED_STATES, *REFUSED_STATES)
SHOWN = 5


def build(user: Any, now: datetime) -> Page:
    """All blocks, in six queries whatever their rows."""
    ours = of_team(user, now)
    memberships = list(my_memberships(user))
    drafts = [Draft(project) for project in ours if project.state == ProjectState.CALL]
    submitted = [Submitted(project) for project in ours if project.state in IN_ASSESSMENT_STATES]
    under_way = [UnderWay(project, user, now) for project in ours if project.state in RUNNING_STATES]
    over = [project for project in ours if project.state in OVER]
    fitting = calls_that_fit({one.organisation.kind for one in memberships}, now)
    begun = {draft.project.call_id for draft in drafts}
    return Page(
        main=[
            *block("_drafts", _rows(drafts, "state:call")),
            *block("_submitted", _rows(submitted, "-is:ended -is:running -state:call")),
            *block("_under_way", _rows(under_way, "is:running")),
            *block("_fitting", _fitting(fitting, begun)),
        ],
        aside=[
            *block("_organisations", {"memberships": memberships, "recommended": RECOMMENDED_ADMINS}
                   if memberships else None),
            *block("_titled_numbers", history(over)),
        ],
    )  # fmt: skip


def _rows(rows: list[Any], text: str) -> dict[str, Any] | None:
    if not rows:
        return None
    return {"rows": rows[:SHOWN], "all": Number(len(rows), _("all"), address(text)), "left": len(rows) > SHOWN}


def _fitting(calls: list[Any], begun: set[int]) -> dict[str, Any] | None:
    rows = [{"call": call, "begun": call.pk in begun} for call in calls]
    return {"rows": rows} if rows else None


def history(over: list[Project]) -> dict[str, Any] | None:
    """What came of earlier applications, in numbers."""
    numbers = shown([
        Number(sum(project.state == ProjectState.CLOSED for project in over), _("completed projects"),
               address("state:closed")),
        Number(sum(project.state in REFUSED_STATES for project in over), _("applications that were not funded"),
               address("is:refused")),
        Number(len(over), _("all that is over"), address("is:ended")),
    ])  # fmt: skip
    return {"id": "history", "title": _("Our history"), "numbers": numbers} if numbers else None


HOME = Home(
    key="applicant",
    label=_("Applicant"),
    holds=lambda user: bool(member_roles(user)),
    gathers=lambda audience: audience.startswith(("org:", "org-submit:")),
    build=build,
)
