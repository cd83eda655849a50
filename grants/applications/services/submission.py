"""Submitting: exactly once, before the deadline by the one clock, with a copy, a digest and a receipt; or not."""

from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.applications.models import Application, SubmitAttempt, SubmittedVersion
from grants.applications.permissions import can_submit_application
from grants.applications.selectors import declaration_sections, progress_of
from grants.applications.services.letters import send_receipt
from grants.applications.services.versions import add_version, take_over_facts
from grants.applications.states import AttemptResult
from grants.projects.guards import call_takes_it_now
from grants.projects.permissions import is_on_team
from grants.projects.states import ProjectState
from grants.questionnaires.selectors import Missing, context_of
from grants.questionnaires.services import save_section
from workflows import clock
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.services import perform
from workflows.services.log import locked_case
from workflows.services.perform import stale

TOO_LATE = frozenset({"too_late", "call_closed"})
INCOMPLETE = "incomplete"
FORM_USED = gettext_lazy("This form has already been used for something else. Open the page again.")


def submit_application(
    *, application: Application, by: Any, key: str, declarations: QueryDict | None = None, language: str = "lt"
) -> SubmittedVersion:
    """Submit the application as it stands; returns the version, whose receipt also goes to the whole team.

    key: one per press of the button; the same key again answers the same version. declarations: what was ticked on the
    confirming page. The clock is read before any lock is waited for, compared with the deadline and stored. Every press
    is kept as an attempt. Raises NotPermitted, Stale (someone submitted meanwhile) or Blocked with every obstacle.
    """
    with clock.reading():
        clock.now()  # the reading that decides, before any lock is waited for; all that follows repeats it
        try:
            with transaction.atomic():
                version = _submit(application, by, key, declarations, language)
        except Refused as refusal:
            if is_on_team(by, application.project):
                _keep_attempt(application, by, _result_of(refusal), refusal.obstacles)
            raise
    return version


def _submit(
    application: Application, by: Any, key: str, declarations: QueryDict | None, language: str
) -> SubmittedVersion:
    fresh = locked_application(application)
    project = fresh.project
    if not can_submit_application(by, fresh):
        raise NotPermitted
    if first := version_of_press(fresh, key):
        return _repeated(first, fresh, by)
    if project.state != ProjectState.CALL:
        raise stale(project)
    if late := call_takes_it_now(project, Move("submit", by, clock.now())):
        raise Blocked([late])
    _confirm(fresh, declarations, by)
    context = context_of(fresh.sheet)
    progress = progress_of(fresh, context=context)
    if missing := [*progress.obstacles, *progress.declarations]:
        raise Blocked([obstacle_of(fresh, problem) for problem in missing])
    take_over_facts(application=fresh, by=by, context=context)
    version = add_version(application=fresh, by=by, now=clock.now(), key=key, language=language, context=context)
    perform(project, "submit", by=by, version=version)
    SubmitAttempt.objects.create(
        application=fresh, at=version.received_at, by=by, result=AttemptResult.ACCEPTED, version=version
    )
    send_receipt(version)
    return version


def locked_application(application: Application) -> Application:
    """The application as it stands, under the locks of the call's case and the project's case, in this order."""
    case = application.project.case
    if case.parent_id is not None:
        locked_case(case.parent_id)
    locked_case(case.pk)
    return Application.objects.select_related(
        "project__call", "project__organisation", "project__nomination", "project__case", "sheet__questionnaire"
    ).get(pk=application.pk)


def version_of_press(application: Application, key: str) -> SubmittedVersion | None:
    """The version that this press of the button made already; a key used for another application is refused."""
    first = SubmittedVersion.objects.filter(key=key).select_related("application").first()
    if first is not None and first.application_id != application.pk:
        raise Refused(FORM_USED)
    return first


def _repeated(first: SubmittedVersion, application: Application, by: Any) -> SubmittedVersion:
    """The same press came twice: the first answer is given again, and that is kept too."""
    SubmitAttempt.objects.create(
        application=application, at=clock.now(), by=by, result=AttemptResult.REPEATED, version=first
    )
    return first


def _confirm(application: Application, declarations: QueryDict | None, by: Any) -> None:
    """Keep the declarations that were ticked together with the button."""
    if declarations is None:
        return
    for section in declaration_sections(application.sheet.questionnaire.definition):
        save_section(sheet=application.sheet, section_id=section, data=declarations, by=by, now=clock.now())


def obstacle_of(application: Application, problem: Missing) -> Obstacle:
    """A missing or wrong answer as an obstacle that leads to its field."""
    page = reverse("applications:section", args=[application.pk, problem.section])
    if problem.label.endswith("?"):
        message = f"{problem.label} {problem.message}"  # two sentences: nothing stands between them
    else:
        message = _("%(question)s: %(what)s") % {"question": problem.label, "what": problem.message}
    return Obstacle(INCOMPLETE, message, f"{page}#{problem.anchor}")


def _result_of(refusal: Refused) -> AttemptResult:
    codes = {obstacle.code for obstacle in refusal.obstacles}
    if codes & TOO_LATE:
        return AttemptResult.LATE
    return AttemptResult.INCOMPLETE if INCOMPLETE in codes else AttemptResult.REFUSED


def _keep_attempt(application: Application, by: Any, result: AttemptResult, obstacles: list[Obstacle]) -> None:
    missing = [{"code": o.code, "message": str(o.message), "url": o.url} for o in obstacles]
    SubmitAttempt.objects.create(application=application, at=clock.now(), by=by, result=result, missing=missing)
