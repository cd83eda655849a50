import smtplib
from datetime import timedelta

import pytest
from django.core import mail

from workflows import clock
from workflows.delivery import deliver_all
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.models import Exclusion, Message, OutboxEntry, WorkItem
from workflows.services import outbox, sending
from workflows.services.message_care import cancel_message, resend_to, retry_message
from workflows.services.messages import queue_message, queue_raw_message

pytestmark = pytest.mark.django_db


class Server:
    """Stands for the mail server: answers with the next of the given faults, then takes everything."""

    def __init__(self, *faults):
        self.faults = list(faults)
        self.seen = []

    def hand(self, message):
        self.seen.append(message.message_id)
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault


@pytest.fixture
def server(monkeypatch):
    def install(*faults):
        stand_in = Server(*faults)
        monkeypatch.setattr(sending, "_hand_to_server", stand_in.hand)
        return stand_in

    return install


@pytest.fixture
def coordinator(person):
    from grants.accounts.models import RoleGrant

    user = person("coordinator")
    RoleGrant.objects.create(user=user, role="coordinator", since=clock.now())
    return user


def refused(code, words=b"no such user"):
    return smtplib.SMTPRecipientsRefused({"ona@example.test": (code, words)})


def test_a_message_leaves_with_its_words_and_its_own_message_id(person):
    message = queue_message("leave_note", person("Ona"), context={"word": "Rest well."})
    deliver_all()
    message.refresh_from_db()
    [sent] = mail.outbox
    assert (message.state, message.tries, message.lease_until) == ("sent", 1, None)
    assert (sent.to, sent.subject, sent.body) == ([message.to_email], "Leave of Ona", "Hello Ona,\n\nRest well.\n")
    head = sent.message()
    assert (head["Message-ID"], head["Auto-Submitted"], head["Content-Language"]) == (
        message.message_id,
        "auto-generated",
        "lt",
    )
    assert [part.get_content_type() for part in head.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_a_message_is_never_sent_twice(person):
    message = queue_message("leave_note", person())
    deliver_all()
    sending.send(message.pk)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "fault",
    [
        ConnectionRefusedError("refused"),
        TimeoutError("timed out"),
        smtplib.SMTPServerDisconnected("dropped after DATA"),
        smtplib.SMTPConnectError(421, b"busy"),
        smtplib.SMTPSenderRefused(451, b"later", "noreply@pazanga.test"),
        smtplib.SMTPDataError(451, b"greylisted"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        refused(450, b"mailbox busy"),
    ],
)
def test_a_passing_fault_is_tried_again_later_under_the_same_message_id(person, server, at, fault):
    travel, stand_in = at("2026-11-02T10:00"), server(fault)
    message = queue_message("leave_note", person())
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.tries) == ("failed", 1)
    assert timedelta(seconds=12) <= message.available_at - clock.now() <= timedelta(seconds=15)
    travel.to(message.available_at)
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.error, stand_in.seen) == ("sent", "", [message.message_id] * 2)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (refused(550), "550 no such user"),
        (smtplib.SMTPDataError(554, b"spam"), "554 spam"),
        (ValueError("a header"), "ValueError: a header"),
    ],
)
def test_a_final_fault_is_given_up_at_once_and_becomes_work(leave, person, server, fault, words):
    server(fault)
    message = queue_message("leave_note", person(), case=leave().case)
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.error) == ("dead", words)
    [item] = WorkItem.objects.filter(kind="message_dead", closed_at=None)
    assert (item.audience, item.url, item.case) == ("role:coordinator", message.get_absolute_url(), message.case)


def test_a_server_that_is_down_for_long_is_tried_for_most_of_a_day_and_then_given_up(person, server, at):
    travel = at("2026-11-02T10:00")
    started, stand_in = clock.now(), server(*[ConnectionRefusedError("refused")] * 100)
    message = queue_message("leave_note", person())
    while message.state not in ("dead", "sent"):
        travel.to(max(message.available_at, clock.now()))
        deliver_all()
        message.refresh_from_db()
    assert (message.state, message.tries, len(stand_in.seen)) == ("dead", 40, 40)
    assert timedelta(hours=14) < clock.now() - started < timedelta(hours=19)


def test_a_server_that_is_down_for_an_hour_loses_nothing(person, server, at):
    travel = at("2026-11-02T10:00")
    stand_in = server(*[ConnectionRefusedError("refused")] * 12)
    messages = [queue_message("leave_note", person()) for _number in range(3)]
    back = clock.now() + timedelta(hours=1)
    while Message.objects.exclude(state="sent").exists():
        travel.forward(minutes=1)
        deliver_all()
    assert clock.now() < back + timedelta(minutes=31)
    assert set(stand_in.seen) == {message.message_id for message in messages}


