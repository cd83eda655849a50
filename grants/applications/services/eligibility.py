"""The eligibility check: officers answer the checklist, then accept the application or find it ineligible."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grants.applications.models import EligibilityAnswer, IneligibilityFinding
from grants.applications.permissions import can_check
from grants.applications.selectors import checklist_items
from grants.applications.services.letters import tell_ineligible
from grants.applications.states import CheckAnswer
from grants.projects.models import Project
from workflows import clock
from workflows.exceptions import NotPermitted, Refused
from workflows.models import TransitionRecord
from workflows.services import perform
from workflows.services.log import locked_case

LONGEST_NOTE = 1000


def record_checks(*, project: Project, answers: Mapping[str, tuple[str, str]], by: Any) -> list[str]:
    """Keep an officer's answers: point of the checklist -> (answer, note); returns the points that changed.

    Raises NotPermitted, or Refused for an unknown point or answer, or where anything but “yes” has no note.
    """
    with clock.reading(), transaction.atomic():
        now = clock.now()
        locked_case(project.case_id)
        project = Project.objects.select_related("call", "application").get(pk=project.pk)
        if not can_check(by, project):
            raise NotPermitted
        there = {answer.item_key: answer for answer in project.eligibility_answers.all()}
        changed = []
        for item, (answer, note) in answers.items():
            _refuse_odd(project, item, answer, note)
            known = there.get(item)
            if known is None or (known.answer, known.note) != (answer, note):
                changed.append(
                    EligibilityAnswer(project=project, item_key=item, answer=answer, note=note, by=by, at=now,
                                      version_no=project.application.version_no)
                )  # fmt: skip
        EligibilityAnswer.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["project", "item_key"],
            update_fields=["answer", "note", "by", "at", "version_no"],
        )  # fmt: skip
    return [answer.item_key for answer in changed]


def _refuse_odd(project: Project, item: str, answer: str, note: str) -> None:
    if item not in {i["id"] for i in checklist_items(project.call)}:
        raise Refused(_("The checklist of this call has no such point."))
    if answer not in CheckAnswer.values:
        raise Refused(_("Answer yes, no or to be clarified."))
    if answer != CheckAnswer.YES and not note:
        raise Refused(_("Say in a note why, so that the applicant can be told."))
    if len(note) > LONGEST_NOTE:
        raise Refused(_("Shorten the note to 1000 characters."))


def accept_application(*, project: Project, by: Any, note: str = "", key: str | None = None) -> TransitionRecord:
    """Let the application go on to assessment. Raises Blocked until every point of the checklist is answered yes."""
    return perform(project, "accept", by=by, note=note, key=key)


def find_ineligible(*, project: Project, by: Any, item: str, reason: str, key: str | None = None) -> TransitionRecord:
    """End the application's way with the rule that it does not meet and the reason; the team is told both.

    item: the point of the call's checklist that is cited. Raises Refused for an unknown point or an empty reason.
    """
    rule = next((i for i in checklist_items(project.call) if i["id"] == item), None)
    if rule is None:
        raise Refused(_("Choose the rule that is not met."))
    if not reason.strip():
        raise Refused(_("Give the reason: the applicant will read it."))
    with clock.reading(), transaction.atomic():
        finding = IneligibilityFinding(project=project, item_key=item, reason=reason.strip(), by=by, at=clock.now())
        record = perform(project, "find_ineligible", by=by, note=reason, key=key, finding=finding)
        if not IneligibilityFinding.objects.filter(record=record).exists():
            finding.record = record
            finding.save()
            tell_ineligible(project.application, rule["label"], reason.strip(), once=str(record.pk))
    return record
