"""What is done with a project; each verb says who asks, and its step goes through the engine's one door."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from grants.calls.models import Call, Nomination
from grants.organisations.models import Organisation
from grants.projects.models import Project
from grants.projects.permissions import can_edit_project, can_start_project
from workflows import clock
from workflows.exceptions import NotPermitted, Refused
from workflows.models import Case, TransitionRecord
from workflows.services import begin, perform
from workflows.services.log import locked_case


def create_project(
    *, call: Call, organisation: Organisation, by: Any, title: str = "", nomination: Nomination | None = None
) -> Project:
    """Begin a draft in a call for an organisation; its number is the next of the call, given under the call's lock.

    Raises NotPermitted where the person may not write for the organisation.
    """
    if not can_start_project(by, organisation):
        raise NotPermitted
    with clock.reading(), transaction.atomic():
        clock.now()
        parent = locked_case(call.case_id)
        last = Project.objects.filter(call=call).aggregate(last=Max("ordinal"))["last"] or 0
        number = f"{call.code}-{last + 1:04d}"
        case = Case.objects.create(
            kind="project", number=number, title=title or number, parent=parent, is_test=parent.is_test
        )
        project = Project(
            case=case, call=call, organisation=organisation, nomination=nomination, ordinal=last + 1, number=number,
            title=title,
        )  # fmt: skip
        begin(project, by=by)
    return project


def describe_project(
    *,
    project: Project,
    by: Any,
    title: str | None = None,
    requested_amount: Decimal | None = None,
    nomination: Nomination | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Project:
    """Take over what the application says of itself: title, sum asked for in EUR, nomination, days; None leaves it.

    Raises NotPermitted where the person may not write for the applicant, Refused for a negative sum.
    """
    if not can_edit_project(by, project):
        raise NotPermitted
    if requested_amount is not None and requested_amount < 0:
        raise Refused(_("The sum asked for cannot be negative."))
    with transaction.atomic():
        case = locked_case(project.case_id)
        fields = {
            "title": title, "requested_amount": requested_amount, "nomination": nomination, "starts_on": starts_on,
            "ends_on": ends_on,
        }  # fmt: skip
        new = {name: value for name, value in fields.items() if value not in (None, getattr(project, name))}
        for name, value in new.items():
            setattr(project, name, value)
        if new:
            project.save(update_fields=list(new))
        if title and case.title != title:
            case.title = title[:300]
            case.save(update_fields=["title"])
    return project


def abandon_project(*, project: Project, by: Any, note: str = "", key: str | None = None) -> TransitionRecord:
    """Give a draft up."""
    return perform(project, "abandon", by=by, note=note, key=key)


def allocate_project(
    *, project: Project, by: Any, amount: Decimal, note: str, key: str | None = None
) -> TransitionRecord:
    """Give a project money without a competition, where the call's rules have that; amount in EUR."""
    return perform(project, "allocate", by=by, note=note, key=key, amount=amount)


def invite_full_proposal(
    *, project: Project, by: Any, submit_until: datetime, note: str = "", key: str | None = None
) -> TransitionRecord:
    """Ask for a full proposal until an aware moment."""
    return perform(project, "invite_full", by=by, note=note, key=key, submit_until=submit_until)


def reinstate_project(*, project: Project, by: Any, note: str, key: str | None = None) -> TransitionRecord:
    """Put a refused project back where it was, with the reason."""
    return perform(project, "reinstate", by=by, note=note, key=key)


def hold_project(*, project: Project, by: Any, note: str, key: str | None = None) -> TransitionRecord:
    """Stop the project's clocks, with the reason: every deadline of its case pauses; its stage stays."""
    return perform(project, "hold", by=by, note=note, key=key)


def resume_project(*, project: Project, by: Any, note: str, key: str | None = None) -> TransitionRecord:
    """Let the clocks run again: each deadline of the case moves by the time that it stood still."""
    return perform(project, "resume", by=by, note=note, key=key)


def expire_reserve(*, project: Project, by: Any, note: str = "", key: str | None = None) -> TransitionRecord:
    """End the place of a project on the reserve list."""
    return perform(project, "expire", by=by, note=note, key=key)


def complete_project(*, project: Project, by: Any, note: str = "", key: str | None = None) -> TransitionRecord:
    """End the implementation; the evaluation begins."""
    return perform(project, "complete", by=by, note=note, key=key)


def terminate_project(*, project: Project, by: Any, note: str, key: str | None = None) -> TransitionRecord:
    """End a project before its end, with the reason."""
    return perform(project, "terminate", by=by, note=note, key=key)


def reopen_implementation(*, project: Project, by: Any, note: str, key: str | None = None) -> TransitionRecord:
    """Go back from evaluation to implementation, with the reason."""
    return perform(project, "reopen_implementation", by=by, note=note, key=key)


def close_project(*, project: Project, by: Any, note: str = "", key: str | None = None) -> TransitionRecord:
    """Close a project whose evaluation is done."""
    return perform(project, "close", by=by, note=note, key=key)


def reopen_evaluation(*, project: Project, by: Any, note: str, key: str | None = None) -> TransitionRecord:
    """Open a closed project again within thirty days, with the reason."""
    return perform(project, "reopen_evaluation", by=by, note=note, key=key)
