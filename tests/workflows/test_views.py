"""The engine's own pages, on the toy machine."""

import pytest

from tests.workflows.testapp.models import Handover, Leave, S
from workflows.models import TransitionRecord
from workflows.registry import machine_of
from workflows.services import perform

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def visible():
    """Employees and bosses see their own requests."""
    machine = machine_of(Leave)
    from django.db.models import Q

    machine.visible_to = lambda user: Leave.objects.filter(Q(employee_id=user.pk) | Q(boss_id=user.pk))
    yield
    machine.visible_to = None


@pytest.fixture
def asked(leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    return request


def url(request, name):
    return f"/step/testapp.leave/{request.pk}/{name}/"


def test_my_work_lists_what_waits_for_me(client, asked):
    client.force_login(asked.boss)
    page = client.get("/my-work/")
    assert page.status_code == 200
    assert "Decide" in page.content.decode()
    client.force_login(asked.employee)
    assert "Decide" not in client.get("/my-work/").content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", 2), ("kind=leave_decide", 1), ("kind=leave_fill", 1), ("kind=gone", 0),
     ("for=user:{pk}", 2), ("for=role:head", 0), ("for=role:head&for=user:{pk}", 2)],
)  # fmt: skip
def test_my_work_is_narrowed_by_kind_and_by_whom_it_waits_for(client, leave, person, query, shown):
    busy = person()
    leave(employee=busy)
    request = leave(boss=busy)
    perform(request, "ask", by=request.employee)
    client.force_login(busy)
    page = client.get(f"/my-work/?{query.format(pk=busy.pk)}")
    assert (len(page.context["tasks"]), page.context["narrowed"]) == (shown, query != "")


def test_a_step_that_is_offered_on_no_page_is_not_found(client, leave, handover):
    machine = machine_of(Handover)
    machine.visible_to = lambda user: Handover.objects.all()
    offer = handover(leave())
    client.force_login(offer.colleague)
    try:
        assert client.get(f"/step/testapp.handover/{offer.pk}/take/").status_code == 404
    finally:
        machine.visible_to = None


def test_my_work_costs_the_same_for_one_and_three(client, leave, person, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    boss = person()
    counts = []
    client.force_login(boss)
    for wanted in (1, 2):
        for _ in range(wanted):
            request = leave(boss=boss)
            perform(request, "ask", by=request.employee)
        client.get("/my-work/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/my-work/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_step_is_shown_then_taken(client, asked):
    client.force_login(asked.boss)
    page = client.get(url(asked, "grant"))
    assert page.status_code == 200
    html = page.content.decode()
    assert html.count("<h1>Grant</h1>") == 1
    assert f"<dd>{S.GRANTED.label}</dd>" in html
    assert '<a href="/">' in html
    form = page.context["form"]
    answer = client.post(
        url(asked, "grant"), {"seen_version": form["seen_version"].value(), "key": form["key"].value()}
    )
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert asked.state == S.GRANTED


def test_a_step_without_its_reason_keeps_the_page_and_says_so(client, asked):
    client.force_login(asked.boss)
    answer = client.post(url(asked, "refuse"), {"note": "", "seen_version": asked.version})
    assert (answer.status_code, answer.context["form"].errors["note"]) == (400, ["Nurodykite priežastį."])


def test_a_double_click_is_one_step(client, asked):
    client.force_login(asked.boss)
    data = {"seen_version": asked.version, "key": "same-click"}
    assert [client.post(url(asked, "grant"), data).status_code for _ in range(2)] == [302, 302]
    assert TransitionRecord.objects.filter(transition="grant").count() == 1


def test_a_stale_tab_gets_a_page_that_says_who_was_faster(client, asked):
    client.force_login(asked.boss)
    seen = asked.version
    perform(asked, "grant", by=asked.boss)
    answer = client.post(url(asked, "refuse"), {"note": "late", "seen_version": seen})
    assert answer.status_code == 409
    assert "Boss" in answer.content.decode()
    assert client.get(url(asked, "refuse")).status_code == 409


def test_obstacles_are_shown_beside_the_step(client, leave):
    request = leave(days=0)
    client.force_login(request.employee)
    page = client.get(url(request, "ask"))
    assert "Say how many days." in page.content.decode()
    answer = client.post(url(request, "ask"), {"seen_version": request.version})
    assert answer.status_code == 400
    assert "Say how many days." in answer.content.decode()


@pytest.mark.parametrize(
    ("label", "name"),
    [("testapp.leave", "nothing"), ("nobody.nothing", "grant"), ("workflows.case", "grant")],
)
def test_what_never_was_is_not_found(client, asked, label, name):
    client.force_login(asked.boss)
    assert client.get(f"/step/{label}/{asked.pk}/{name}/").status_code == 404


def test_anothers_request_and_one_that_never_was_look_the_same(client, asked, person):
    client.force_login(person())
    answers = [client.get(url(asked, "grant")), client.get("/step/testapp.leave/999999/grant/")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_number_that_no_key_can_be_is_not_found(client, asked):
    client.force_login(asked.boss)
    assert client.get(f"/step/testapp.leave/{2**70}/grant/").status_code == 404


def test_who_sees_but_may_not_is_told_so(client, asked):
    client.force_login(asked.employee)
    assert client.get(url(asked, "grant")).status_code == 403
    assert client.post(url(asked, "grant"), {}).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client, asked):
    for address in (url(asked, "grant"), "/my-work/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "next=" in answer["Location"]
