"""The engine under thousands of races, tamperings and power cuts."""

import random
from datetime import timedelta

import pytest
from django.db import transaction

from tests.workflows.conftest import leave, person  # noqa: F401
from tests.workflows.test_crash_points import power_cut_at
from tests.workflows.test_log import owner_of_the_database, tampering
from tests.workflows.test_races import race
from tests.workflows.testapp.models import Leave
from workflows import clock
from workflows.exceptions import Refused
from workflows.models import Case, Deadline, Rung, TransitionRecord, WorkItem
from workflows.services import perform
from workflows.services.seals import seal
from workflows.services.verify import replay_log, verify_log

RACES = 500
PAIRS = (("grant", "refuse"), ("grant", "grant"), ("refuse", "refuse"), ("refuse", "grant"))


@pytest.mark.proof
@pytest.mark.postgres
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_one_winner_in_every_race(committed_db, leave, record_figure, pair):  # noqa: F811
    wins = 0
    for _ in range(RACES):
        request = leave()
        perform(request, "ask", by=request.employee)
        outcomes = race(request.pk, [(name, request.boss, {"note": "so"}) for name in pair])
        won = [outcome for outcome in outcomes if isinstance(outcome, TransitionRecord)]
        lost = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        assert (len(won), len(lost)) == (1, 1)
        assert TransitionRecord.objects.filter(subject_id=request.pk, transition__in=pair).count() == 1
        wins += 1
    assert (verify_log(), replay_log()) == ([], [])
    record_figure(f"races {pair[0]} against {pair[1]}: exactly one winner", f"{wins} of {RACES}", "all")


@pytest.mark.proof
@pytest.mark.django_db
def test_a_thousand_tamperings_are_all_found(leave, record_figure, settings, tmp_path):  # noqa: F811
    settings.SEALS_DIR = tmp_path
    requests = [leave() for _ in range(5)]
    for request in requests:
        perform(request, "ask", by=request.employee)
        perform(request, "refuse", by=request.boss, note="No")
    seal()
    rows = list(TransitionRecord.objects.values("pk", "case_id", "seq", "after", "transition"))
    rng, found = random.Random(1), 0
    for _ in range(1000):
        with transaction.atomic():
            with owner_of_the_database() as cursor:
                cursor.execute(
                    *tampering(rng.choice(["edit", "swap", "actor", "delete", "reason", "tail"]), rng.choice(rows))
                )
            found += bool(verify_log())
            transaction.set_rollback(True)
    record_figure("tamperings by the owner of the database found", f"{found} of 1000", "all")
    assert (found, verify_log()) == (1000, [])


STEPS = {
    "ask": lambda request: perform(request, "ask", by=request.employee),
    "refuse with a reason": lambda request: perform(request, "refuse", by=request.boss, note="Too many are away"),
    "give more time": lambda request: perform(
        request, "give_time", by=request.boss, until=request.due_at + timedelta(days=30)
    ),
}
BEFORE = {"ask": "draft", "refuse with a reason": "asked", "give more time": "asked"}


def everything_of(request):
    """What the database holds about a request: its row, its log, its reasons, work, deadlines and rungs."""
    of_it = {"subject_label": request.subject_label, "subject_id": request.pk}
    return (
        list(Leave.objects.filter(pk=request.pk).values_list("state", "version", "due_at", "decided_at")),
        list(TransitionRecord.objects.filter(**of_it).order_by("seq").values_list("transition", "reason__text")),
        list(Case.objects.filter(pk=request.case_id).values_list("log_length", flat=True)),
        sorted(WorkItem.objects.filter(**of_it, closed_at=None).values_list("kind", "audience", "due_at")),
        sorted(Deadline.objects.filter(**of_it).values_list("kind", "due_at", "outcome")),
        sorted(Rung.objects.filter(deadline__subject_id=request.pk).values_list("days", "due_at")),
    )


@pytest.mark.proof
@pytest.mark.parametrize("name", STEPS)
def test_a_power_cut_at_any_statement_of_a_step_leaves_all_or_nothing(committed_db, leave, record_figure, name):  # noqa: F811
    due_at = clock.now() + timedelta(days=60)

    def prepared():
        request = leave(due_at=due_at)
        if BEFORE[name] == "asked":
            perform(request, "ask", by=request.employee)
        return request

    def shape(request):
        """The same for every request: nothing of its own key."""
        return [len(part) if isinstance(part, list) else part for part in everything_of(request)]

    whole = prepared()
    STEPS[name](whole)
    done = shape(whole)
    outcomes = {"nothing": 0, "all": 0}
    for number in range(1, 400):
        request = prepared()
        before, finished = everything_of(request), False
        with power_cut_at(number):
            STEPS[name](request)
            finished = True
        after = everything_of(request)
        if finished:
            break
        outcomes["nothing" if after == before else "all"] += 1
        assert after == before or shape(request) == done
    assert (verify_log(), replay_log()) == ([], [])
    points = sum(outcomes.values())
    assert points >= 20
    record_figure(f"power cuts in the step “{name}”, before and after every statement: all or nothing",
                  f"{points} of {points}", "all")  # fmt: skip
