"""What applications give to earlier rooms: the menu, who may download an annex, the way in from a call."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application, Clarification, SubmittedVersion
from grants.projects.permissions import can_view_project, is_on_team
from grants.questionnaires.permissions import register_document_policy
from workflows.navigation import register_nav, signed_in
from workflows.services import resume_deadlines
from workflows.signals import transitioned

ANNEXES = "application/"
"""How the categories of documents begin that answer a question of an application."""


def can_read_annex(user: Any, document: Any) -> bool:
    """The team reads every file of its sheet; others who see the project, the files of what was submitted."""
    application = Application.objects.select_related("project").filter(sheet_id=document.sheet_id).first()
    if application is None:
        return False
    if is_on_team(user, application.project):
        return True
    return can_view_project(user, application.project) and was_submitted(application, document)


def was_submitted(application: Application, document: Any) -> bool:
    """Whether some submitted version has the document: it was there, and not removed yet, at the version's time."""
    there = Q(received_at__gte=document.at)
    if document.removed_at is not None:
        there &= Q(received_at__lt=document.removed_at)
    return SubmittedVersion.objects.filter(there, application=application).exists()


@receiver(transitioned, sender=Clarification, dispatch_uid="applications.clarification_over")
def let_the_clock_run(sender: Any, obj: Clarification, record: Any, **kwargs: Any) -> None:
    """When the applicant no longer has the word, the check's clock runs on from where it stood."""
    if record.transition != "begin":
        resume_deadlines(obj.case)


register_document_policy(ANNEXES, can_read_annex)
register_nav("applications", _("Applications"), "applications:list", visible=signed_in, order=15)
