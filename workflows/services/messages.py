"""Queueing messages: the words are made at once and kept, in the transaction of what they tell of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from workflows import clock, policy, statements
from workflows.messages import message_kind
from workflows.models import Case, Message
from workflows.services import outbox
from workflows.services.mail_text import Words, checked_address, known_language, one_line, render

SEND_TASK = "workflows.send_message"
ACCOUNT = "account"
HELD_BACK = "The person is kept away from this case."
NO_ACCOUNT = "The account is closed."


def queue_message(
    kind: str,
    to: Any,
    case: Case | None = None,
    context: Mapping[str, Any] | None = None,
    dedupe: str | None = None,
    send_after: datetime | None = None,
    language: str | None = None,
) -> Message:
    """Write a message of a registered kind to a person (or an address), rendered in their language; returns the row.

    It leaves after the caller's transaction commits, not before `send_after`. The same `dedupe` twice keeps the first.
    A person kept away from the case gets nothing, unless the kind is for the applicant's team: the row then stands
    cancelled and empty, with the reason. Raises LookupError for an unknown kind, Refused for an impossible address.
    """
    spec = message_kind(kind)
    if dedupe is not None and (first := Message.objects.filter(dedupe=dedupe).first()):
        return first
    person = None if isinstance(to, str) else to
    message = Message(
        kind=kind,
        case=case,
        to_user=person,
        to_email=checked_address(to if person is None else person.email),
        language=known_language(language or getattr(person, "language", None)),
    )
    if held_back := reason_to_hold_back(person, case.pk if case else None, for_team=spec.for_team):
        message.state, message.error = Message.State.CANCELLED, held_back
    else:
        values = {"person": person, "case": case, **(context or {})}
        _put(message, render(spec, message.language, values, getattr(person, "time_zone", None)))
    return _store(message, dedupe, send_after)


def queue_raw_message(
    to_email: str,
    subject: str,
    text: str,
    html: str = "",
    language: str = "lt",
    kind: str = ACCOUNT,
    dedupe: str | None = None,
    to_user: Any = None,
    is_secret: bool = True,
) -> Message:
    """Write a message whose words somebody else has made (sign-in, password); returns the row.

    is_secret: nobody of the staff reads it, and its words are wiped once it has left. Raises Refused for an impossible
    address.
    """
    if dedupe is not None and (first := Message.objects.filter(dedupe=dedupe).first()):
        return first
    message = Message(
        kind=kind,
        to_user=to_user,
        to_email=checked_address(to_email),
        language=known_language(language),
        is_secret=is_secret,
    )
    _put(message, Words(one_line(subject)[:250], text, html))
    return _store(message, dedupe, None)


def reason_to_hold_back(person: Any, case_id: int | None, *, for_team: bool) -> str:
    """Why this person must not get a message of this case now; empty where they may."""
    if person is None:
        return ""
    if not person.is_active:
        return NO_ACCOUNT
    if case_id is not None and not for_team and policy.is_excluded(person, case_id):
        return HELD_BACK
    return ""


def _put(message: Message, words: Words) -> None:
    # PostgreSQL stores no NUL, and no mail needs one.
    message.subject, message.text, message.html = (part.replace("\x00", "") for part in words)


def _store(message: Message, dedupe: str | None, send_after: datetime | None) -> Message:
    """Insert the row and its outbox entry together; a lost race for the same `dedupe` answers the winner's row."""
    message.created_at = clock.now()
    message.available_at = max(send_after or message.created_at, message.created_at)
    message.dedupe = dedupe or message.dedupe
    with transaction.atomic():
        if not statements.insert(message, once="dedupe"):
            return Message.objects.get(dedupe=dedupe)
        if message.state == Message.State.QUEUED:
            outbox.enqueue(SEND_TASK, message.pk, dedupe=f"message:{message.pk}", available_at=message.available_at)
    return message
