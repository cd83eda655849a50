"""Beginning, filling in and giving up a draft."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from grants.applications.models import Application
from grants.applications.permissions import can_edit_application
from grants.applications.selectors import other_projects, progress_of, sections_open_for_changes
from grants.applications.services.versions import take_over_facts
from grants.calls.models import Call, Nomination
from grants.calls.selectors import accepting_calls
from grants.organisations.models import Organisation
from grants.projects.models import Project
from grants.projects.permissions import can_start_project
from grants.projects.services import abandon_project, create_project
from grants.projects.states import ProjectState
from grants.questionnaires import services as questionnaires
from grants.questionnaires.context import Context
from grants.questionnaires.selectors import anchor_of, input_name, questions_in
from grants.questionnaires.submitted import SummaryLine, section_of
from workflows import clock, statements
from workflows.exceptions import Blocked, NotPermitted
from workflows.models import TransitionRecord
from workflows.obstacles import Obstacle
from workflows.services.log import locked_case
from workflows.services.perform import stale

ALL_OF_IT = (
    "project", "project__call", "project__organisation", "project__nomination", "project__case", "sheet",
    "sheet__questionnaire",
)  # fmt: skip
"""What a save looks at, read with the application."""


@dataclass(frozen=True, slots=True)
class Started:
    """The draft, and whether it was begun now or had been there already."""

    application: Application
    is_new: bool


def start_application(
    *, call: Call, organisation: Organisation, by: Any, nomination: Nomination | None = None
) -> Started:
    """Begin a draft; where the applicant has one in this call (in this category), that one is given back.

    So a double click makes one draft. Raises NotPermitted, or Blocked where the call takes none now or no more.
    """
    if not can_start_project(by, organisation):
        raise NotPermitted
    with clock.reading(), transaction.atomic():
        clock.now()
        locked_case(call.case_id)
        call = Call.objects.select_related("questionnaire").get(pk=call.pk)
        if draft := _draft_of(call, organisation, nomination):
            return Started(draft, is_new=False)
        if obstacles := start_obstacles(call, organisation, nomination):
            raise Blocked(obstacles)
        project = create_project(call=call, organisation=organisation, by=by, nomination=nomination)
        sheet = questionnaires.open_sheet(
            questionnaire=call.questionnaire, case=project.case, by=by, organisation=organisation
        )
        application = Application.objects.create(project=project, sheet=sheet, created_at=clock.now(), created_by=by)
        _choose_nomination(application, by)
        keep_progress(application=application, by=None)
    return Started(application, is_new=True)


def _draft_of(call: Call, organisation: Organisation, nomination: Nomination | None) -> Application | None:
    drafts = Application.objects.filter(
        project__call=call, project__organisation=organisation, project__state=ProjectState.CALL
    ).select_related("project__nomination").order_by("pk")  # fmt: skip
    if nomination is not None:
        drafts = drafts.filter(project__nomination__category_key=nomination.category_key)
    return drafts.first()


def start_obstacles(call: Call, organisation: Organisation, nomination: Nomination | None = None) -> list[Obstacle]:
    """Every reason why this applicant cannot begin an application to this call now."""
    found = []
    if not accepting_calls().filter(pk=call.pk).exists():
        found.append(Obstacle("call_closed", _("The call does not take applications now."), call.get_absolute_url()))
    kinds = call.terms.applicant_kinds
    if kinds and organisation.kind not in kinds:
        found.append(Obstacle("wrong_kind", _("Organisations of this kind cannot apply to this call.")))
    if call.nominations.exists() and (nomination is None or nomination.call_id != call.pk):
        found.append(Obstacle("no_nomination", _("Choose the nomination.")))
    return found + _used_up(call, organisation, nomination)


def _used_up(call: Call, organisation: Organisation, nomination: Nomination | None) -> list[Obstacle]:
    """The limits of applications per applicant and per category; what was given up or taken back does not count."""
    planned = Project(call=call, organisation=organisation, nomination=nomination)
    applications = reverse("applications:list")
    found = []
    most, most_in_category = call.terms.max_per_applicant, call.terms.max_per_category
    if most is not None and other_projects(planned, same_category=False).count() >= most:
        message = _("Your organisation has as many applications in this call as it allows.")
        found.append(Obstacle("too_many", message, applications))
    elif (
        most_in_category is not None
        and nomination is not None
        and other_projects(planned, same_category=True).count() >= most_in_category
    ):
        message = _("Your organisation has as many applications in this category as the call allows.")
        found.append(Obstacle("too_many_in_category", message, applications))
    return found


def _choose_nomination(application: Application, by: Any) -> None:
    """Fill in the form's category question with the nomination chosen at the start."""
    nomination = application.project.nomination
    if nomination is None:
        return
    for section, question in questions_in(application.sheet.questionnaire.definition):
        if question["type"] == "category":
            data = QueryDict(mutable=True)
            data[input_name(question["id"])] = f"{nomination.category_key}/{nomination.key}"
            questionnaires.save_section(
                sheet=application.sheet, section_id=section["id"], data=data, by=by, now=clock.now()
            )


