"""What the policy table says about projects."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.accounts.states import Role
from grants.organisations.permissions import member_roles
from grants.organisations.states import MemberRole
from grants.projects import permissions as may
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to, projects_visible_to_staff
from workflows.policy import people_with, register_verb
from workflows.policy_table import register_situations, register_total
from workflows.reasons import register_reasons

PROJECT = "grants.project"
LEADERS = (f"role:{Role.COORDINATOR}", f"role:{Role.HEAD}")

register_situations(
    "project",
    {
        "draft": _("draft"),
        "application": _("submitted, being checked"),
        "selection": _("in selection, a decision drafted"),
        "proposed": _("in selection, a decision proposed"),
        "confirmed": _("in selection, a decision confirmed"),
        "declined": _("declined"),
        "awarded": _("awarded, agreement open"),
        "implementation": _("being implemented"),
    },
)
register_verb(
    "project.view", _("see a project"), model=PROJECT, can=may.can_view_project, visible_to=projects_visible_to
)
register_verb(
    "project.work",
    _("see the funder's side of a project: reasons, letters, history"),
    model=PROJECT,
    can=may.can_view_as_staff,
    visible_to=projects_visible_to_staff,
)
register_verb(
    "project.edit",
    _("write in a project"),
    model=PROJECT,
    can=may.can_edit_project,
    who_may=lambda project: people_with(project.case_id, f"org:{project.organisation_id}"),
)
register_verb("project.abandon", _("give a draft up"), model=PROJECT, can=may.can_abandon)
for name, label, can in (
    ("submit", _("submit an application"), may.can_submit),
    ("withdraw", _("withdraw an application"), may.can_withdraw),
):
    register_verb(
        f"project.{name}",
        label,
        model=PROJECT,
        can=can,
        who_may=lambda project: people_with(project.case_id, f"org-submit:{project.organisation_id}"),
    )
register_verb(
    "project.reopen",
    _("give an application back to its team"),
    model=PROJECT,
    can=may.can_reopen,
    who_may=lambda project: people_with(project.case_id, f"org-submit:{project.organisation_id}", *LEADERS),
)
for name, label, can in (
    ("coordinate", _("accept, find ineligible, hold, complete and close a project"), may.can_coordinate),
    ("decide", _("put a decision into force"), may.can_decide),
):
    register_verb(
        f"project.{name}",
        label,
        model=PROJECT,
        can=can,
        who_may=lambda project: people_with(project.case_id, *LEADERS),
    )
register_verb(
    "project.overrule",
    _("allocate without competition, terminate, reinstate"),
    model=PROJECT,
    can=may.can_overrule,
    who_may=lambda project: people_with(project.case_id, f"role:{Role.HEAD}"),
)
register_total("impact", _("Published impact reports"), _("the figures of a call or programme as everybody reads them"))


def standing(person: Any, case: Any) -> Iterable[tuple[Any, Any]]:
    """The project's state and the person's place in the applicant's team."""
    project = Project.objects.filter(case=case).select_related("organisation").first()
    if project is None:
        return
    yield _("State of the project"), project.get_state_display()
    role = member_roles(person).get(project.organisation_id)
    words = MemberRole(role).label if role else _("not a member")
    yield _("In the applicant's team"), f"{project.organisation}: {words}"


register_reasons(standing, order=30)
