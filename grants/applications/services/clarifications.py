"""Asking for clarification: only the sections asked about open, until a day; the answer is a new version."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from grants.applications import messages
from grants.applications.models import Application, Clarification, SubmittedVersion
from grants.applications.permissions import can_answer, can_check
from grants.applications.selectors import open_clarification, progress_of
from grants.applications.services.letters import send_receipt, tell_team
from grants.applications.services.submission import FORM_USED, locked_application, obstacle_of, version_of_press
from grants.applications.services.versions import add_version, take_over_facts
from grants.applications.working_days import working_days_later
from grants.calls.models import Call
from grants.projects.guards import not_held
from grants.projects.models import Project
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.formatting import moment_text
from workflows.models import Deadline, TransitionRecord
from workflows.moves import Move
from workflows.obstacles import Obstacle
from workflows.services import begin, pause_deadlines, perform
from workflows.services.messages import queue_message
from workflows.services.perform import stale
from workflows.text import localized

DEFAULT_DAYS = 5


def default_days(call: Call) -> int:
    """How many working days the call's rules give for a correction."""
    return int(call.terms.part("administrative_check", "correction_working_days") or DEFAULT_DAYS)


def ask_clarification(
    *, application: Application, by: Any, sections: Sequence[str], question: str, working_days: int, key: str = ""
) -> Clarification:
    """Open some sections of a submitted application for so many working days, and tell the team what to clarify.

    Raises NotPermitted, Refused for an unknown section or an empty question, Blocked where one request waits already,
    the call's rounds of correction are used up or the project is on hold. The same key again gives the first request.
    """
    with clock.reading(), transaction.atomic():
        now = clock.now()
        application = locked_application(application)
        project = application.project
        if not can_check(by, project):
            raise NotPermitted
        if key and (first := TransitionRecord.objects.filter(key=f"clarify:{key}").first()):
            return _asked_before(first, project)
        titles = {s["id"]: s["title"] for s in application.sheet.questionnaire.definition["sections"]}
        if not sections or set(sections) - set(titles) or not question.strip():
            raise Refused(_("Choose at least one section and say what to clarify."))
        request = Clarification(
            case=project.case, project=project, round=_next_round(project), sections=list(sections),
            question=question.strip(), asked_by=by, asked_at=now,
            due_at=working_days_later(now, working_days, project.call.time_zone),
        )  # fmt: skip
        pause_deadlines(project.case)  # the clock of the check stands while the applicant has the word
        begin(request, by=by, key=f"clarify:{key}" if key else None)
        _tell_asked(application, request, [titles[one] for one in sections])
    return request


def _asked_before(first: TransitionRecord, project: Project) -> Clarification:
    """The request that this press of the button made; a key of another project's is refused."""
    known = Clarification.objects.filter(pk=first.subject_id, project=project).first()
    if known is None:
        raise Refused(FORM_USED)
    return known


def _next_round(project: Project) -> int:
    """The number of the next round; raises Blocked where none may begin."""
    if (obstacle := not_held(project, Move("clarify", None, clock.now()))) is not None:
        raise Blocked([obstacle])
    if (waiting := open_clarification(project)) is not None:
        raise Blocked(
            [Obstacle("clarification_open", _("One request is waiting already."), waiting.get_absolute_url())]
        )
    asked = project.clarifications.exclude(state="cancelled").count()
    most = project.call.terms.part("administrative_check", "max_correction_rounds")
    if most is not None and asked >= most:
        raise Blocked([Obstacle("no_rounds_left", _("The call's rules allow no further round of corrections."))])
    return project.clarifications.count() + 1


def _tell_asked(application: Application, request: Clarification, titles: list[Any]) -> None:
    zone = application.project.call.time_zone
    context = {
        "question": request.question,
        "sections": lambda: ", ".join(localized(title) for title in titles),
        "due": lambda: moment_text(request.due_at, zone),
        "url": request.get_absolute_url(),
    }
    tell_team(application, messages.CLARIFICATION_ASKED, context, once=str(request.pk))


def answer_clarification(
    *, clarification: Clarification, by: Any, key: str, answer: str = "", language: str = "lt"
) -> SubmittedVersion:
    """Submit the changed sections as a new version; returns it, and its receipt goes to the team.

    The same key again gives the first version. Raises NotPermitted, Stale where it is not asked any more, or Blocked
    after its time and while something is missing.
    """
    with clock.reading(), transaction.atomic():
        clock.now()
        application = locked_application(clarification.project.application)
        clarification = Clarification.objects.select_related("asked_by", "project__call").get(pk=clarification.pk)
        if not can_answer(by, clarification):
            raise NotPermitted
        if first := version_of_press(application, key):
            return first
        if clarification.state != "asked":
            raise stale(clarification)
        progress = progress_of(application)
        if missing := [*progress.obstacles, *progress.declarations]:
            raise Blocked([obstacle_of(application, problem) for problem in missing])
        take_over_facts(application=application, by=by)
        version = add_version(application=application, by=by, now=clock.now(), key=key, language=language)
        perform(clarification, "give_answer", by=by, note=answer, version=version)
        send_receipt(version)
        _tell_answered(application, clarification, version, answer, by)
    return version


def _tell_answered(
    application: Application, clarification: Clarification, version: SubmittedVersion, answer: str, by: Any
) -> None:
    queue_message(
        messages.CLARIFICATION_ANSWERED,
        to=clarification.asked_by,
        case=application.project.case,
        context={
            "project": application.project, "actor": str(by), "answer": answer, "version": version,
            "url": reverse("applications:eligibility", args=[application.pk]),
        },
        dedupe=f"{messages.CLARIFICATION_ANSWERED}:{clarification.pk}",
    )  # fmt: skip


def go_on_after_hold(*, clarification: Clarification) -> None:
    """The hold is over and every deadline of the case runs again: the team may answer until its deadline's new moment.

    Until the team has answered, the clock of the check stands still again.
    """
    moved = Deadline.objects.filter(
        subject_label=clarification.subject_label, subject_id=clarification.pk, closed_at__isnull=True
    ).order_by("due_at").last()  # fmt: skip
    if moved is not None and moved.due_at != clarification.due_at:
        clarification.due_at = moved.due_at
        clarification.save(update_fields=["due_at"])
    pause_deadlines(clarification.case, except_of=clarification)


def expire_clarification(*, clarification: Clarification) -> TransitionRecord:
    """Close a request that nobody answered in time, and tell whoever asked."""
    with clock.reading(), transaction.atomic():
        clock.now()
        record = perform(clarification, "expire", by=SYSTEM)
        project = clarification.project
        with translation.override(clarification.asked_by.language):
            due = moment_text(clarification.due_at, project.call.time_zone)
        queue_message(
            messages.CLARIFICATION_EXPIRED,
            to=clarification.asked_by,
            case=project.case,
            context={"project": project, "due": due, "url": reverse("applications:eligibility", args=[project.pk])},
            dedupe=f"{messages.CLARIFICATION_EXPIRED}:{clarification.pk}",
        )
    return record
