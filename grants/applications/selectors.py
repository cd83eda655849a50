"""Applications as their readers see them: drafts for the team, submitted versions for the funder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from grants.applications.models import (
    Application,
    Clarification,
    EligibilityAnswer,
    SubmitAttempt,
    SubmittedVersion,
)
from grants.applications.prechecks import Facts
from grants.applications.states import ClarificationState, SectionStatus
from grants.calls.models import CallDate
from grants.organisations.models import Organisation
from grants.organisations.permissions import member_roles
from grants.organisations.states import EDITING_ROLES
from grants.projects.models import Project
from grants.projects.selectors import projects_visible_to, projects_visible_to_staff
from grants.projects.states import NOT_SUBMITTED, ProjectState
from grants.questionnaires.canonical import sha256_of
from grants.questionnaires.context import Context
from grants.questionnaires.selectors import Missing, context_of, missing_answers, section_states
from workflows import clock

SHOWN_WITH = ("project__call__programme", "project__organisation", "project__nomination", "project__case")


def applications_visible_to(user: Any) -> QuerySet[Application]:
    """The twin of `can_view_application`."""
    return Application.objects.filter(project__in=projects_visible_to(user)).select_related(*SHOWN_WITH)


def applications_of_team(user: Any) -> QuerySet[Application]:
    """The twin of `can_view_draft`: applications of the organisations that the person acts for."""
    return Application.objects.filter(project__organisation_id__in=list(member_roles(user))).select_related(*SHOWN_WITH)


def applications_for_staff(user: Any) -> QuerySet[Application]:
    """Submitted applications on the funder's side; drafts are counted by the call, not listed."""
    visible = projects_visible_to_staff(user).exclude(state__in=NOT_SUBMITTED)
    return Application.objects.filter(project__in=visible).select_related(*SHOWN_WITH)


def versions_visible_to(user: Any) -> QuerySet[SubmittedVersion]:
    """Submitted versions of the applications that the person may see."""
    return SubmittedVersion.objects.filter(
        application__project__in=projects_visible_to(user)
    ).select_related("submitted_by", "application__project__call", "application__project__organisation")  # fmt: skip


def projects_to_check(user: Any) -> QuerySet[Project]:
    """The twin of `can_view_check`: projects whose checklist the person may read."""
    return projects_visible_to_staff(user).exclude(state=ProjectState.CALL).filter(application__isnull=False)


def is_declaration(section: dict[str, Any]) -> bool:
    """Whether a section consists of statements to confirm: these are confirmed at the moment of submitting."""
    return all(question["type"] == "checkbox" for question in section["questions"])


def declaration_sections(definition: dict[str, Any]) -> list[str]:
    """The ids of the sections that are confirmed when submitting."""
    return [section["id"] for section in definition["sections"] if is_declaration(section)]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One line of the task list. `open` tells whether it can be entered now."""

    id: str
    title: str
    status: SectionStatus
    mistakes: int
    missing: int
    is_declaration: bool
    open: bool

    @property
    def is_left_out(self) -> bool:
        """Whether nothing in it is required and nothing has been written."""
        return self.status == SectionStatus.NOT_STARTED and not self.missing and not self.is_declaration


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a draft is: its sections, and everything that keeps it from being submitted (declarations apart)."""

    sections: list[SectionLine]
    obstacles: list[Missing]
    declarations: list[Missing]

    @property
    def done(self) -> int:
        """How many sections keep nothing from being submitted any more and have been filled in."""
        return sum(line.status == SectionStatus.COMPLETED for line in self.counted)

    @property
    def counted(self) -> list[SectionLine]:
        """The sections that are filled in before submitting; optional ones only once they are begun."""
        return [line for line in self.sections if not line.is_declaration and not line.is_left_out]


def progress_of(application: Application, *, context: Context | None = None) -> Progress:
    """The task list of an application as it is stored now; two queries, whatever its size."""
    context = context or context_of(application.sheet)
    definition = context.definition
    declared = declaration_sections(definition)
    found = missing_answers(application.sheet, context=context)
    obstacles = [problem for problem in found if problem.section not in declared]
    lines = [
        SectionLine(
            id=state.id,
            title=state.title,
            status=SectionStatus.CANNOT_START if state.id in declared and obstacles else SectionStatus(state.state),
            mistakes=state.mistakes,
            missing=state.missing,
            is_declaration=state.id in declared,
            open=state.id not in declared or not obstacles,
        )
        for state in section_states(application.sheet, context=context, problems=found)
    ]
    return Progress(lines, obstacles, [problem for problem in found if problem.section in declared])


def latest_version(application: Application) -> SubmittedVersion | None:
    """The version that counts: the last one submitted."""
    return application.versions.select_related("submitted_by").order_by("-number").first()


def other_projects(project: Project, *, same_category: bool) -> QuerySet[Project]:
    """The applicant's other projects in the call that count against its limits."""
    others = Project.objects.filter(call_id=project.call_id, organisation_id=project.organisation_id).exclude(
        Q(pk=project.pk) | Q(state__in=[ProjectState.ABANDONED, ProjectState.WITHDRAWN])
    )
    if same_category and project.nomination is not None:
        others = others.filter(nomination__category_key=project.nomination.category_key)
    return others


