"""A selection: each in its own transaction, or all together; keys, versions, options for a page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.testapp.models import Leave, S
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, IllegalMove, NotPermitted, Refused, Stale
from workflows.models import Case, Deadline, TransitionRecord, WorkItem
from workflows.registry import contribute_guard, machine_of
from workflows.services import options_for, perform, perform_many, perform_together
from workflows.signals import transitioned

pytestmark = pytest.mark.django_db


def test_perform_many_takes_what_it_can_and_says_why_not(leave, person):
    employee, boss = person(), person()
    good, bad, gone = (leave(days=n, employee=employee, boss=boss) for n in (5, 0, 5))
    perform(gone, "ask", by=employee)
    results = perform_many([good, bad, gone], "ask", by=employee)
    assert [type(r.refusal) for r in results] == [type(None), Blocked, IllegalMove]
    assert [r.record is not None for r in results] == [True, False, False]


def test_perform_together_takes_all_or_nothing(leave, person):
    employee, boss = person(), person()
    good, bad = (leave(days=n, employee=employee, boss=boss) for n in (5, 0))
    with pytest.raises(Blocked):
        perform_together([(good, "ask", {}), (bad, "ask", {})], by=employee)
    assert [Leave.objects.get(pk=o.pk).state for o in (good, bad)] == [S.DRAFT, S.DRAFT]
    perform_together([(good, "ask", {"days": 3})], by=employee)
    assert Leave.objects.get(pk=good.pk).days == 3


def test_perform_together_locks_parents_where_a_step_asks_for_it(leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    perform(request, "grant", by=request.boss)
    [record] = perform_together([(request, "reopen", {})], by=request.boss)
    assert (record.transition, request.state) == ("reopen", S.ASKED)


def test_perform_together_locks_every_parent_before_any_case(committed_db, person, leave):
    employee, boss = person(), person()
    folders = [Case.objects.create(kind="folder", number=f"F-{number}", title="Folder") for number in (1, 2)]
    cases = [Case.objects.create(kind="leave", number=f"LP-{n}", title="Leave", parent=folders[n]) for n in (1, 0)]
    requests = [leave(case=case, employee=employee, boss=boss) for case in cases]
    for request in requests:
        perform(request, "ask", by=employee)
        perform(request, "grant", by=boss)
    with CaptureQueriesContext(connection) as captured:
        perform_together([(request, "reopen", {}) for request in requests], by=boss)
    locked = re.findall(r'FROM "workflows_case" WHERE "id" = (\d+)', "\n".join(query["sql"] for query in captured))
    assert [int(pk) for pk in locked] == [folders[0].pk, folders[1].pk, cases[0].pk, cases[1].pk]
    assert [request.state for request in requests] == [S.ASKED, S.ASKED]


def test_a_machine_that_asks_nobody_opens_no_work(leave, handover):
    offer = handover(leave())
    perform(offer, "take", by=offer.colleague)
    assert offer.state == "taken"
    assert WorkItem.objects.filter(subject_label="testapp.handover").count() == 0


def test_a_transition_that_the_machine_does_not_have(leave):
    with pytest.raises(IllegalMove, match=r"testapp\.leave has no transition 'fly'\."):
        perform(leave(), "fly", by=SYSTEM)


def test_a_stale_page_of_a_row_without_a_log_names_nobody(person):
    case = Case.objects.create(kind="leave", number="L-0", title="Leave")
    request = Leave.objects.create(case=case, employee=person(), boss=person(), days=1)
    with pytest.raises(Stale) as refusal:
        perform(request, "ask", by=request.employee, seen_version=7)
    assert (refusal.value.by, refusal.value.at, refusal.value.label) == ("", None, "")


def test_the_same_key_twice_gives_the_first_answer_twice(leave):
    request = leave()
    first = perform(request, "ask", by=request.employee, key="click-1")
    second = perform(request, "ask", by=request.employee, key="click-1")
    assert (first.pk, TransitionRecord.objects.filter(transition="ask").count()) == (second.pk, 1)


def test_a_key_used_for_something_else_is_refused(leave):
    request = leave()
    perform(request, "ask", by=request.employee, key="click-1")
    with pytest.raises(Refused, match="already been used"):
        perform(request, "grant", by=request.boss, key="click-1")


def test_a_page_that_showed_an_older_version_is_stale(leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    with pytest.raises(Stale):
        perform(request, "grant", by=request.boss, seen_version=1)
    perform(request, "grant", by=request.boss, seen_version=2)


def test_a_reason_is_asked_for_where_the_step_wants_one(leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    with pytest.raises(Blocked) as refusal:
        perform(request, "refuse", by=request.boss, note="  ")
    assert [o.code for o in refusal.value.obstacles] == ["note_required"]
    record = perform(request, "refuse", by=request.boss, note="Too many away")
    assert record.reason.text == "Too many away"


@pytest.mark.parametrize(("name", "allowed"), [("expire", True), ("grant", False)])
def test_the_system_takes_only_what_is_its_own(leave, name, allowed):
    request = leave()
    perform(request, "ask", by=request.employee)
    if allowed:
        record = perform(request, name, by=SYSTEM)
        assert (record.actor, record.actor_kind) == (None, "system")
    else:
        with pytest.raises(NotPermitted, match="Only a person"):
            perform(request, name, by=SYSTEM)


def test_a_person_who_left_may_do_nothing(leave):
    request = leave()
    request.employee.is_active = False
    with pytest.raises(NotPermitted):
        perform(request, "ask", by=request.employee)


def test_a_consequence_that_fails_undoes_the_step(leave):
    request = leave()

    def fail(sender, **kwargs):
        raise ValueError("the consequence failed")

    transitioned.connect(fail, sender=Leave)
    try:
        with pytest.raises(ValueError, match="consequence"):
            perform(request, "ask", by=request.employee)
    finally:
        transitioned.disconnect(fail, sender=Leave)
    assert Leave.objects.get(pk=request.pk).state == S.DRAFT
    assert TransitionRecord.objects.filter(transition="ask").count() == 0


def test_deadlines_follow_the_state(leave):
    from workflows import clock

    request = leave(due_at=clock.now())
    perform(request, "ask", by=request.employee)
    [deadline] = Deadline.objects.filter(closed_at=None)
    assert (deadline.kind, deadline.audience, deadline.due_at) == (
        "leave_decision", f"user:{request.boss_id}", request.due_at,
    )  # fmt: skip
    perform(request, "grant", by=request.boss)
    deadline.refresh_from_db()
    assert (deadline.outcome, deadline.closed_at is not None) == ("met", True)
    assert WorkItem.objects.filter(closed_at=None).count() == 0


def test_options_cost_the_same_for_one_and_three(leave, person, django_assert_num_queries):
    boss = person()
    requests = [leave(boss=boss) for _ in range(3)]
    for request in requests:
        perform(request, "ask", by=request.employee)
    with django_assert_num_queries(1):
        options_for(requests[:1], boss)
    with django_assert_num_queries(1):
        answers = options_for(requests, boss)
    assert [[o.name for o in answers[r.pk]] for r in requests] == [["give_time", "grant", "refuse", "touch"]] * 3
    assert options_for([], boss) == {}


def test_a_later_room_adds_a_guard(leave):
    from workflows.obstacles import Obstacle

    request = leave(days=29)

    def friday(obj, move):
        return Obstacle("friday", "Not on a Friday.") if obj.days == 29 else None

    contribute_guard("testapp.Leave", "ask", friday)
    contribute_guard("testapp.Leave", "ask", friday)  # twice is once
    with pytest.raises(Blocked) as refusal:
        perform(request, "ask", by=request.employee)
    assert [o.code for o in refusal.value.obstacles] == ["friday"]


ROLES = ("employee", "boss", "stranger")
TABLE = {
    S.DRAFT: {"ask": {"employee"}},
    S.ASKED: {
        "grant": {"boss"},
        "refuse": {"boss"},
        "touch": {"boss"},
        "give_time": {"boss"},
        "add_paper": {"employee"},
        "expire": set(),
    },
    S.GRANTED: {"reopen": {"boss"}},
    S.REFUSED: {"reopen": {"boss"}},
    S.EXPIRED: {},
}
WAYS = {S.DRAFT: [], S.ASKED: ["ask"], S.GRANTED: ["ask", "grant"], S.REFUSED: ["ask", "refuse"],
        S.EXPIRED: ["ask", "expire"]}  # fmt: skip


@pytest.mark.parametrize("state", list(TABLE))
@pytest.mark.parametrize("name", sorted(machine_of(Leave).steps))
@pytest.mark.parametrize("role", ROLES)
def test_who_may_take_which_step_from_where(leave, person, state, name, role):
    request = leave()
    people = {"employee": request.employee, "boss": request.boss, "stranger": person()}
    for way in WAYS[state]:
        actor = SYSTEM if way == "expire" else people["employee" if way == "ask" else "boss"]
        perform(request, way, by=actor, note="on the way")
    if role in TABLE[state].get(name, set()):
        perform(request, name, by=people[role], note="because")
    else:
        with pytest.raises((NotPermitted, IllegalMove)):
            perform(request, name, by=people[role], note="because")
