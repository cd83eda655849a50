import pytest

from workflows import messages
from workflows.checks_delivery import check_messages
from workflows.messages import MessageKind, message_kinds, message_label, register_message
from workflows.schedule import SCHEDULE
from workflows.tasks import BEAT_SCHEDULE


@pytest.fixture
def register(monkeypatch):
    """Registers a kind for this test alone."""
    monkeypatch.setattr(messages, "_kinds", dict(messages._kinds))
    return register_message


def test_the_registered_kinds_have_their_words():
    assert check_messages(None) == []


def test_a_kind_without_its_words_does_not_start(register):
    register("unwritten", "Unwritten", "Never", "leave")
    [problem] = check_messages(None)
    assert (problem.id, problem.msg) == ("workflows.E010", "The message kind unwritten lacks emails/unwritten.txt.")


@pytest.mark.parametrize(("ending", "words"), [("txt", "Subject: {% if %}"), ("html", "{% nothing %}")])
def test_a_kind_with_broken_words_does_not_start(register, settings, tmp_path, ending, words):
    (tmp_path / "emails").mkdir()
    (tmp_path / "emails" / "broken.txt").write_text("Subject: fine")
    (tmp_path / "emails" / f"broken.{ending}").write_text(words)
    engines = [dict(engine) for engine in settings.TEMPLATES]
    engines[0]["DIRS"] = [*engines[0]["DIRS"], tmp_path]
    settings.TEMPLATES = engines
    register("broken", "Broken", "Never", "leave")
    assert [problem.id for problem in check_messages(None)] == ["workflows.E011"]


def test_a_kind_may_borrow_the_words_of_another_and_be_named_after_its_room_is_gone(register):
    kind = register("borrowed", "Borrowed", "Never", "leave", template="leave_note")
    assert kind == MessageKind("borrowed", "Borrowed", "Never", "leave", False, "leave_note")
    assert kind in message_kinds()
    assert (kind.text_template, message_label("borrowed"), message_label("gone")) == (
        "emails/leave_note.txt",
        "Borrowed",
        "gone",
    )


def test_every_timed_task_of_the_schedule_exists_and_is_an_interval():
    from config.celery import app

    app.loader.import_default_modules()
    for name, entry in BEAT_SCHEDULE.items():
        assert (entry["task"] in app.tasks, entry["schedule"]) == (True, SCHEDULE[name].total_seconds())


def test_every_outbox_task_of_the_engine_is_declared():
    from workflows.delivery import outbox_tasks

    assert {"workflows.send_message", "workflows.run_job", "workflows.canary"} <= set(outbox_tasks())


@pytest.mark.django_db
def test_timed_tasks_run(client):
    from workflows import tasks
    from workflows.models import OutboxEntry

    tasks.canary()
    [entry] = OutboxEntry.objects.all()
    tasks.run_entry(entry.pk)
    tasks.remind()
    tasks.sweep()
    assert OutboxEntry.objects.get().done_at is not None
