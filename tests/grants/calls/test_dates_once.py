"""Dates moved twice by one press, and a call given up before anybody could read of it."""

from datetime import timedelta

import pytest

from grants.calls import services
from grants.calls.models import CallDate
from grants.calls.states import CallState
from tests.grants.calls.makers import AFTER_CLOSE, BEFORE, CONTEST, WHILE_OPEN, call_in, person
from workflows import clock
from workflows.models import TransitionRecord

pytestmark = pytest.mark.django_db
S = CallState


def test_the_same_press_moves_dates_once_and_answers_the_same():
    call, head = call_in(S.OPEN), person("head")
    later = call.closes_at + timedelta(days=1)
    with clock.replaced(WHILE_OPEN):
        press = {"call": call, "moved": {"closes": later}, "by": head, "note": "Prašė bibliotekos", "key": "k"}
        first = services.change_dates(**press)
        assert services.change_dates(**press) == first
    assert TransitionRecord.objects.filter(transition="change_dates").count() == 1
    assert (call.closes_at, CallDate.objects.get(call=call, key="closes").planned_at) == (later, later)


def test_the_same_press_extends_once_whatever_it_says_the_second_time():
    call, head = call_in(S.CLOSED), person("head")
    until = AFTER_CLOSE + timedelta(days=2)
    with clock.replaced(AFTER_CLOSE):
        press = {"call": call, "by": head, "note": "Sistemos gedimas", "key": "k"}
        first = services.extend_call(closes_at=until, **press)
        following = dict(CallDate.objects.filter(call=call).values_list("key", "planned_at"))
        assert services.extend_call(closes_at=until + timedelta(days=5), **press) == first
    assert dict(CallDate.objects.filter(call=call).values_list("key", "planned_at")) == following
    assert (call.closes_at, following["closes"]) == (until, until)


def test_dates_are_looked_at_as_another_person_left_them():
    call, head = call_in(S.OPEN), person("head")
    stale = type(call).objects.get(pk=call.pk)
    with clock.replaced(WHILE_OPEN):
        first = call.closes_at + timedelta(days=1)
        services.change_dates(call=call, moved={"closes": first}, by=head, note="Viena")
        second = first + timedelta(days=1)
        services.change_dates(call=stale, moved={"closes": second}, by=head, note="Kita")
    moved = TransitionRecord.objects.filter(transition="change_dates").order_by("pk").last().data["moved"]["closes"]
    assert moved["from"].startswith(first.strftime("%Y-%m-%dT%H:%M"))


@pytest.mark.parametrize(("published", "status"), [(True, 200), (False, 404)])
def test_a_call_given_up_before_its_publication_is_never_published(client, published, status):
    call, head = call_in(S.SCHEDULED, CONTEST), person("head")
    with clock.replaced(call.published_at if published else BEFORE):
        services.cancel_call(call=call, by=head, note="Nėra lėšų")
    with clock.replaced(AFTER_CLOSE):
        assert client.get(call.get_absolute_url()).status_code == status
        client.force_login(head)
        assert client.get(call.get_manage_url()).status_code == 200
