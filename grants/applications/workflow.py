"""What applications add to the project's machine, and the machine of requests for clarification."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grants.applications.models import (
    Application,
    Clarification,
    EligibilityAnswer,
    IneligibilityFinding,
    SubmittedVersion,
)
from grants.applications.selectors import answers_of, checklist_items, clarifications_visible_to, open_clarification
from grants.applications.states import CheckAnswer, ClarificationState
from grants.projects.models import Project
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.registry import Due, Machine, State, Work, contribute_guard, machine_of, register_machine

C = ClarificationState


def version_was_kept(project: Project, move: Move) -> Obstacle | None:
    """A project is submitted only together with the version kept in the same step.

    While a page only asks, it tells of what was still missing when the draft was last saved.
    """
    if "_application" not in project.__dict__:
        project.__dict__["_application"] = Application.objects.filter(pk=project.pk).first()
    application = project.__dict__["_application"]
    if application is None:
        return Obstacle("no_application", _("The project has no application."))
    page = reverse("applications:check", args=[project.pk])
    if move.asking:
        return Obstacle("incomplete", _("Something is still missing."), page) if application.problems else None
    version = move.data.get("version")
    if isinstance(version, SubmittedVersion) and (version.application_id, version.received_at) == (
        project.pk,
        move.now,
    ):
        return None
    return Obstacle("no_version", _("Submit the application on its own page."), page)


def every_point_is_met(project: Project, move: Move) -> Obstacle | None:
    """An application goes on to assessment when an officer has answered yes to every point of the checklist."""
    answers = answers_of(project)
    yes = {key for key, answer in answers.items() if answer.answer == CheckAnswer.YES}
    if all(item["id"] in yes for item in checklist_items(project.call)):
        return None
    page = reverse("applications:eligibility", args=[project.pk])
    return Obstacle("check_unfinished", _("Not every point of the eligibility check is answered with yes."), page)


def finding_was_named(project: Project, move: Move) -> Obstacle | None:
    """An application is found ineligible only with the rule and the reason that the applicant will read."""
    if move.asking or isinstance(move.data.get("finding"), IneligibilityFinding):
        return None
    page = reverse("applications:ineligible", args=[project.pk])
    return Obstacle("no_finding", _("Name the rule that is not met."), page)


def no_clarification_waits(project: Project, move: Move) -> Obstacle | None:
    """While the team has time to clarify, nothing is decided about its application."""
    waiting = open_clarification(project)
    if waiting is None:
        return None
    return Obstacle("clarification_open", _("The applicant still has time to clarify."), waiting.get_absolute_url())


for _step, _guard in (
    ("submit", version_was_kept),
    ("accept", every_point_is_met),
    ("accept", no_clarification_waits),
    ("find_ineligible", finding_was_named),
    ("find_ineligible", no_clarification_waits),
):
    contribute_guard("grants.project", _step, _guard)

_machine = machine_of(Project)
_prepare_project = _machine.prepare


def prepare(projects: Sequence[Project], user: Any) -> None:
    """Load what the guards ask of many projects at once: applications, answers of checklists, open requests."""
    _prepare_project(projects, user)
    keys = [project.pk for project in projects]
    applications = Application.objects.in_bulk(keys)
    answers: dict[int, dict[str, EligibilityAnswer]] = defaultdict(dict)
    for answer in EligibilityAnswer.objects.filter(project__in=keys).select_related("by"):
        answers[answer.project_id][answer.item_key] = answer
    waiting = Clarification.objects.filter(project__in=keys, state=C.ASKED).select_related("asked_by")
    requests = {request.project_id: request for request in waiting}
    for project in projects:
        project.__dict__["_application"] = applications.get(project.pk)
        project.__dict__["_eligibility"] = answers[project.pk]
        project.__dict__["_clarification"] = requests.get(project.pk)


_machine.prepare = prepare
_machine.urls |= {
    "submit": lambda project: reverse("applications:submit", args=[project.pk]),
    "abandon": lambda project: reverse("applications:abandon", args=[project.pk]),
    "reopen": lambda project: reverse("applications:reopen", args=[project.pk]),
    "withdraw": lambda project: reverse("applications:withdraw", args=[project.pk]),
    "accept": lambda project: reverse("applications:eligibility", args=[project.pk]),
    "find_ineligible": lambda project: reverse("applications:ineligible", args=[project.pk]),
}

ANSWER = Work(
    kind="clarification_answer",
    title=_("Clarify the application"),
    audience=lambda request: [f"org:{request.project.organisation_id}"],
    url=Clarification.get_absolute_url,
    due=Due(
        at=lambda request: request.due_at,
        kind="clarification",
        time_zone=lambda request: request.project.call.time_zone,
        rule="administrative_check.correction_working_days",
    ),
)

register_machine(
    Machine(
        model=Clarification,
        field="state",
        label=_("request for clarification"),
        visible_to=clarifications_visible_to,
        states={
            C.ASKED: State(label=pgettext_lazy("clarification", "asked"), work=[ANSWER]),
            C.ANSWERED: State(label=pgettext_lazy("clarification", "answered"), final=True),
            C.EXPIRED: State(label=pgettext_lazy("clarification", "expired"), final=True),
            C.CANCELLED: State(label=pgettext_lazy("clarification", "cancelled"), final=True),
        },
    )
)
