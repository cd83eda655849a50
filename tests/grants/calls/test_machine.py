"""The machine of a call: every way it has, who may take it, and what stands in the way."""

import pytest
from django.db import IntegrityError, transaction

from grants.calls import services
from grants.calls.models import Call, CallDate
from grants.calls.states import CallState
from tests.grants.calls.makers import AFTER_CLOSE, BEFORE, CONTEST, WHILE_OPEN, call_in, exclude, person
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, IllegalMove, NotPermitted
from workflows.models import TransitionRecord
from workflows.registry import machine_of
from workflows.services import options_for, perform

pytestmark = pytest.mark.django_db
S = CallState

WAYS = {
    "revise": ({"draft"}, {"draft"}),
    "schedule": ({"draft"}, {"scheduled"}),
    "open": ({"scheduled"}, {"open"}),
    "suspend": ({"open"}, {"suspended"}),
    "resume": ({"suspended"}, {"open"}),
    "close": ({"open"}, {"closed"}),
    "extend": ({"closed"}, {"open"}),
    "begin_deciding": ({"closed"}, {"deciding"}),
    "decide": ({"deciding"}, {"decided"}),
    "archive": ({"decided"}, {"archived"}),
    "cancel": ({"draft", "scheduled"}, {"cancelled"}),
    "change_dates": (
        {"draft", "scheduled", "open", "suspended", "closed", "deciding"},
        {"draft", "scheduled", "open", "suspended", "closed", "deciding"},
    ),
}
WHO = {
    "revise": {"coordinator", "head", "SYSTEM"},
    "schedule": {"coordinator", "head"},
    "open": {"coordinator", "head", "SYSTEM"},
    "suspend": {"coordinator", "head"},
    "resume": {"coordinator", "head"},
    "close": {"coordinator", "head", "SYSTEM"},
    "extend": {"coordinator", "head"},
    "begin_deciding": {"coordinator", "head"},
    "decide": {"coordinator", "head"},
    "archive": {"coordinator", "head"},
    "cancel": {"head"},
    "change_dates": {"coordinator", "head"},
}
ROLES = ["", "coordinator", "finance", "head", "administrator", "auditor", "SYSTEM"]


def test_the_machine_has_exactly_these_ways():
    steps = machine_of(Call).steps
    assert {name: (set(step.sources), set(step.targets)) for name, step in steps.items()} == WAYS


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("name", WAYS)
def test_a_step_from_a_state_that_has_no_such_way_is_illegal(name, state):
    machine = machine_of(Call)
    assert machine.allowed_from(state, name) == (state in WAYS[name][0])


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_take_exactly_its_steps(role):
    call, machine, actor = call_in(S.DRAFT, CONTEST), machine_of(Call), person(role if role != "SYSTEM" else "")
    for name, step in machine.steps.items():
        may = step.spec.system if role == "SYSTEM" else step.spec.permission(actor, call)
        assert may == (role in WHO[name]), name


@pytest.mark.parametrize("role", ["", "finance", "administrator", "auditor"])
def test_a_person_without_the_right_is_refused_at_the_door(role, before):
    call = call_in(S.DRAFT, CONTEST)
    with pytest.raises(NotPermitted):
        services.schedule_call(call=call, by=person(role))
    call.refresh_from_db()
    assert call.state == S.DRAFT


def test_a_coordinator_kept_away_from_the_call_may_do_nothing():
    call, machine, head = call_in(S.DRAFT, CONTEST), machine_of(Call), person("head")
    exclude(head, call.case_id)
    assert [name for name, step in machine.steps.items() if step.spec.permission(head, call)] == []


@pytest.mark.parametrize("state", S.values)
def test_every_state_can_be_reached_through_the_door(state):
    assert call_in(state).state == state


def test_a_whole_life_is_in_the_log_in_order():
    call = call_in(S.ARCHIVED)
    names = TransitionRecord.objects.filter(case=call.case).values_list("transition", flat=True)
    assert list(names) == ["begin", "schedule", "open", "close", "begin_deciding", "decide", "archive"]


