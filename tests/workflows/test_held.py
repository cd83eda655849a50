"""A case that the transaction holds is read once, and never believed after a rollback."""

from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.workflows.conftest import leave, person  # noqa: F401
from workflows import held
from workflows.models import Case, TransitionRecord
from workflows.services import perform


def reads_of_cases(captured: CaptureQueriesContext) -> int:
    return sum('FROM "workflows_case"' in query["sql"] for query in captured.captured_queries)


@pytest.fixture
def asked(committed_db, leave):  # noqa: F811
    request = leave()
    perform(request, "ask", by=request.employee)
    return request


def undone(action, *args, **kwargs) -> None:
    """Do something, and then let the transaction or savepoint around it fail."""
    with suppress(ZeroDivisionError), transaction.atomic():
        action(*args, **kwargs)
        raise ZeroDivisionError


def test_a_case_locked_twice_is_read_once(asked):
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        first, second = held.locked(asked.case_id), held.locked(asked.case_id)
    assert (reads_of_cases(captured), second) == (1, first)


def test_steps_in_one_transaction_read_the_case_once_and_lengthen_its_chain(asked):
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        for _time in range(3):
            perform(asked, "touch", by=asked.boss)
    case = Case.objects.get(pk=asked.case_id)
    seqs = list(TransitionRecord.objects.filter(case=case).order_by("seq").values_list("seq", flat=True))
    assert (reads_of_cases(captured), seqs, case.log_length) == (1, [1, 2, 3, 4, 5], 5)


def test_a_step_rolled_back_inside_is_forgotten_by_the_next(asked):
    with transaction.atomic():
        perform(asked, "touch", by=asked.boss)
        undone(perform, asked, "touch", by=asked.boss)
        asked.refresh_from_db()
        record = perform(asked, "touch", by=asked.boss)
    case = Case.objects.get(pk=asked.case_id)
    assert (record.seq, case.log_length, case.log_head) == (4, 4, record.hash)


def test_a_case_read_inside_a_savepoint_that_is_rolled_back_is_read_again(asked):
    with transaction.atomic():
        undone(held.locked, asked.case_id)
        with CaptureQueriesContext(connection) as captured:
            held.locked(asked.case_id)
    assert reads_of_cases(captured) == 1


def test_the_next_transaction_reads_the_case_again(asked):
    with transaction.atomic():
        held.locked(asked.case_id)
    Case.objects.filter(pk=asked.case_id).update(title="Other words")
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        assert held.locked(asked.case_id).title == "Other words"
    assert reads_of_cases(captured) == 1


def test_a_transaction_that_was_rolled_back_leaves_nothing_behind(asked):
    undone(perform, asked, "touch", by=asked.boss)
    asked.refresh_from_db()
    record = perform(asked, "touch", by=asked.boss)
    assert (record.seq, Case.objects.get(pk=asked.case_id).log_length) == (3, 3)


def test_a_case_that_is_not_there(asked):
    with transaction.atomic(), pytest.raises(Case.DoesNotExist):
        held.locked(asked.case_id + 1000)


def test_outside_a_transaction_nothing_is_kept(asked):
    with CaptureQueriesContext(connection) as captured:
        first, second = held.locked(asked.case_id), held.locked(asked.case_id)
    assert (reads_of_cases(captured), first is second) == (2, False)
