"""The statements written out once do what the ORM's own would do."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from tests.workflows.conftest import leave, person  # noqa: F401
from tests.workflows.testapp.models import Leave
from workflows import policy, statements
from workflows.models import Case, Exclusion, OutboxEntry, WorkItem

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 2, 10, 0, 30, 123456, tzinfo=UTC)


def entry(dedupe: str, *args: object) -> OutboxEntry:
    return OutboxEntry(task="t", args=list(args), dedupe=dedupe, created_at=MOMENT, available_at=MOMENT)


def test_rows_added_together_get_their_own_keys_and_read_back_equal():
    first, second = entry("a", 1, "ą"), entry("b")
    assert statements.insert(first, second)
    read = {row.dedupe: row for row in OutboxEntry.objects.all()}
    assert (read["a"].pk, read["b"].pk) == (first.pk, second.pk)
    assert (read["a"].args, read["a"].created_at, read["b"].args) == ([1, "ą"], MOMENT, [])


def test_a_row_added_is_known_as_stored_and_can_be_saved_again():
    row = entry("a")
    statements.insert(row)
    row.last_error = "late"
    row.save()
    assert list(OutboxEntry.objects.values_list("pk", "last_error")) == [(row.pk, "late")]


def test_a_row_that_may_be_there_once_is_not_added_a_second_time():
    assert statements.insert(entry("a", 1), once="dedupe")
    late = entry("a", 2)
    assert (statements.insert(late, once="dedupe"), late.pk) == (False, None)
    assert list(OutboxEntry.objects.values_list("args", flat=True)) == [[1]]


def test_a_row_that_is_there_is_an_error_where_nothing_was_said_of_it():
    statements.insert(entry("a"))
    with pytest.raises(IntegrityError):
        statements.insert(entry("a"))


def test_change_gives_the_named_rows_the_same_values_and_no_others(leave):  # noqa: F811
    case = leave().case
    items = [
        WorkItem.objects.create(case=case, subject_label="x.y", subject_id=n, kind="k", audience="a", url="/",
                                opened_at=MOMENT)
        for n in (1, 2, 3)
    ]  # fmt: skip
    statements.change(WorkItem, [items[0].pk, items[2].pk], closed_at=MOMENT, url="/done")
    known = WorkItem.objects.filter(subject_label="x.y").order_by("subject_id").values_list("url", "closed_at")
    assert list(known) == [("/done", MOMENT), ("/", None), ("/done", MOMENT)]


def test_read_along_reads_what_a_row_names_each_in_one_statement(leave, django_assert_num_queries):  # noqa: F811
    row = Leave.objects.get(pk=leave().pk)
    with django_assert_num_queries(2):
        statements.read_along(row, ["case", "employee"])
    with django_assert_num_queries(0):
        assert (row.case.title, row.employee.full_name) == ("Leave", "Employee")


def test_read_along_follows_a_way_and_passes_over_what_names_nothing(leave, django_assert_num_queries):  # noqa: F811
    parent = Case.objects.create(kind="year", number="Y-1", title="Year")
    child = Case.objects.create(kind="leave", number="L-0", title="Leave", parent=parent)
    row = Leave.objects.get(pk=leave(case=child).pk)
    with django_assert_num_queries(2):
        statements.read_along(row, ["case", "case__parent"])
        assert row.case.parent.title == "Year"
    with django_assert_num_queries(1):
        statements.read_along(parent := Case.objects.get(pk=parent.pk), ["parent"])
        assert parent.parent is None


def test_a_row_is_got_as_it_is_now_with_what_it_names(leave, django_assert_num_queries):  # noqa: F811
    known = leave(days=3)
    with django_assert_num_queries(2):
        row = statements.get(Leave, known.pk, ["employee"])
        assert (row, row.days, row.state, row.employee) == (known, 3, "draft", known.employee)
    with pytest.raises(Leave.DoesNotExist):
        statements.get(Leave, 0)


def test_read_along_leaves_what_is_there_already(leave, django_assert_num_queries):  # noqa: F811
    row = leave()
    with django_assert_num_queries(0):
        statements.read_along(row, ["case", "employee"])


def test_excluded_cases_are_those_of_the_person_that_have_no_end(leave, person):  # noqa: F811
    one, other, past = leave(), leave(), leave()
    kept_away, somebody = person(), person()
    for request, user, until in ((one, kept_away, None), (other, somebody, None), (past, kept_away, MOMENT)):
        Exclusion.objects.create(case=request.case, user=user, since=MOMENT, until=until, code="own")
    assert statements.excluded_cases(kept_away.pk) == frozenset({one.case_id})
    assert policy.excluded_cases(somebody) == frozenset({other.case_id})
    assert statements.excluded_cases(None) == frozenset()