@pytest.mark.parametrize(("name", "state"), [("suspend", "open"), ("resume", "suspended"), ("cancel", "draft")])
def test_a_step_that_the_public_must_understand_needs_a_reason(name, state):
    call = call_in(state)
    with clock.replaced(WHILE_OPEN), pytest.raises(Blocked) as refusal:
        perform(call, name, by=person("head"), note="  ")
    assert [o.code for o in refusal.value.obstacles] == ["note_required"]


def test_the_reason_of_a_suspension_is_told_to_the_public():
    assert call_in(S.SUSPENDED).notice == "Sistemos gedimas"


def test_a_call_is_not_opened_before_its_time():
    call = call_in(S.SCHEDULED)
    with clock.replaced(BEFORE), pytest.raises(Blocked) as refusal:
        services.open_call(call=call, by=SYSTEM)
    assert [o.code for o in refusal.value.obstacles] == ["too_early_to_open"]


def test_a_call_is_not_closed_before_its_time():
    call = call_in(S.OPEN)
    with clock.replaced(WHILE_OPEN), pytest.raises(Blocked) as refusal:
        services.close_call(call=call, by=SYSTEM)
    assert [o.code for o in refusal.value.obstacles] == ["too_early_to_close"]


def test_a_suspended_call_past_its_deadline_is_not_resumed_before_the_deadline_moves():
    call = call_in(S.SUSPENDED)
    with clock.replaced(AFTER_CLOSE), pytest.raises(Blocked) as refusal:
        services.resume_call(call=call, by=person("head"), note="Veikia")
    assert [(o.code, o.url) for o in refusal.value.obstacles] == [("deadline_passed", "/calls/BP-2027-1/dates/")]


def test_a_closed_call_does_not_go_back_but_by_an_extension():
    call = call_in(S.CLOSED)
    with pytest.raises(IllegalMove):
        perform(call, "resume", by=person("head"), note="Priežastis")


def test_preflight_names_every_thing_that_is_missing(before):
    call = call_in(S.DRAFT)
    call.criteria.all().delete()
    CallDate.objects.filter(call=call, key="decision_by").update(planned_at=BEFORE)
    with pytest.raises(Blocked) as refusal:
        services.schedule_call(call=call, by=person("coordinator"))
    assert [o.code for o in refusal.value.obstacles] == ["no_criteria", "dates_out_of_order", "no_money"]
    assert all(o.url for o in refusal.value.obstacles)


def test_preflight_of_a_contest_asks_for_no_money(before):
    call = call_in(S.DRAFT, CONTEST)
    assert services.schedule_call(call=call, by=person("coordinator")).after == "scheduled"


def test_preflight_finds_a_text_missing_in_one_language(before):
    call = call_in(S.DRAFT, CONTEST)
    rules = {**call.rules, "decision": {**call.rules["decision"], "decided_by": {"lt": "Komisija", "en": ""}}}
    Call.objects.filter(pk=call.pk).update(rules=rules)
    call.refresh_from_db()
    with pytest.raises(Blocked) as refusal:
        services.schedule_call(call=call, by=person("coordinator"))
    assert [o.code for o in refusal.value.obstacles] == ["texts_missing"]


def test_preflight_refuses_a_call_whose_deadline_has_passed():
    call = call_in(S.DRAFT, CONTEST)
    with clock.replaced(AFTER_CLOSE), pytest.raises(Blocked) as refusal:
        services.schedule_call(call=call, by=person("coordinator"))
    assert [o.code for o in refusal.value.obstacles] == ["deadline_passed"]


def test_options_tell_a_coordinator_what_to_do_and_an_auditor_nothing(before):
    call = call_in(S.DRAFT)
    [option] = [o for o in options_for([call], person("coordinator"))[call.pk] if o.name == "schedule"]
    assert [o.code for o in option.obstacles] == ["no_money"]
    assert options_for([call], person("auditor"))[call.pk] == []


@pytest.mark.parametrize(
    "facts",
    [
        {"closes_at": BEFORE},
        {"published_at": AFTER_CLOSE},
        {"opened_at": BEFORE},
        {"closed_at": BEFORE},
        {"decided_at": BEFORE},
        {"scheduled_at": BEFORE},
    ],
)
def test_the_database_refuses_facts_that_a_draft_cannot_have(facts):
    call = call_in(S.DRAFT, CONTEST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**facts)