def save_section(
    *,
    application: Application,
    section_id: str,
    data: QueryDict,
    by: Any,
    files: MultiValueDict[str, Any] | None = None,
) -> questionnaires.SaveResult:
    """Keep everything typed in a section and say what is still wrong with it; nobody's newer text is overwritten.

    Raises UnknownSection, NotPermitted, or Stale where the application was submitted since the page was opened. Files
    are stored before the lock is taken, because that may last.
    """
    section_of(application.sheet.questionnaire.definition, section_id)
    if not can_edit_application(by, application):
        raise NotPermitted
    uploads = _take_files(application, section_id, files, by)
    with clock.reading(), transaction.atomic():
        now = clock.now()
        locked_case(application.project.case_id)
        application = statements.get(Application, application.pk, ALL_OF_IT)
        if section_id not in sections_open_for_changes(application):
            raise stale(application.project)
        result = questionnaires.save_section(sheet=application.sheet, section_id=section_id, data=data, by=by, now=now)
        keep_progress(application=application, by=by, context=result.context)
        if application.project.state == ProjectState.CALL:
            take_over_facts(application=application, by=by, context=result.context)
    return _together(uploads, result) if uploads else result


def _take_files(
    application: Application, section_id: str, files: MultiValueDict[str, Any] | None, by: Any
) -> questionnaires.SaveResult | None:
    """Store the files that came with a section, before any lock is taken; one bad file loses no other."""
    if not files:
        return None
    if section_id not in sections_open_for_changes(application):
        raise stale(application.project)
    return questionnaires.keep_files(sheet=application.sheet, section_id=section_id, files=files, by=by)


def _together(uploads: questionnaires.SaveResult, result: questionnaires.SaveResult) -> questionnaires.SaveResult:
    """What became of the files and of the texts, as one answer."""
    result.refused, result.saved = uploads.refused, [*uploads.saved, *result.saved]
    result.anchor = result.anchor or uploads.anchor
    refused = [
        SummaryLine(anchor_of(key, problem.anchor), problem.message)
        for key, problems in uploads.refused.items()
        for problem in problems
    ]
    result.problems = [*refused, *result.problems]
    return result


def keep_progress(*, application: Application, by: Any, context: Context | None = None) -> None:
    """Note on the application how far its draft is; by None where nobody saved (the beginning)."""
    progress = progress_of(application, context=context)
    application.sections_done, application.sections_total = progress.done, len(progress.counted)
    application.problems = len(progress.obstacles)
    fields = ["sections_done", "sections_total", "problems"]
    if by is not None:
        application.saved_at, application.saved_by = clock.now(), by
        fields += ["saved_at", "saved_by"]
    application.save(update_fields=fields)


def abandon_application(
    *, application: Application, by: Any, reason: str = "", key: str | None = None
) -> TransitionRecord:
    """Give the draft up; what was typed stays readable for the team."""
    return abandon_project(project=application.project, by=by, note=reason, key=key)
