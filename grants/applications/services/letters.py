"""Telling the team, through the outbox, in each member's language."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from grants.applications import messages
from grants.applications.models import Application, SubmittedVersion
from grants.calls.states import DateKey
from grants.calls.workflow import planned
from grants.calls.zones import last_day
from workflows.formatting import date_long, moment_text
from workflows.services.messages import queue_message
from workflows.text import localized, localized_field


def team_of(organisation_id: int) -> QuerySet[Any]:
    """Everybody who acts for the applicant now."""
    return get_user_model().objects.filter(
        is_active=True, memberships__organisation_id=organisation_id, memberships__left_at__isnull=True
    ).distinct().order_by("pk")  # fmt: skip


def tell_team(application: Application, kind: str, context: dict[str, Any], *, once: str) -> None:
    """Queue a message of a kind to every member; `once` names the event, so that nobody gets it twice.

    Callables in `context` are asked in each reader's language.
    """
    project = application.project
    for person in team_of(project.organisation_id):
        with translation.override(person.language):
            words = {name: value() if callable(value) else value for name, value in context.items()}
            queue_message(
                kind,
                to=person,
                case=project.case,
                context={
                    "project": project,
                    "call_title": localized_field(project.call, "title", person.language),
                    "url": application.get_absolute_url(),
                    **words,
                },
                dedupe=f"{kind}:{once}:{person.pk}",
            )


def send_receipt(version: SubmittedVersion) -> None:
    """Send the receipt of a version to the whole team."""
    application = version.application
    project, call = application.project, application.project.call
    checked_by = planned(call, DateKey.CHECK_UNTIL)
    still_open = version.received_at < project.deadline_at
    tell_team(
        application,
        messages.SUBMITTED,
        {
            "version": version,
            "received": lambda: moment_text(version.received_at, call.time_zone),
            "submitted_by": str(version.submitted_by),
            "receipt_url": version.get_absolute_url(),
            "verify_url": reverse("applications:verify"),
            "next_date": lambda: date_long(last_day(checked_by, call.time_zone)) if checked_by else "",
            "reopen_until": lambda: moment_text(project.deadline_at, call.time_zone) if still_open else "",
        },
        once=str(version.pk),
    )


def tell_reopened(application: Application, version: SubmittedVersion | None, by: Any, once: str) -> None:
    """Tell the team that somebody took the application back into work."""
    call = application.project.call
    context = {
        "actor": str(by),
        "version": version,
        "closes": lambda: moment_text(application.project.deadline_at, call.time_zone),
    }
    tell_team(application, messages.REOPENED, context, once=once)


def tell_withdrawn(application: Application, by: Any, reason: str, once: str) -> None:
    """Tell the team that the application was taken back."""
    tell_team(application, messages.WITHDRAWN, {"actor": str(by), "reason": reason}, once=once)


def tell_ineligible(application: Application, rule: Any, reason: str, once: str) -> None:
    """Tell the team which rule is not met, and why."""
    context = {"rule": lambda: localized(rule), "reason": reason}
    tell_team(application, messages.INELIGIBLE, context, once=once)
