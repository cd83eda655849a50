"""What a real mail server answers, and what it is given, byte by byte."""

import pytest

from workflows.delivery import deliver_all
from workflows.services.messages import queue_message

pytestmark = [pytest.mark.django_db, pytest.mark.services]


@pytest.fixture
def real_server(settings):
    from tests.fixtures.delivery import MailServer

    mail_server = MailServer()
    mail_server.controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    yield mail_server
    mail_server.controller.stop()


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        ("250 OK", "sent", ""),
        ("451 try later", "failed", "451 try later"),
        ("554 no such words here", "dead", "554 no such words here"),
    ],
)
def test_a_real_servers_answer_decides(person, real_server, answer, state, error):
    real_server.answer = answer
    message = queue_message("leave_note", person())
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.error) == (state, error)


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_what_a_person_calls_themselves_adds_no_header_to_the_mail(person, real_server, separator):
    reader = person()
    reader.full_name = f"Ona{separator}Bcc: evil@example.test{separator}X-Evil: yes"
    queue_message("leave_note", reader)
    deliver_all()
    [head] = real_server.mails
    assert sorted({name.lower() for name in head}) == [
        "auto-submitted", "content-language", "content-type", "date", "from", "message-id", "mime-version", "subject",
        "to",
    ]  # fmt: skip
    assert real_server.recipients == [[reader.email]]
