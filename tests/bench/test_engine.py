"""What the engine costs beside the same statements issued raw, in one run."""

import time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.workflows.conftest import leave, person  # noqa: F401
from workflows.services import perform

STEPS = 150
LEAST_RATIO = 0.4


@pytest.mark.bench
def test_a_step_beside_its_own_statements_issued_raw(committed_db, leave, record_figure):  # noqa: F811
    """`touch` leaves the state, so that the same request can take it again and again."""
    request = leave()
    perform(request, "ask", by=request.employee)
    with CaptureQueriesContext(connection) as captured:
        perform(request, "touch", by=request.boss)
    reading = [query["sql"] for query in captured.captured_queries if _can_be_repeated(query["sql"])]

    started = time.perf_counter()
    for _ in range(STEPS):
        perform(request, "touch", by=request.boss)
    engine = STEPS / (time.perf_counter() - started)

    started = time.perf_counter()
    for number in range(STEPS):
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in reading:
                cursor.execute(statement)
            _write_raw(cursor, request, number)
    raw = STEPS / (time.perf_counter() - started)

    ratio = engine / raw
    record_figure("perform beside the same statements issued raw", f"{ratio:.2f}", f"≥ {LEAST_RATIO}")
    record_figure("steps a second, on this machine and database", f"{engine:.0f} of {raw:.0f} raw")
    assert ratio >= LEAST_RATIO


def _can_be_repeated(sql: str) -> bool:
    """Reads, locks and updates can be issued again as they are; savepoints and inserts cannot."""
    return sql.lstrip().upper().startswith(("SELECT", "UPDATE")) and "log_head" not in sql.partition("WHERE")[0]


def _write_raw(cursor, request, number) -> None:
    """The log row and the chain's end, as `perform` writes them, with values of their own."""
    cursor.execute(
        "INSERT INTO workflows_transitionrecord (case_id, seq, subject_label, subject_id, subject_version, transition,"
        " before, after, at, actor_kind, actor_id, reason_digest, data, is_test, previous, hash)"
        " VALUES (%s, %s, 'raw', %s, %s, 'touch', 'asked', 'asked', CURRENT_TIMESTAMP, 'person', %s, '', '{}', false,"
        " %s, %s)",
        [request.case_id, 10_000 + number, request.pk, number + 1, request.boss_id, "0" * 64, f"{number:064d}"],
    )
    cursor.execute(
        "UPDATE workflows_case SET log_length = log_length, log_head = log_head WHERE id = %s", [request.case_id]
    )