def answers_of(project: Project) -> dict[str, EligibilityAnswer]:
    """The officers' answers by point of the checklist; `workflow.prepare` loads those of many projects at once."""
    if "_eligibility" in project.__dict__:
        return project.__dict__["_eligibility"]
    return {answer.item_key: answer for answer in project.eligibility_answers.select_related("by")}


def checklist_items(call: Any) -> list[dict[str, Any]]:
    """The points of the call's administrative check: id, label in both languages, correctable or not."""
    return list(call.terms.part("administrative_check", "items") or [])


def open_clarification(project: Project) -> Clarification | None:
    """The request for clarification that waits for the team now; `workflow.prepare` loads those of many at once."""
    if "_clarification" in project.__dict__:
        return project.__dict__["_clarification"]
    return project.clarifications.filter(state=ClarificationState.ASKED).select_related("asked_by").first()


def sections_open_for_changes(application: Application) -> list[str]:
    """The sections that the team may change now: all of a draft, those asked about of a submitted application."""
    definition = application.sheet.questionnaire.definition
    if application.project.state == ProjectState.CALL:
        return [section["id"] for section in definition["sections"]]
    if application.project.state != ProjectState.APPLICATION:
        return []
    asked = open_clarification(application.project)
    if asked is None:
        return []
    asked.project = application.project
    return list(asked.sections) if asked.is_in_time(clock.now()) else []


def facts_of(application: Application, version: SubmittedVersion) -> Facts:
    """What the automatic checks look at: the submitted copy and the call's rules, never today's draft.

    It was received when it was submitted: the answer to a clarification, a later version, does not make it late.
    """
    project, entries = application.project, version.snapshot["content"]["answers"]
    return Facts(
        received_at=project.submitted_at or version.received_at,
        closes_at=project.deadline_at,
        time_zone=project.call.time_zone,
        applicant_kind=project.organisation.kind,
        rules=project.call.rules,
        definition=application.sheet.questionnaire.definition,
        answers={entry["key"]: entry["value"] for entry in entries if entry["type"] != "files"},
        documents=[
            {"key": entry["key"], **document}
            for entry in entries
            if entry["type"] == "files"
            for document in entry["value"]
        ],
        same_category=other_projects(project, same_category=True).exclude(state__in=NOT_SUBMITTED).count(),
        submitted_by=str(version.submitted_by),
    )


def clarifications_visible_to(user: Any) -> QuerySet[Clarification]:
    """Requests for clarification of the projects that the person sees as its team or for the funder."""
    mine = Q(project__organisation_id__in=list(member_roles(user)))
    staff = Q(project__in=projects_visible_to_staff(user))
    return Clarification.objects.filter(mine | staff).select_related(
        "project__call", "project__organisation", "project__case", "asked_by", "answered_by", "answer_version"
    )


def clarifications_of(project: Project) -> list[Clarification]:
    """Every request of a project, the first one first."""
    return list(project.clarifications.select_related("asked_by", "answered_by", "answer_version").order_by("round"))


def clarifications_due() -> QuerySet[Clarification]:
    """Requests that nobody answered in time, to be closed by the clock; on hold the time to answer stands still."""
    over = Q(project__held_since__isnull=True, due_at__lte=clock.now()) | Q(due_at__lte=F("project__held_since"))
    return Clarification.objects.filter(over, state=ClarificationState.ASKED).select_related(
        "project__call", "project__case", "asked_by"
    )


def may_start_for(user: Any) -> list[Organisation]:
    """The organisations for which the person may begin an application."""
    mine = [key for key, role in member_roles(user).items() if role in EDITING_ROLES]
    return list(Organisation.objects.filter(pk__in=mine).order_by("name", "pk"))


def attempts_of(application: Application) -> QuerySet[SubmitAttempt]:
    """Every press of the submit button, the last one first."""
    return application.attempts.select_related("by", "version").order_by("-at", "-pk")


def attempts_count(application: Application) -> int:
    """How often the button was pressed."""
    return application.attempts.count()


def counts_now(version: SubmittedVersion) -> bool:
    """Whether this version takes part in the call: the last one of an application that is handed in."""
    application = version.application
    taken_back = {*NOT_SUBMITTED, ProjectState.WITHDRAWN}
    return version.number == application.version_no and application.project.state not in taken_back


def next_dates(call: Any) -> list[CallDate]:
    """What happens after the deadline, and when, as the call's timetable says."""
    return [date for date in call.dates.all() if date.planned_at >= call.closes_at]


def matches_receipt(number: str, sha256: str) -> bool:
    """Whether a version with this receipt number has this digest, both as stored and as computed again now."""
    version = SubmittedVersion.objects.filter(receipt_number=number).first()
    return version is not None and sha256 == version.sha256 == sha256_of(version.snapshot)
