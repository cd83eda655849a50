"""Two people at once, on PostgreSQL with real threads: exactly one wins, the other is told who and when."""

import threading

import pytest
from django.db import connection

from tests.workflows.testapp.models import Leave
from workflows.exceptions import IllegalMove, Refused, Stale
from workflows.models import TransitionRecord
from workflows.services import perform
from workflows.services.verify import replay_log, verify_log

pytestmark = pytest.mark.postgres


def race(pk, attempts):
    """Start every attempt at the same moment; answers each one's outcome, in order."""
    barrier, outcomes = threading.Barrier(len(attempts)), [None] * len(attempts)

    def run(number, name, by, kwargs):
        try:
            request = Leave.objects.get(pk=pk)
            barrier.wait(10)
            outcomes[number] = perform(request, name, by=by, **kwargs)
        except Refused as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, *attempt)) for n, attempt in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


PAIRS = [("grant", "refuse"), ("grant", "grant"), ("refuse", "refuse"), ("grant", "touch")]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_two_coordinators_never_both_win(committed_db, leave, pair):
    """The short form of the thousands in `make prove`."""
    for _ in range(10):
        request = leave()
        perform(request, "ask", by=request.employee)
        outcomes = race(request.pk, [(name, request.boss, {"note": "so"}) for name in pair])
        wins = [o for o in outcomes if isinstance(o, TransitionRecord)]
        losers = [o for o in outcomes if isinstance(o, Refused)]
        both = pair == ("grant", "touch")  # a touch leaves the state, so both may happen, one after the other
        assert len(wins) == (len(wins) if both else 1)
        assert all(isinstance(loser, Stale | IllegalMove) for loser in losers)
        assert all(loser.by == "Boss" and loser.at is not None for loser in losers if isinstance(loser, Stale))
        assert TransitionRecord.objects.filter(subject_id=request.pk, transition__in=pair).count() == len(wins)
    assert (verify_log(), replay_log()) == ([], [])


def test_no_touch_is_lost_among_eight_at_once(committed_db, leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    outcomes = race(request.pk, [("touch", request.boss, {}) for _ in range(8)])
    request.refresh_from_db()
    assert [type(outcome) for outcome in outcomes] == [TransitionRecord] * 8
    assert (request.touched, request.version) == (8, 10)


def test_one_key_clicked_eight_times_at_once_is_one_step(committed_db, leave):
    request = leave()
    outcomes = race(request.pk, [("ask", request.employee, {"key": "click"}) for _ in range(8)])
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert TransitionRecord.objects.filter(transition="ask").count() == 1


def test_a_save_in_the_middle_reverts_no_state(committed_db, leave):
    request = leave()
    perform(request, "ask", by=request.employee)
    stale = Leave.objects.get(pk=request.pk)
    perform(request, "grant", by=request.boss)
    stale.note = "late"
    stale.save(update_fields=["note"])
    assert Leave.objects.get(pk=request.pk).state == "granted"
