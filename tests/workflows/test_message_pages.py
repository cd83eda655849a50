import pytest
from django.urls import reverse

from workflows import clock
from workflows.delivery import deliver_all
from workflows.delivery_policy import can_view_message, messages_visible_to
from workflows.models import Exclusion, Message, WorkItem
from workflows.services import sending, set_deadline
from workflows.services.messages import queue_message, queue_raw_message

pytestmark = pytest.mark.django_db
LIST = "/messages/"


@pytest.fixture
def with_role(person):
    from grants.accounts.models import RoleGrant

    def make(role):
        user = person(role)
        user.language = "en"
        user.save()
        RoleGrant.objects.create(user=user, role=role, since=clock.now())
        return user

    return make


@pytest.fixture
def as_(client):
    def enter(user):
        client.force_login(user)
        client.cookies["language"] = "en"
        return client

    return enter


def kill(message):
    Message.objects.filter(pk=message.pk).update(state="dead", error="550 no such user")
    message.refresh_from_db()
    return message


def page(client, url):
    return client.get(url, headers={"accept-language": "en"})


def test_a_coordinator_reads_what_left_with_its_exact_words(with_role, as_, leave, person):
    message = queue_message("leave_note", person("Ona"), case=leave().case, context={"word": "Rest & sleep."})
    deliver_all()
    client = as_(with_role("coordinator"))
    listed = page(client, LIST)
    assert message.get_absolute_url() in listed.content.decode()
    shown = page(client, message.get_absolute_url()).content.decode()
    assert "Rest &amp; sleep." in shown
    assert message.to_email in shown


@pytest.mark.parametrize(
    ("show", "state"), [("leaving", "queued"), ("leaving", "failed"), ("left", "sent"), ("stuck", "dead")]
)
def test_messages_are_listed_by_what_becomes_of_them(with_role, as_, person, show, state):
    message = queue_message("leave_note", person())
    fields = {"sent_at": clock.now()} if state == "sent" else {}
    Message.objects.filter(pk=message.pk).update(state=state, **fields)
    client = as_(with_role("administrator"))
    for asked in ("leaving", "left", "stuck"):
        found = message.key in page(client, f"{LIST}?show={asked}").content.decode()
        assert found is (asked == show)


@pytest.mark.parametrize(
    "query", ["?show=nothing", "?page=0", "?page=x", "?page=99999999999999999999", "?show=leaving&page=-1"]
)
def test_a_wrong_address_of_the_list_shows_a_list(with_role, as_, query):
    assert page(as_(with_role("coordinator")), LIST + query).status_code == 200


def test_a_person_reads_their_own_and_nobody_elses(as_, person):
    mine, other = person(), person()
    own, foreign = queue_message("leave_note", mine), queue_message("leave_note", other)
    client = as_(mine)
    assert page(client, own.get_absolute_url()).status_code == 200
    assert page(client, foreign.get_absolute_url()).status_code == 404
    listed = page(client, f"{LIST}?show=leaving").content.decode()
    assert (own.key in listed, foreign.key in listed) == (True, False)


def test_what_is_not_there_and_what_is_foreign_are_the_same_404(as_, person):
    client = as_(person())
    foreign = queue_message("leave_note", person())
    answers = [page(client, url).status_code for url in (foreign.get_absolute_url(), "/messages/nothing/")]
    assert answers == [404, 404]


def test_a_coordinator_kept_away_from_the_case_reads_nothing_of_it(with_role, as_, leave, person):
    coordinator, request = with_role("coordinator"), leave()
    message = queue_message("leave_note", person(), case=request.case)
    set_deadline(request, kind="leave_papers", audience=f"user:{request.employee_id}", due_at=clock.now())
    Exclusion.objects.create(case=request.case, user=coordinator, since=clock.now(), code="family")
    client = as_(coordinator)
    assert page(client, message.get_absolute_url()).status_code == 404
    assert request.case.number not in page(client, f"{LIST}?show=leaving").content.decode()


@pytest.mark.parametrize("role", ["coordinator", "administrator", "auditor", "finance", "head", None])
def test_the_predicate_and_its_twin_say_the_same(with_role, person, leave, role):
    user, request, kept_away = with_role(role) if role else person(), leave(), leave()
    Exclusion.objects.create(case=kept_away.case, user=user, since=clock.now(), code="family")
    queue_message("leave_note", user)
    queue_message("leave_note", user, case=request.case)
    queue_message("leave_note", user, case=kept_away.case)
    queue_message("leave_note", person(), case=request.case)
    queue_message("leave_note", person(), case=kept_away.case)
    queue_raw_message("somebody@example.test", "Your code", "123456")
    seen = set(messages_visible_to(user))
    assert seen == {message for message in Message.objects.all() if can_view_message(user, message)}
    assert len(seen) == (4 if role in {"coordinator", "head", "administrator", "auditor"} else 2)


def test_nobody_sees_nothing():
    from django.contrib.auth.models import AnonymousUser

    queue_raw_message("somebody@example.test", "Your code", "123456")
    assert list(messages_visible_to(AnonymousUser())) == []


@pytest.mark.parametrize("url", [LIST, "/messages/abc/"])
def test_a_stranger_is_asked_to_sign_in(client, url):
    answer = client.get(url)
    assert (answer.status_code, answer["Location"].startswith("/")) == (302, True)


def test_secret_words_are_shown_to_nobody(with_role, as_, settings):
    settings.DEMO = False
    message = queue_raw_message("somebody@example.test", "Your code", "The code is 123456.")
    shown = page(as_(with_role("administrator")), message.get_absolute_url()).content.decode()
    assert "123456" not in shown
    settings.DEMO = True
    assert "123456" in page(as_(with_role("administrator")), message.get_absolute_url()).content.decode()


