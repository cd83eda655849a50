"""What the engine costs beside the same statements issued raw, in one run."""

import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.workflows.conftest import leave, person  # noqa: F401
from workflows.services import perform

ROUNDS, STEPS = 15, 20
LEAST_RATIO = 0.4


@pytest.mark.bench
def test_a_step_beside_its_own_statements_issued_raw(committed_db, leave, record_figure):  # noqa: F811
    """`touch` leaves the state, so that the same request can take it again and again."""
    request, other = leave(), leave()
    for one in (request, other):
        perform(one, "ask", by=one.employee)
    with CaptureQueriesContext(connection) as captured:
        perform(other, "touch", by=other.boss)
    reading = [query["sql"] for query in captured.captured_queries if _can_be_repeated(query["sql"])]

    by_engine = raw = 0.0
    for turn in range(ROUNDS):  # in turns, so that a machine that is slow for a while is slow for both
        started = time.perf_counter()
        for _ in range(STEPS):
            perform(request, "touch", by=request.boss)
        by_engine += time.perf_counter() - started
        started = time.perf_counter()
        for number in range(turn * STEPS, (turn + 1) * STEPS):
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in reading:
                    cursor.execute(statement)
                _write_raw(cursor, other, number)
        raw += time.perf_counter() - started

    ratio = raw / by_engine
    record_figure("perform beside the same statements issued raw", f"{ratio:.2f}", f"≥ {LEAST_RATIO}")
    record_figure(
        "steps a second, on this machine and database",
        f"{ROUNDS * STEPS / by_engine:.0f} of {ROUNDS * STEPS / raw:.0f} raw",
    )
    assert ratio >= LEAST_RATIO


def _can_be_repeated(sql: str) -> bool:
    """Reads, locks and updates can be issued again as they are; savepoints and inserts cannot."""
    words = sql.lstrip().upper()
    return words.startswith("SELECT") or (words.startswith("UPDATE") and "LOG_HEAD" not in words.partition("WHERE")[0])


def _write_raw(cursor, other, number) -> None:
    """The log row and the chain's end, as `perform` writes them, with values of their own."""
    cursor.execute(
        "INSERT INTO workflows_transitionrecord (case_id, seq, subject_label, subject_id, subject_version, transition,"
        " before, after, at, actor_kind, actor_id, reason_digest, data, is_test, previous, hash)"
        " VALUES (%s, %s, 'raw', %s, %s, 'touch', 'asked', 'asked', CURRENT_TIMESTAMP, 'person', %s, '', '{}', false,"
        " %s, %s)",
        [other.case_id, 10_000 + number, other.pk, number + 1, other.boss_id, "0" * 64, f"{number:064d}"],
    )
    cursor.execute(
        "UPDATE workflows_case SET log_length = log_length, log_head = log_head WHERE id = %s", [other.case_id]
    )
