"""What the policy table says about applications, their versions and clarifications."""

from django.utils.translation import gettext_lazy as _

from grants.applications import permissions as may
from grants.applications.selectors import (
    applications_of_team,
    applications_visible_to,
    clarifications_visible_to,
    projects_to_check,
    versions_visible_to,
)
from workflows.policy import people_with, register_verb
from workflows.policy_table import register_situations, situations

APPLICATION = "grants.application"

register_situations("application", situations("project"))
register_situations("submittedversion", {"submitted": _("submitted")})
register_situations("clarification", {"asked": _("waiting for an answer")})
register_situations("document", {"draft": _("annex of a draft"), "submitted": _("annex of a submitted version")})
register_verb(
    "application.view",
    _("see an application"),
    model=APPLICATION,
    can=may.can_view_application,
    visible_to=applications_visible_to,
)
register_verb(
    "application.view_draft",
    _("read what is not submitted yet"),
    model=APPLICATION,
    can=may.can_view_draft,
    visible_to=applications_of_team,
)
register_verb("application.edit", _("fill in an application"), model=APPLICATION, can=may.can_edit_application)
register_verb(
    "application.submit",
    _("submit an application"),
    model=APPLICATION,
    can=may.can_submit_application,
    who_may=lambda application: people_with(
        application.project.case_id, f"org-submit:{application.project.organisation_id}"
    ),
)
register_verb(
    "application.view_attempts", _("read the attempts to submit"), model=APPLICATION, can=may.can_view_attempts
)
register_verb(
    "project.view_check",
    _("read the checklist"),
    model="grants.project",
    can=may.can_view_check,
    visible_to=projects_to_check,
)
register_verb("project.check", _("answer the checklist"), model="grants.project", can=may.can_check)
register_verb(
    "submittedversion.view",
    _("read a submitted version and its receipt"),
    model="grants.submittedversion",
    can=may.can_view_version,
    visible_to=versions_visible_to,
)
register_verb(
    "submittedversion.download",
    _("download the received file as a whole"),
    model="grants.submittedversion",
    can=may.can_download_version,
)
register_verb(
    "clarification.view",
    _("read a request for clarification"),
    model="grants.clarification",
    can=may.can_view_clarification,
    visible_to=clarifications_visible_to,
)
register_verb(
    "clarification.answer",
    _("answer a request for clarification"),
    model="grants.clarification",
    can=may.can_answer,
    who_may=lambda asked: people_with(asked.case_id, f"org-submit:{asked.project.organisation_id}"),
)
register_verb(
    "clarification.cancel",
    _("take back a request for clarification"),
    model="grants.clarification",
    can=may.can_cancel_clarification,
)