def test_retry_from_the_page(with_role, as_, leave, person):
    message = queue_message("leave_note", person(), case=leave().case)
    kill(message)
    client = as_(with_role("coordinator"))
    assert (
        reverse("workflows:message_retry", args=[message.key])
        in page(client, message.get_absolute_url()).content.decode()
    )
    answer = client.post(reverse("workflows:message_retry", args=[message.key]))
    assert (answer.status_code, answer["Location"]) == (302, message.get_absolute_url())
    deliver_all()
    assert Message.objects.get().state == "sent"


def test_a_late_retry_is_told_that_somebody_was_faster(with_role, as_, person):
    message = queue_message("leave_note", person())
    assert as_(with_role("coordinator")).post(reverse("workflows:message_retry", args=[message.key])).status_code == 409


def test_another_address_from_the_page(with_role, as_, leave, person):
    message = kill(queue_message("leave_note", person(), case=leave().case))
    answer = as_(with_role("coordinator")).post(
        reverse("workflows:message_address", args=[message.key]), {"email": "right@example.test"}
    )
    new = Message.objects.get(replaces=message)
    assert (answer["Location"], new.to_email) == (new.get_absolute_url(), "right@example.test")
    shown = page(as_(with_role("coordinator")), message.get_absolute_url()).content.decode()
    assert new.get_absolute_url() in shown


@pytest.mark.parametrize("typed", ["", "nobody", "a@b\r\nBcc: x@y.test", "x" * 400 + "@example.test"])
def test_a_wrong_address_is_a_sentence_and_what_was_typed_stays(with_role, as_, leave, person, typed):
    message = kill(queue_message("leave_note", person(), case=leave().case))
    answer = as_(with_role("coordinator")).post(
        reverse("workflows:message_address", args=[message.key]),
        {"email": typed},
        headers={"accept-language": "en"},
    )
    assert answer.status_code == 400
    assert not Message.objects.filter(replaces=message).exists()


def test_another_address_for_secret_words_is_refused_beside_the_field(with_role, as_):
    message = kill(queue_raw_message("ona@example.test", "Your code", "The code is 123456."))
    answer = as_(with_role("coordinator")).post(
        reverse("workflows:message_address", args=[message.key]),
        {"email": "right@example.test"},
        headers={"accept-language": "en"},
    )
    said = "Its words were secret and are gone. The person can ask for it again."
    assert (answer.status_code, answer.context["form"].errors["email"]) == (400, [said])
    assert Message.objects.count() == 1


def test_another_address_for_what_is_not_given_up_is_told_that_somebody_was_faster(with_role, as_, person):
    message = queue_message("leave_note", person())
    answer = as_(with_role("coordinator")).post(
        reverse("workflows:message_address", args=[message.key]), {"email": "right@example.test"}
    )
    assert (answer.status_code, Message.objects.count()) == (409, 1)


def test_taking_a_message_back_from_the_page(with_role, as_, person):
    message = queue_message("leave_note", person())
    client = as_(with_role("coordinator"))
    assert (
        client.post(reverse("workflows:message_cancel", args=[message.key]))["Location"] == message.get_absolute_url()
    )
    assert client.get(message.get_absolute_url()).status_code == 200
    assert client.post(reverse("workflows:message_cancel", args=[message.key])).status_code == 409


def test_a_reader_cannot_handle_their_own_message(as_, person):
    reader = person()
    message = queue_message("leave_note", reader)
    client = as_(reader)
    acts = ("message_retry", "message_address", "message_cancel")
    assert [client.post(reverse(f"workflows:{act}", args=[message.key])).status_code for act in acts] == [403] * 3
    assert (
        "<button" not in page(client, message.get_absolute_url()).content.decode().split("<main")[1].split("</main>")[0]
    )


@pytest.mark.parametrize("name", ["message_retry", "message_address", "message_cancel"])
def test_changes_are_posts(as_, person, name):
    reader = person()
    message = queue_message("leave_note", reader)
    assert as_(reader).get(reverse(f"workflows:{name}", args=[message.key])).status_code == 405


@pytest.mark.parametrize("show", ["left", "leaving", "stuck"])
def test_the_list_asks_the_same_questions_for_one_row_and_for_three(
    with_role, as_, leave, person, django_assert_num_queries, show
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_(with_role("coordinator"))

    def add():
        request = leave()
        set_deadline(request, kind="leave_papers", audience=f"user:{request.employee_id}", due_at=clock.now())
        message = queue_message("leave_note", person(), case=request.case)
        state = {"left": "sent", "leaving": "queued", "stuck": "dead"}[show]
        Message.objects.filter(pk=message.pk).update(state=state, sent_at=clock.now() if state == "sent" else None)

    add()
    client.get(f"{LIST}?show={show}")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(f"{LIST}?show={show}")
    add()
    add()
    with django_assert_num_queries(len(one)):
        client.get(f"{LIST}?show={show}")
    assert len(one) <= 12


def test_a_dead_letter_is_work_of_the_coordinator(with_role, as_, leave, person, monkeypatch):
    def refuse(message):
        raise ValueError("no way")

    monkeypatch.setattr(sending, "_hand_to_server", refuse)
    message = queue_message("leave_note", person(), case=leave().case)
    deliver_all()
    assert WorkItem.objects.get(kind="message_dead").url == message.get_absolute_url()
    assert message.get_absolute_url() in page(as_(with_role("coordinator")), "/my-work/").content.decode()