def test_a_worker_killed_in_the_middle_of_a_mail_sends_it_again_under_the_same_message_id(person, server, at):
    travel, stand_in = at("2026-11-02T10:00"), server()
    message = queue_message("leave_note", person())
    claimed = sending._claim(message.pk)
    stand_in.hand(claimed)  # and then the power goes
    with pytest.raises(outbox.Later) as later:
        sending.send(message.pk)
    assert later.value.until == clock.now() + timedelta(minutes=2)
    travel.forward(minutes=2)
    deliver_all()
    message.refresh_from_db()
    assert (message.state, stand_in.seen) == ("sent", [message.message_id] * 2)
    assert not sending._settle(claimed, "sent")


def test_a_person_kept_away_meanwhile_gets_nothing(leave, person):
    request, reader = leave(), person()
    message = queue_message("leave_note", reader, case=request.case)
    Exclusion.objects.create(case=request.case, user=reader, since=clock.now(), code="family")
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.error, mail.outbox) == ("cancelled", "The person is kept away from this case.", [])


def test_secret_words_are_wiped_once_they_have_left(settings):
    settings.DEMO = False
    message = queue_raw_message("ona@example.test", "Your code", "The code is 123456.", "<p>123456</p>")
    deliver_all()
    message.refresh_from_db()
    assert (mail.outbox[0].body, message.text, message.html) == ("The code is 123456.", "", "")


def test_a_message_that_kills_its_worker_is_given_up(leave, person, at):
    travel = at("2026-11-02T10:00")
    message = queue_message("leave_note", person(), case=leave().case)
    entry = OutboxEntry.objects.get()
    for _death in range(5):
        outbox.claim_for_work(entry.pk, timedelta(minutes=2))
        sending._claim(message.pk)
        travel.forward(minutes=2)
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.error) == ("dead", "The worker ended in the middle of it each time.")


@pytest.fixture
def dead(leave, person, server):
    stand_in = server(refused(550))
    message = queue_message("leave_note", person("Ona"), case=leave().case)
    deliver_all()
    message.refresh_from_db()
    return message, stand_in


def test_retry_sends_the_same_words_under_the_same_message_id(dead, coordinator):
    message, stand_in = dead
    retry_message(message=message, by=coordinator)
    assert not WorkItem.objects.filter(kind="message_dead", closed_at=None).exists()
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.handled_by, stand_in.seen) == ("sent", coordinator, [message.message_id] * 2)


def test_retry_twice_is_told_that_it_is_no_longer_given_up(dead, coordinator):
    message, _server = dead
    retry_message(message=message, by=coordinator)
    with pytest.raises(Stale):
        retry_message(message=message, by=coordinator)


def test_resend_to_a_corrected_address_is_a_new_message_and_the_old_one_stays(dead, coordinator):
    message, stand_in = dead
    new = resend_to(message=message, email=" ona@right.test ", by=coordinator)
    deliver_all()
    new.refresh_from_db()
    message.refresh_from_db()
    assert (new.state, new.to_email, new.text, new.replaces) == ("sent", "ona@right.test", message.text, message)
    assert (message.state, stand_in.seen) == ("dead", [message.message_id, new.message_id])
    with pytest.raises(Stale):
        resend_to(message=message, email="ona@other.test", by=coordinator)
    with pytest.raises(Stale):
        retry_message(message=message, by=coordinator)


def test_resend_to_no_address_is_refused_with_a_sentence(dead, coordinator):
    with pytest.raises(Refused, match="“nobody” is not an e-mail address"):
        resend_to(message=dead[0], email="nobody", by=coordinator)


def test_cancel_takes_back_what_has_not_left(person, coordinator):
    message = queue_message("leave_note", person())
    cancel_message(message=message, by=coordinator)
    deliver_all()
    assert (message.state, mail.outbox) == ("cancelled", [])
    with pytest.raises(Stale):
        cancel_message(message=message, by=coordinator)


def test_cancelled_secret_words_are_wiped(coordinator):
    message = queue_raw_message("ona@example.test", "Your code", "The code is 123456", "<p>123456</p>")
    cancel_message(message=message, by=coordinator)
    assert (message.state, message.text, message.html) == ("cancelled", "", "")


@pytest.mark.parametrize("act", [retry_message, cancel_message])
def test_only_coordinators_not_kept_away_handle_messages(dead, person, coordinator, act):
    message, _server = dead
    with pytest.raises(NotPermitted):
        act(message=message, by=person())
    Exclusion.objects.create(case=message.case, user=coordinator, since=clock.now(), code="family")
    with pytest.raises(NotPermitted):
        act(message=message, by=coordinator)


def test_secret_messages_are_not_sent_again(server, coordinator, settings):
    settings.DEMO = False
    server(refused(550))
    message = queue_raw_message("ona@example.test", "Your code", "The code is 123456.")
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.text) == ("dead", "")
    for act in (lambda: retry_message(message=message, by=coordinator),
                lambda: resend_to(message=message, email="me@example.test", by=coordinator)):  # fmt: skip
        with pytest.raises(Refused, match="secret"):
            act()
