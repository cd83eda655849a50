"""The engine under thousands of races, tamperings and power cuts."""

import random

import pytest
from django.db import connection, transaction

from tests.workflows.conftest import leave, person  # noqa: F401
from tests.workflows.test_log import owner_of_the_database, tampering
from tests.workflows.test_races import race
from workflows.exceptions import Refused
from workflows.models import TransitionRecord, WorkItem
from workflows.services import perform
from workflows.services.seals import seal
from workflows.services.verify import replay_log, verify_log

RACES = 250
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
                cursor.execute(*tampering(rng.choice(["edit", "swap", "actor", "delete"]), rng.choice(rows)))
            found += bool(verify_log())
            transaction.set_rollback(True)
    record_figure("tamperings by the owner of the database found", f"{found} of 1000", "all")
    assert (found, verify_log()) == (1000, [])


class PowerCut(BaseException):
    """The machine stops at this statement."""


def cut_at(number):
    """Stops the machine at the n-th statement from now."""
    count = 0

    def wrapper(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == number:
            raise PowerCut
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


@pytest.mark.proof
def test_a_power_cut_at_any_statement_of_a_step_leaves_all_or_nothing(committed_db, leave, record_figure):  # noqa: F811
    points = 0
    for number in range(1, 200):
        request = leave()
        try:
            with cut_at(number):
                perform(request, "ask", by=request.employee)
        except PowerCut:
            connection.close()
            points += 1
        else:
            break
        request.refresh_from_db()
        records = TransitionRecord.objects.filter(subject_id=request.pk, transition="ask").count()
        waiting = WorkItem.objects.filter(subject_id=request.pk, kind="leave_decide", closed_at=None).count()
        assert (request.state, records, waiting) in {("draft", 0, 0), ("asked", 1, 1)}
    assert (verify_log(), replay_log()) == ([], [])
    record_figure("power cuts inside one step, at every statement: all or nothing", f"{points} of {points}", "all")
    assert points > 10
