"""What applications give to earlier rooms: the menu, who may download an annex, the way in from a call, panels."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.accounts.permissions import is_staff_member
from grants.applications.listing import draft_count, listed, with_latest_version
from grants.applications.models import Application, Clarification, SubmittedVersion
from grants.applications.permissions import can_view_check, can_view_draft
from grants.applications.selectors import applications_for_staff, applications_visible_to, open_clarification
from grants.applications.services.clarifications import go_on_after_hold
from grants.calls.pages import ACTIONS as CALL_ACTIONS
from grants.calls.pages import PANELS as CALL_PANELS
from grants.calls.permissions import is_public
from grants.calls.states import CallState
from grants.projects.models import Project
from grants.projects.permissions import can_view_project, is_on_team, reads_as
from grants.projects.states import ProjectState
from grants.projects.workflow import WORK_URLS
from grants.questionnaires.audience import is_hidden
from grants.questionnaires.permissions import register_document_policy
from grants.questionnaires.selectors import question_in
from workflows import clock
from workflows.actors import SYSTEM
from workflows.navigation import register_nav, signed_in
from workflows.panels import Panel
from workflows.registry import contribute
from workflows.services import perform, resume_deadlines
from workflows.signals import transitioned

PROJECT_PANELS = "project.panels"
"""The place for panels on the page of a project."""

ANNEXES = "application/"
"""How the categories of documents begin that answer a question of an application."""


def can_read_annex(user: Any, document: Any) -> bool:
    """The team reads every file of its sheet; others who see the project, those submitted that are for them."""
    known = Application.objects.select_related("project", "sheet__questionnaire")
    application = known.filter(sheet_id=document.sheet_id).first()
    if application is None:
        return False
    if is_on_team(user, application.project):
        return True
    if not can_view_project(user, application.project) or not was_submitted(application, document):
        return False
    question = question_in(application.sheet.questionnaire.definition, document.key)
    return question is not None and not is_hidden(question, reads_as(user, application.project))


def was_submitted(application: Application, document: Any) -> bool:
    """Whether some submitted version has the document: it was there, and not removed yet, at the version's time."""
    there = Q(received_at__gte=document.at)
    if document.removed_at is not None:
        there &= Q(received_at__lt=document.removed_at)
    return SubmittedVersion.objects.filter(there, application=application).exists()


@receiver(transitioned, sender=Clarification, dispatch_uid="applications.clarification_over")
def let_the_clock_run(sender: Any, obj: Clarification, record: Any, **kwargs: Any) -> None:
    """When the applicant no longer has the word, the check's clock runs on; on hold it waits for the end of that."""
    on_hold = Project.objects.filter(pk=obj.project_id, held_since__isnull=False)
    if record.transition != "begin" and not on_hold.exists():
        resume_deadlines(obj.case)


@receiver(transitioned, sender=Project, dispatch_uid="applications.request_of_project")
def follow_the_project(sender: Any, obj: Project, record: Any, **kwargs: Any) -> None:
    """A request lapses with the check; after a hold the time to answer moves on and the check's clock stands again."""
    if record.before != ProjectState.APPLICATION:
        return
    asked = open_clarification(Project.objects.get(pk=obj.pk))
    if asked is None:
        return
    if record.after != ProjectState.APPLICATION:
        perform(asked, "lapse", by=SYSTEM)
    elif record.transition == "resume":
        go_on_after_hold(clarification=asked)


def way_in(call: Any, user: Any) -> dict[str, Any] | None:
    """On the page of a call that takes applications now: the way to begin one."""
    now = clock.now()
    open_now = call.state in (CallState.SCHEDULED, CallState.OPEN) and call.opens_at <= now < call.closes_at
    if not open_now or not is_public(call) or is_staff_member(user):
        return None
    return {"label": _("Apply"), "url": reverse("applications:start", args=[call.pk])}


def received_by(call: Any, user: Any) -> dict[str, Any]:
    """On the working page of a call: how many applications it has received, and how many drafts there are."""
    received = applications_for_staff(user).filter(project__call=call).count()
    return {
        "received": received, "drafts": draft_count(user, call), "url": reverse("applications:of_call", args=[call.pk]),
    }  # fmt: skip


def application_of(project: Any, user: Any) -> dict[str, Any]:
    """On the page of a project: its application, the last receipt, and the checklist for who may read it."""
    application = with_latest_version(applications_visible_to(user)).filter(pk=project.pk).first()
    if application is None:
        return {}
    [row] = listed([application])
    check = reverse("applications:eligibility", args=[project.pk]) if can_view_check(user, project) else ""
    return {"row": row, "application": application, "own": can_view_draft(user, application), "check_url": check}


register_document_policy(ANNEXES, can_read_annex)
contribute(CALL_ACTIONS, way_in)
contribute(WORK_URLS, ("project_fill", lambda project: reverse("applications:detail", args=[project.pk])))
contribute(WORK_URLS, ("project_check", lambda project: reverse("applications:eligibility", args=[project.pk])))
contribute(CALL_PANELS, Panel("grants/applications/call_panel.html", received_by, order=10))
contribute(PROJECT_PANELS, Panel("grants/applications/project_panel.html", application_of, order=10))
register_nav("applications", _("Applications"), "applications:list", visible=signed_in, order=15)
