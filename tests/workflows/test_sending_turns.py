"""Whose turn it is: messages that wait, that are held back, that have left, and workers given up for lost."""

from datetime import timedelta

import pytest
from django.core import mail

from workflows import clock
from workflows.delivery import deliver_all
from workflows.models import Exclusion, Message, WorkItem
from workflows.services import outbox, sending
from workflows.services.messages import queue_message, queue_raw_message

pytestmark = pytest.mark.django_db


def test_a_message_that_is_not_due_yet_waits_until_then(person):
    moment = clock.now() + timedelta(hours=3)
    message = queue_message("leave_note", person(), send_after=moment)
    with pytest.raises(outbox.Later) as later:
        sending.send(message.pk)
    assert (later.value.until, mail.outbox) == (moment, [])


def test_a_message_of_a_kind_that_is_gone_leaves_but_to_nobody_kept_away(leave, person):
    request, reader, other = leave(), person(), person()
    kept_away, sent = (queue_message("leave_team", user, case=request.case) for user in (reader, other))
    Message.objects.update(kind="gone")
    Exclusion.objects.create(case=request.case, user=reader, since=clock.now(), code="family")
    deliver_all()
    assert [Message.objects.get(pk=one.pk).state for one in (kept_away, sent)] == ["cancelled", "sent"]


def test_a_message_without_a_picture_of_its_words_leaves_as_plain_text():
    queue_raw_message("ona@example.test", "Your code", "The code is 123456.")
    deliver_all()
    assert [part.get_content_type() for part in mail.outbox[0].message().walk()] == ["text/plain"]


def test_a_worker_given_up_for_lost_buries_nothing(leave, person, at):
    travel = at("2026-11-02T10:00")
    message = queue_message("leave_note", person(), case=leave().case)
    lost = sending._claim(message.pk)
    travel.forward(minutes=2)
    sending.send(message.pk)
    sending._bury(lost, "550 no such user")
    message.refresh_from_db()
    assert (message.state, message.error) == ("sent", "")
    assert not WorkItem.objects.filter(kind="message_dead").exists()


def test_a_message_that_has_left_is_not_given_up(person):
    message = queue_message("leave_note", person())
    deliver_all()
    sending.give_up(message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == ("sent", "")
