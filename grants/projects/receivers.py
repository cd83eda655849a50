"""What follows for projects: new due moments and word to teams when a call changes; stopped clocks on hold; people
kept away from projects of their own organisations."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.accounts.models import RoleGrant
from grants.accounts.permissions import holds
from grants.accounts.states import Role
from grants.calls.models import Call
from grants.calls.services import commit_from_call
from grants.organisations.models import Membership
from grants.projects import call_guards  # noqa: F401  it contributes guards to calls
from grants.projects.kept_away import settle_person, settle_team
from grants.projects.messages import CALL_CHANGED
from grants.projects.models import Project
from grants.projects.states import IN_ASSESSMENT_STATES, ProjectState
from workflows.navigation import register_nav, signed_in
from workflows.policy import people_in
from workflows.registry import machine_of
from workflows.services import open_work, pause_deadlines, resume_deadlines, set_deadline
from workflows.services.messages import queue_message
from workflows.signals import transitioned

register_nav(
    "projects",
    gettext_lazy("Projects"),
    "projects:list",
    visible=signed_in,
    order=30,
    first_for=holds(Role.COORDINATOR, Role.FINANCE, Role.HEAD, Role.AUDITOR),
)

MOVES_DATES = {"change_dates", "extend"}
TOLD = MOVES_DATES | {"suspend", "resume"}
CONCERNED = (ProjectState.CALL, *IN_ASSESSMENT_STATES)


@receiver(transitioned, sender=Call, dispatch_uid="projects.call_changed")
def follow_the_call(sender: Any, obj: Call, record: Any, **kwargs: Any) -> None:
    """Renew what is due of every project under way, and tell its team why."""
    if record.transition not in TOLD:
        return
    projects = Project.objects.filter(call=obj, state__in=CONCERNED).select_related("call", "organisation")
    told: set[int] = set()
    for project in projects:
        if record.transition in MOVES_DATES and project.held_since is None:
            renew_due(project)
        if project.organisation_id not in told:
            told.add(project.organisation_id)
            _tell_team(project, obj, record)


def renew_due(project: Project) -> None:
    """Set the due moments of the project's present state anew; its work stays open as it is."""
    for work in machine_of(Project).state(project.state).work:
        due_at = work.due.at(project) if work.due else None
        if work.due is None or due_at is None:
            continue
        for audience in work.audience(project):
            open_work(project, kind=work.kind, audience=audience, url=work.url(project), due_at=due_at)
            set_deadline(
                project, kind=work.due.kind, audience=audience, due_at=due_at,
                time_zone=work.due.time_zone(project), rule=work.due.rule, url=work.url(project),
            )  # fmt: skip


def _tell_team(project: Project, call: Call, record: Any) -> None:
    for person in people_in(f"org:{project.organisation_id}"):
        queue_message(
            CALL_CHANGED,
            person,
            case=call.case,
            context={"call": call, "step": record.transition, "notice": call.notice, "url": call.get_absolute_url()},
            dedupe=f"{CALL_CHANGED}:{record.pk}:{person.pk}",
        )


@receiver(transitioned, sender=Project, dispatch_uid="projects.clocks")
def stop_or_start_clocks(sender: Any, obj: Project, record: Any, **kwargs: Any) -> None:
    """On hold every deadline of the case pauses; resumed, each moves by the time that it stood still."""
    if record.transition == "hold":
        pause_deadlines(obj.case)
    elif record.transition == "resume":
        resume_deadlines(obj.case)


@receiver(transitioned, sender=Project, dispatch_uid="projects.allocation")
def commit_an_allocation(sender: Any, obj: Project, record: Any, by: Any, **kwargs: Any) -> None:
    """Money given without a competition is bound in the ledger in the same step, from what stands behind the call."""
    if record.transition == "allocate" and obj.awarded_amount is not None:
        commit_from_call(
            call=obj.call, case=obj.case, amount=obj.awarded_amount, by=by,
            key=f"allocate-{obj.pk}-{record.subject_version}",
            note=_("Allocation to %(project)s") % {"project": obj.number},
        )  # fmt: skip


@receiver(transitioned, sender=Project, dispatch_uid="projects.own_people")
def keep_own_people_away(sender: Any, obj: Project, record: Any, **kwargs: Any) -> None:
    """A project that comes into being keeps away, for the funder, whoever acts for its applicant."""
    if record.transition == "begin":
        settle_team(obj)


@receiver(post_save, sender=Membership, dispatch_uid="projects.membership")
def follow_a_membership(sender: Any, instance: Membership, **kwargs: Any) -> None:
    """Joining or leaving an organisation opens or ends the exclusion from its projects."""
    settle_person(instance.user_id, [instance.organisation_id])


@receiver(post_save, sender=RoleGrant, dispatch_uid="projects.role")
def follow_a_role(sender: Any, instance: RoleGrant, **kwargs: Any) -> None:
    """So does beginning or ceasing to act for the funder."""
    settle_person(instance.user_id)
