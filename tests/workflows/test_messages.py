from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from workflows import clock
from workflows.exceptions import Refused
from workflows.messages import MessageKind, register_message
from workflows.models import Exclusion, Message, OutboxEntry
from workflows.services.mail_text import render
from workflows.services.messages import queue_message, queue_raw_message

pytestmark = pytest.mark.django_db


def test_queue_message_keeps_the_words_and_their_way(leave, person):
    request, reader = leave(), person("Ona")
    message = queue_message("leave_note", reader, case=request.case, context={"word": "Rest well."})
    assert (message.subject, message.text, message.state) == (
        "Leave of Ona",
        "Hello Ona,\n\nRest well.\n",
        Message.State.QUEUED,
    )
    assert "<p>Rest well.</p>" in message.html
    [entry] = OutboxEntry.objects.all()
    assert (entry.task, entry.args, entry.available_at) == (
        "workflows.send_message",
        [message.pk],
        message.available_at,
    )


def test_queue_message_twice_with_one_key_is_one_message(person):
    reader = person()
    first = queue_message("leave_note", reader, dedupe="note:1")
    assert queue_message("leave_note", reader, dedupe="note:1") == first
    assert (Message.objects.count(), OutboxEntry.objects.count()) == (1, 1)


def test_queue_message_in_the_recipients_language(person):
    reader = person()
    reader.language = "en"
    assert 'lang="en"' in queue_message("leave_note", reader).html
    reader.language = "xx"
    assert queue_message("leave_note", reader).language == "lt"


def test_queue_message_later_leaves_no_earlier(person):
    moment = clock.now() + timedelta(hours=3)
    message = queue_message("leave_note", person(), send_after=moment)
    assert (message.available_at, OutboxEntry.objects.get().available_at) == (moment, moment)


def test_queue_message_to_a_person_kept_away_stands_cancelled_and_empty(leave, person):
    request, reader = leave(), person()
    Exclusion.objects.create(case=request.case, user=reader, since=clock.now(), code="family")
    message = queue_message("leave_note", reader, case=request.case)
    assert (message.state, message.subject, message.text, message.html) == ("cancelled", "", "", "")
    assert message.error == "The person is kept away from this case."
    assert not OutboxEntry.objects.exists()


def test_queue_message_to_the_team_is_not_held_back(leave, person):
    request, reader = leave(), person()
    Exclusion.objects.create(case=request.case, user=reader, since=clock.now(), code="family")
    assert queue_message("leave_team", reader, case=request.case).state == "queued"


def test_queue_message_to_a_closed_account_is_cancelled(person):
    reader = person()
    reader.is_active = False
    assert queue_message("leave_note", reader).error == "The account is closed."


def test_queue_message_of_an_unknown_kind_is_a_mistake_of_ours(person):
    with pytest.raises(LookupError, match="'nothing'"):
        queue_message("nothing", person())


def test_a_kind_is_registered_once():
    with pytest.raises(ImproperlyConfigured):
        register_message("leave_note", "again", "", "leave")


@pytest.mark.parametrize("bad", ["", "nobody", "a@b", "a@example.test\nBcc: x@example.test", "a@x.test,b@x.test"])
def test_queue_message_to_no_address_is_refused_with_a_sentence(bad):
    with pytest.raises(Refused, match="is not an e-mail address"):
        queue_message("leave_note", bad)


@pytest.mark.parametrize(
    "separator", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\x00"]
)
def test_a_name_with_line_breaks_makes_no_header(person, separator):
    reader = person()
    reader.full_name = f"Ona{separator}Bcc: evil@example.test"
    assert queue_message("leave_note", reader).subject in {"Leave of Ona", "Leave of Ona Bcc: evil@example.test"}
    raw = queue_raw_message("a@example.test", f"Hello{separator}Bcc: evil@example.test", "text")
    assert raw.subject == "Hello Bcc: evil@example.test"


def test_words_are_not_escaped_in_text_and_are_in_html(person):
    message = queue_message("leave_note", person(), context={"word": "<b>Rest & sleep</b>"})
    assert "<b>Rest & sleep</b>" in message.text
    assert "&lt;b&gt;Rest &amp; sleep&lt;/b&gt;" in message.html


def test_message_id_is_the_rows_own_and_never_changes(person):
    message = queue_raw_message("a@example.test", "Hello", "text")
    assert message.message_id == f"<{message.key}@pazanga.test>"
    assert Message.objects.get().message_id == message.message_id


def test_a_raw_message_twice_with_one_key_is_one_message():
    first = queue_raw_message("a@example.test", "Your code", "123456", dedupe="code:1")
    assert queue_raw_message("a@example.test", "Your code", "654321", dedupe="code:1") == first
    assert (first.text, Message.objects.count()) == ("123456", 1)


class Faster:
    """Words that, while they are written, let another process queue the same message first."""

    def __init__(self, reader):
        self.reader = reader

    def __str__(self):
        queue_message("leave_note", self.reader, dedupe="note:1", context={"word": "From the faster one."})
        return "From the slower one."


def test_of_two_that_queue_the_same_message_both_get_the_first(person):
    reader = person()
    message = queue_message("leave_note", reader, dedupe="note:1", context={"word": Faster(reader)})
    assert "From the faster one." in message.text
    assert (Message.objects.count(), OutboxEntry.objects.count()) == (1, 1)


def test_a_text_without_a_subject_is_a_mistake_of_ours():
    kind = MessageKind("leave_end", "End", "Never", "leave", template="_end")
    with pytest.raises(ValueError, match=r"emails/_end\.txt must begin with “Subject: …”\."):
        render(kind, "en", {})
