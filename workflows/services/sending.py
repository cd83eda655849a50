"""Sending: claim, send with the row's own Message-ID, mark; try again later; give up where people can see it.

A crash or a broken connection between "sent" and "marked" cannot be told from "not sent": the same mail then leaves
again under the same Message-ID, so that a mailbox can recognise the repeat.
"""

import logging
import smtplib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q

from workflows import clock
from workflows.messages import message_kind
from workflows.models import Message
from workflows.services import outbox
from workflows.services.messages import reason_to_hold_back
from workflows.services.work import open_work

logger = logging.getLogger(__name__)
State = Message.State
SEND_LEASE = timedelta(minutes=2)
TIMEOUT = 10
MAX_TRIES = 40
LONGEST_WAIT = 1800
DEAD_WORK = "message_dead"


def send(pk: int) -> None:
    """Send one message, if it is its turn and nobody else is at it. Raises outbox.Later to be tried again."""
    message = _claim(pk)
    if message is None:
        _wait_for_others(pk)
        return
    if held_back := _held_back(message):
        _settle(message, State.CANCELLED, held_back)
        return
    try:
        _hand_to_server(message)
    except Exception as error:
        _failed(message, error)
    else:
        _settle(message, State.SENT)


def _claim(pk: int) -> Message | None:
    now = clock.now()
    mine = Q(state__in=[State.QUEUED, State.FAILED], available_at__lte=now) | Q(
        state=State.SENDING, lease_until__lte=now
    )
    taken = Message.objects.filter(mine, pk=pk).update(
        state=State.SENDING, lease_until=now + SEND_LEASE, tries=F("tries") + 1
    )
    return Message.objects.select_related("to_user", "case").get(pk=pk) if taken else None


def _wait_for_others(pk: int) -> None:
    """Nothing to do for what is finished; come back for what is not due yet or in another worker's hands."""
    message = Message.objects.filter(pk=pk).first()
    if message is not None and message.state in (State.QUEUED, State.FAILED):
        raise outbox.Later(message.available_at)
    if message is not None and message.lease_until is not None:
        raise outbox.Later(message.lease_until)


def _held_back(message: Message) -> str:
    try:
        for_team = message_kind(message.kind).for_team
    except LookupError:
        for_team = False
    return reason_to_hold_back(message.to_user, message.case_id, for_team=for_team)


def mail_of(message: Message) -> EmailMultiAlternatives:
    """The mail as it leaves: plain text always, HTML beside it, and the row's own Message-ID."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to_email],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _hand_to_server(message: Message) -> None:
    mail = mail_of(message)
    mail.connection = get_connection(timeout=TIMEOUT)
    mail.send()


def is_final(error: Exception) -> bool:
    """Whether trying again cannot help: the server knows no such recipient, or refuses these words for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def _failed(message: Message, error: Exception) -> None:
    """Mark the failure; raises outbox.Later unless it was the last try."""
    reason = _words_of(error)
    if is_final(error) or message.tries >= MAX_TRIES:
        _bury(message, reason)
        return
    until = clock.now() + outbox.backoff(message.tries, most=LONGEST_WAIT)
    logger.warning("message %s could not be sent (try %s): %s", message.pk, message.tries, reason)
    _settle(message, State.FAILED, reason, available_at=until)
    raise outbox.Later(until, reason)


def _words_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {words.decode(errors='replace')}" for code, words in error.recipients.values()]
        return "; ".join(answers)[:500]
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        text = words.decode(errors="replace") if isinstance(words, bytes) else words
        return f"{error.smtp_code} {text}"[:500]
    return f"{type(error).__name__}: {error}"[:500]


def _settle(message: Message, state: str, error: str = "", **fields: Any) -> bool:
    """Move a claimed message on, unless another worker has claimed it meanwhile."""
    if state == State.SENT:
        fields["sent_at"] = clock.now()
    if message.is_secret and state in (State.SENT, State.CANCELLED, State.DEAD) and not settings.DEMO:
        fields |= {"text": "", "html": ""}
    taken = Message.objects.filter(pk=message.pk, state=State.SENDING, tries=message.tries).update(
        state=state, lease_until=None, error=error[:500], **fields
    )
    return bool(taken)


def _bury(message: Message, reason: str) -> None:
    """No further try by itself: a coordinator gets it as work, where the message belongs to a case."""
    with transaction.atomic():
        if not _settle(message, State.DEAD, reason):
            return
        logger.warning("message %s is given up: %s", message.pk, reason)
        if message.case_id is not None:
            open_work(message, kind=DEAD_WORK, audience="role:coordinator", url=message.get_absolute_url())


def give_up(pk: int) -> None:
    """Called when the worker itself ended at this message again and again."""
    message = Message.objects.filter(pk=pk, state__in=[State.QUEUED, State.FAILED, State.SENDING]).first()
    if message is not None:
        Message.objects.filter(pk=pk, state=message.state, tries=message.tries).update(
            state=State.SENDING, lease_until=clock.now()
        )
        _bury(message, "The worker ended in the middle of it each time.")
