import re

import pytest
from django.db import DatabaseError, connection, transaction

from tests.workflows.testapp.models import Leave, S
from workflows.exceptions import Blocked, IllegalMove, NotPermitted, Stale
from workflows.models import TransitionRecord, WorkItem
from workflows.services import options_for, perform

pytestmark = pytest.mark.django_db


def test_perform_moves_saves_logs_and_hands_work_on(leave):
    request = leave()
    record = perform(request, "ask", by=request.employee, days=7)
    assert (request.state, request.version, request.days) == (S.ASKED, 2, 7)
    assert (record.before, record.after, record.transition, record.data) == ("draft", "asked", "ask", {"days": 7})
    assert list(WorkItem.objects.filter(closed_at=None).values_list("kind", "audience")) == [
        ("leave_decide", f"user:{request.boss_id}")
    ]


def test_perform_by_a_stranger_is_refused_and_changes_nothing(leave, person):
    request = leave()
    with pytest.raises(NotPermitted):
        perform(request, "ask", by=person())
    request.refresh_from_db()
    assert (request.state, TransitionRecord.objects.count()) == (S.DRAFT, 1)


def test_perform_with_obstacles_names_all_of_them(leave):
    request = leave(days=0)
    with pytest.raises(Blocked) as refusal:
        perform(request, "ask", by=request.employee)
    assert [o.code for o in refusal.value.obstacles] == ["no_days"]


def test_a_late_comer_is_told_who_was_faster(leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    first, second = Leave.objects.get(pk=request.pk), Leave.objects.get(pk=request.pk)
    perform(first, "grant", by=request.boss)
    with pytest.raises(Stale) as refusal:
        perform(second, "refuse", by=request.boss, note="Too many")
    assert (refusal.value.by, refusal.value.label) == ("Boss", "Grant")


def test_an_illegal_move_is_a_sentence(leave):
    request = leave()
    with pytest.raises(IllegalMove, match=re.escape("“Grant” cannot be done now: leave request is at “draft”.")):
        perform(request, "grant", by=request.boss)


def test_a_raw_update_of_a_state_is_refused_by_the_database(leave):
    request = leave()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE testapp_leave SET state = 'granted' WHERE id = %s", [request.pk])


def test_options_name_what_can_be_done_and_why_not(leave):
    request = leave(days=0)
    [option] = options_for([request], request.employee)[request.pk]
    assert (option.name, option.allowed, [o.code for o in option.obstacles]) == ("ask", False, ["no_days"])
    assert options_for([request], request.boss)[request.pk] == []


def test_a_change_inside_a_list_is_saved_too(leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    perform(request, "add_paper", by=request.employee, paper="ticket")
    perform(request, "add_paper", by=request.employee, paper="visa")
    assert Leave.objects.get(pk=request.pk).papers == ["ticket", "visa"]
