"""What people do about a message: try again, send it to another address, take it back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workflows import clock, policy
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.models import Message
from workflows.services import outbox
from workflows.services.mail_text import checked_address
from workflows.services.messages import SEND_TASK
from workflows.services.sending import DEAD_WORK
from workflows.services.work import close_work

State = Message.State
HANDLERS = ("role:coordinator", "role:administrator")


def can_handle(user: Any, message: Message) -> bool:
    """Whether a person may retry, correct or cancel: coordinators and administrators not kept away."""
    if not policy.audiences_of(user).intersection(HANDLERS):
        return False
    return message.case_id is None or not policy.is_excluded(user, message.case_id)


def _check(user: Any, message: Message) -> None:
    if not can_handle(user, message):
        raise NotPermitted


def _check_words(message: Message) -> None:
    if message.is_secret:
        raise Refused(_("Its words were secret and are gone. The person can ask for it again."))


def retry_message(*, message: Message, by: Any) -> Message:
    """Try a given-up message again, with the same words and Message-ID. Raises Stale where it is no longer given up."""
    _check(by, message)
    _check_words(message)
    now = clock.now()
    with transaction.atomic():
        taken = Message.objects.filter(pk=message.pk, state=State.DEAD, replaced_by__isnull=True).update(
            state=State.QUEUED, tries=0, available_at=now, error="", handled_by=by
        )
        if not taken:
            raise Stale(url=message.get_absolute_url())
        close_work(message, kind=DEAD_WORK)
        outbox.enqueue(SEND_TASK, message.pk)
    message.refresh_from_db()
    return message


def resend_to(*, message: Message, email: str, by: Any) -> Message:
    """Send the words of a given-up message to another address, as a new message; the old one stays as it is.

    Raises Refused for an impossible address, Stale where it is no longer given up or was sent again already.
    """
    _check(by, message)
    _check_words(message)
    email, now = checked_address(email.strip()), clock.now()
    with transaction.atomic():
        old = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        if old.state != State.DEAD or Message.objects.filter(replaces=old).exists():
            raise Stale(url=message.get_absolute_url())
        new = Message.objects.create(
            case_id=old.case_id, kind=old.kind, to_user_id=old.to_user_id, to_email=email, language=old.language,
            subject=old.subject, text=old.text, html=old.html, replaces=old, handled_by=by, available_at=now,
            created_at=now,
        )  # fmt: skip
        close_work(message, kind=DEAD_WORK)
        outbox.enqueue(SEND_TASK, new.pk, dedupe=f"message:{new.pk}")
    return new


def cancel_message(*, message: Message, by: Any) -> Message:
    """Take back a message that has not left. Raises Stale where it is under way or has left."""
    _check(by, message)
    wiped = {"text": "", "html": ""} if message.is_secret else {}
    with transaction.atomic():
        taken = Message.objects.filter(pk=message.pk, state__in=[State.QUEUED, State.FAILED, State.DEAD]).update(
            state=State.CANCELLED, handled_by=by, **wiped
        )
        if not taken:
            raise Stale(url=message.get_absolute_url())
        close_work(message, kind=DEAD_WORK)
    message.refresh_from_db()
    return message
