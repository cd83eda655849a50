"""What the base model promises: protection that is never lifted, saves by name, states that only the door moves."""

import threading

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction

from tests.workflows.testapp.models import Handover, Leave, S
from workflows.models import Case
from workflows.models.base import state_field_of
from workflows.services import perform, reread

pytestmark = pytest.mark.django_db


def test_a_state_is_not_assigned(leave):
    with pytest.raises(AttributeError, match="Direct state modification"):
        leave().state = S.GRANTED


@pytest.mark.parametrize("values", [{"state": S.GRANTED}, {"version": 9}, {"state": S.GRANTED, "days": 1}])
def test_a_state_or_version_is_not_updated_in_bulk(leave, values):
    leave()
    with pytest.raises(ImproperlyConfigured, match="only through"):
        Leave.objects.update(**values)


def test_other_fields_are_updated_in_bulk(leave):
    leave()
    assert Leave.objects.update(days=3) == 1


def test_a_state_is_not_bulk_updated(leave):
    request = leave()
    with pytest.raises(ImproperlyConfigured, match="only through"):
        Leave.objects.bulk_update([request], ["state"])
    assert Leave.objects.bulk_update([request], ["days"]) == 1


def test_a_row_does_not_begin_elsewhere(person):
    case = Case.objects.create(kind="leave", number="L-0", title="Leave")
    with pytest.raises(DatabaseError, match="begins as"), transaction.atomic():
        Leave.objects.create(case=case, employee=person(), boss=person(), state=S.GRANTED)


def test_a_known_row_is_saved_by_named_fields_only(leave):
    request = leave()
    with pytest.raises(ImproperlyConfigured, match="update_fields"):
        request.save()


def test_a_stale_copy_reverts_nothing(leave):
    from workflows.services import perform

    request = leave()
    stale = Leave.objects.get(pk=request.pk)
    perform(request, "ask", by=request.employee)
    stale.note = "written late"
    stale.save(update_fields=["note"])
    request.refresh_from_db()
    assert (request.state, request.note) == (S.ASKED, "written late")


def test_a_copy_reread_has_the_newest_state_and_forgets_what_it_named_before(leave, person):
    old = leave()
    new = Leave.objects.get(pk=old.pk)
    perform(new, "ask", by=new.employee)
    boss = person("boss")
    Leave.objects.filter(pk=old.pk).update(boss=boss)
    assert (old.state, old.version, old.boss == boss) == (S.DRAFT, 1, False)
    with transaction.atomic():
        reread(old)
    assert (old.state, old.version, old.boss) == (S.ASKED, 2, boss)


def test_a_step_leaves_the_case_it_read_with_a_copy_that_had_none(leave, django_assert_num_queries):
    request = Leave.objects.get(pk=leave().pk)
    perform(request, "ask", by=request.employee)
    with django_assert_num_queries(0):
        assert request.case.title == "Leave"


def test_a_failed_refresh_leaves_the_state_protected_and_kept(leave):
    request = leave()
    gone = Leave(pk=10**9)
    gone._state.adding = False
    with pytest.raises(Leave.DoesNotExist):
        gone.refresh_from_db()
    assert gone.state == S.DRAFT
    assert state_field_of(Leave).protected is True
    with pytest.raises(AttributeError):
        request.state = S.GRANTED


@pytest.mark.parametrize("fields", [["days"], ["state"], None])
def test_a_refresh_of_some_fields_reads_those(leave, fields):
    request = leave(days=5)
    Leave.objects.update(days=6)
    request.refresh_from_db(fields=fields)
    assert (request.days, request.state) == (5 if fields == ["state"] else 6, S.DRAFT)


def test_a_refresh_forgets_the_row_that_leads_here(leave, handover):
    request = leave()
    offer = handover(request)
    assert request.handover == offer
    Handover.objects.filter(pk=offer.pk).update(colleague=request.boss)
    request.refresh_from_db()
    assert request.handover.colleague == request.boss


def test_many_threads_that_refresh_never_meet_an_unprotected_state(committed_db, leave):
    request = leave()
    failures = []

    def refresh_often():
        from django.db import connection

        try:
            for _ in range(30):
                Leave.objects.get(pk=request.pk).refresh_from_db()
                if not state_field_of(Leave).protected:
                    failures.append("unprotected")
        except Exception as error:  # any error at all is the finding
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=refresh_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
