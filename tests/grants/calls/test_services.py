"""Loading, dates, extensions and the minute's task."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from grants.calls import services
from grants.calls.document import BadDocument
from grants.calls.models import Call, CallDate
from grants.calls.states import CallState
from grants.calls.tasks import open_and_close_calls
from grants.programmes.models import Programme
from grants.questionnaires.models import Questionnaire
from tests.grants.calls.makers import (
    AFTER_CLOSE,
    BEFORE,
    CONTEST,
    DATA,
    GRANT,
    WHILE_OPEN,
    call_in,
    document,
    person,
)  # fmt: skip
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.models import Deadline, TransitionRecord, WorkItem

pytestmark = pytest.mark.django_db
S = CallState
CLOSES = datetime(2027, 3, 5, 15, tzinfo=UTC)


def test_a_grant_call_is_loaded_with_everything():
    call = call_in(S.DRAFT)
    assert (call.code, call.programme.code, call.time_zone) == ("BP-2027-1", "BP", "Europe/Vilnius")
    assert (call.opens_at, call.closes_at) == (datetime(2027, 1, 11, 7, tzinfo=UTC), CLOSES)
    assert [c.key for c in call.criteria.all()] == [
        "need", "service", "partnership", "impact", "feasibility", "budget", "sustainability", "priority_remote",
    ]  # fmt: skip
    assert sum(c.weight for c in call.criteria.all()) == 100
    assert [str(c.max_percent) for c in call.budget_categories.all()] == [
        "30.00", "None", "None", "50.00", "10.00", "10.00", "7.00", "5.00",
    ]  # fmt: skip
    assert (call.indicators.count(), call.nominations.count(), call.dates.count()) == (9, 0, 10)
    assert len(call.questionnaire.definition["sections"]) == 12  # eleven, and the annexes
    assert "form" not in call.rules


def test_a_contest_is_loaded_by_its_own_rules():
    call = call_in(S.DRAFT, CONTEST)
    assert [(n.category_key, n.key) for n in call.nominations.all()] == [
        ("library", "innovation"), ("library", "lithuanian"), ("library", "partnerships"), ("library", "children"),
        ("branch", "community"), ("branch", "creative"), ("branch", "children_branch"), ("branch", "friendly"),
        ("branch", "untraditional"),
    ]  # fmt: skip
    assert (call.budget_categories.count(), call.indicators.count(), call.terms.total) == (0, 0, None)
    assert [len(c.scale) for c in call.criteria.all()] == [21, 21, 21]
    assert [p["span"] for p in call.criteria.first().points] in (
        ["0–3.5", "4–7", "7.5–10"],
        ["0–3,5", "4–7", "7,5–10"],
    )


def test_the_same_document_twice_changes_nothing():
    first = services.load_call(document(GRANT), by=SYSTEM)
    second = services.load_call(document(GRANT), by=SYSTEM)
    assert (first.created, first.changed, second.created, second.changed) == (True, True, False, False)
    assert (Call.objects.count(), Programme.objects.count(), Questionnaire.objects.count()) == (1, 1, 1)
    assert TransitionRecord.objects.filter(case=first.call.case).count() == 1


def test_a_newer_document_makes_a_draft_anew():
    services.load_call(document(CONTEST), by=SYSTEM)
    text = document(CONTEST)
    text["call"]["title"]["lt"] = "Metų nominacijos"
    text["criteria"] = text["criteria"][:2]
    text["scoring"]["tie_breakers"] = ["value"]
    result = services.load_call(text, by=person("coordinator"))
    result.call.refresh_from_db()
    assert (result.created, result.changed, result.call.title_lt) == (False, True, "Metų nominacijos")
    assert (result.call.criteria.count(), result.call.case.title) == (2, "Metų nominacijos")


def test_a_scheduled_call_is_not_changed_by_a_document():
    call_in(S.SCHEDULED, CONTEST)
    text = document(CONTEST)
    text["call"]["title"]["lt"] = "Kita"
    with pytest.raises(BadDocument, match=r"call\.code:"):
        services.load_call(text, by=SYSTEM)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("coordinator", True),
        ("head", True),
        ("finance", False),
        ("administrator", False),
        ("auditor", False),
        ("", False),
    ],
)
def test_calls_are_loaded_by_those_who_run_them(role, may):
    if may:
        assert services.load_call(document(CONTEST), by=person(role)).created
    else:
        with pytest.raises(NotPermitted):
            services.load_call(document(CONTEST), by=person(role))


def test_a_faulty_document_stores_nothing():
    text = document(GRANT)
    text["payments"][0]["percent"] = 10
    with pytest.raises(BadDocument):
        services.load_call(text, by=SYSTEM)
    assert (Call.objects.count(), Programme.objects.count(), Questionnaire.objects.count()) == (0, 0, 0)


def test_the_command_says_what_became_of_the_file(capsys, tmp_path):
    call_command("load_call", str(DATA / f"{CONTEST}.json"))
    call_command("load_call", str(DATA / f"{CONTEST}.json"))
    assert capsys.readouterr().out.count("NOM-2027") == 2
    broken = tmp_path / "broken.json"
    broken.write_text('{"schema": "other"}')
    with pytest.raises(CommandError):
        call_command("load_call", str(broken))
    assert "schema:" in capsys.readouterr().err
    with pytest.raises(CommandError):
        call_command("load_call", str(tmp_path / "none.json"))


def test_the_minute_task_opens_and_closes_what_is_due():
    grant, contest = call_in(S.SCHEDULED), call_in(S.SCHEDULED, CONTEST)
    seen = []
    for moment in (BEFORE, grant.opens_at, contest.opens_at, grant.closes_at, contest.closes_at):
        with clock.replaced(moment):
            open_and_close_calls()
        seen.append(tuple(Call.objects.order_by("code").values_list("state", flat=True)))
    assert seen == [
        ("scheduled", "scheduled"),
        ("open", "scheduled"),
        ("open", "open"),
        ("closed", "open"),
        ("closed", "closed"),
    ]


def test_a_task_that_slept_through_a_whole_call_warns_and_leaves_it(caplog):
    call_in(S.SCHEDULED, CONTEST)
    with clock.replaced(AFTER_CLOSE):
        open_and_close_calls()
    assert Call.objects.get().state == S.SCHEDULED
    assert "Call NOM-2027 was not moved" in caplog.text


def test_the_timetable_remembers_when_dates_came():
    call = call_in(S.DECIDED)
    came = dict(CallDate.objects.filter(call=call, actual_at__isnull=False).values_list("key", "actual_at"))
    assert set(came) == {"opens", "closes", "evaluation_until", "decision_by"}
    assert came["opens"] == call.opens_at


def test_work_on_a_closed_call_is_due_by_its_timetable():
    call = call_in(S.CLOSED)
    item = WorkItem.objects.get(case=call.case, closed_at=None)
    assert (item.kind, item.audience) == ("call_assess", "role:coordinator")
    assert item.due_at == datetime(2027, 4, 30, 21, tzinfo=UTC)
    assert Deadline.objects.get(case=call.case, closed_at=None).kind == "call_evaluation"


def test_dates_move_with_a_reason_and_the_first_promise_is_kept():
    call, later = call_in(S.OPEN), CLOSES + timedelta(days=3)
    with clock.replaced(WHILE_OPEN):
        record = services.change_dates(call=call, moved={"closes": later}, by=person("coordinator"), note="Gedimas")
    closes = CallDate.objects.get(call=call, key="closes")
    assert (call.closes_at, closes.planned_at, closes.first_planned_at) == (later, later, CLOSES)
    assert (call.state, record.transition, list(record.data["moved"])) == (S.OPEN, "change_dates", ["closes"])


@pytest.mark.parametrize(
    ("state", "moved", "code"),
    [
        (S.OPEN, {"closes": datetime(2027, 5, 1, tzinfo=UTC)}, "dates_out_of_order"),
        (S.OPEN, {"closes": datetime(2027, 2, 9, tzinfo=UTC)}, "in_the_past"),
        (S.OPEN, {"opens": datetime(2027, 2, 12, tzinfo=UTC)}, "happened"),
        (S.CLOSED, {"closes": datetime(2027, 3, 20, tzinfo=UTC)}, "closed"),
    ],
)
def test_dates_that_cannot_move_say_why(state, moved, code):
    call = call_in(state)
    with clock.replaced(WHILE_OPEN), pytest.raises(Blocked) as refusal:
        services.change_dates(call=call, moved=moved, by=person("coordinator"), note="Gedimas")
    assert code in [o.code for o in refusal.value.obstacles]
    call.refresh_from_db()
    assert call.closes_at == CLOSES


def test_nothing_moved_is_said_and_a_reason_is_asked_for():
    call = call_in(S.OPEN)
    with clock.replaced(WHILE_OPEN):
        with pytest.raises(Refused):
            services.change_dates(call=call, moved={"closes": CLOSES}, by=person("head"), note="x")
        with pytest.raises(Blocked):
            services.change_dates(call=call, moved={"closes": CLOSES + timedelta(1)}, by=person("head"), note=" ")


def test_an_extension_opens_the_call_and_moves_what_follows_by_whole_days_of_the_calls_clock():
    call = call_in(S.CLOSED)
    until = datetime(2027, 3, 31, 14, tzinfo=UTC)  # 17:00 in summer time: 26 days later by the call's clock
    with clock.replaced(AFTER_CLOSE):
        services.extend_call(call=call, closes_at=until, by=person("coordinator"), note="Gedimas")
    dates = {d.key: d for d in CallDate.objects.filter(call=call)}
    assert (call.state, call.closes_at, call.closed_at, call.notice) == (S.OPEN, until, None, "Gedimas")
    assert dates["closes"].actual_at is None
    assert dates["administrative_check_until"].planned_at == datetime(2027, 4, 20, 21, tzinfo=UTC)
    assert dates["questions_until"].planned_at == dates["questions_until"].first_planned_at


@pytest.mark.parametrize(
    ("until", "shift", "code"),
    [
        (CLOSES, True, "deadline_not_later"),
        (AFTER_CLOSE, True, "deadline_not_later"),
        (datetime(2027, 4, 20, tzinfo=UTC), False, "dates_out_of_order"),
    ],
)
def test_an_extension_that_is_none_is_refused(until, shift, code):
    call = call_in(S.CLOSED)
    with clock.replaced(AFTER_CLOSE), pytest.raises(Blocked) as refusal:
        services.extend_call(call=call, closes_at=until, by=person("head"), note="x", shift_following=shift)
    assert [o.code for o in refusal.value.obstacles] == [code]


def test_money_behind_a_decided_call_stays():
    call = call_in(S.DECIDED)
    with pytest.raises(Refused):
        services.set_fundings(call=call, amounts={}, by=person("head"))
    with pytest.raises(NotPermitted):
        services.set_fundings(call=call, amounts={}, by=person("finance"))
