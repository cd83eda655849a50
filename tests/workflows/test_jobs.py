import pytest

from workflows.actors import SYSTEM
from workflows.models import Job, OutboxEntry
from workflows.services.jobs import start_job

pytestmark = pytest.mark.django_db


def test_start_job_writes_the_job_and_its_task_together(person, leave):
    asker, case = person(), leave().case
    job = start_job(kind="count_up", by=asker, params={"to": 3}, case=case)
    assert (job.state, job.params, job.requested_by, job.case) == (Job.State.QUEUED, {"to": 3}, asker, case)
    assert list(OutboxEntry.objects.values_list("task", "args")) == [("workflows.run_job", [job.pk])]


def test_start_job_twice_with_one_key_is_one_job(person):
    asker = person()
    first = start_job(kind="count_up", by=asker, params={"to": 3}, key="count:3")
    assert start_job(kind="count_up", by=asker, params={"to": 3}, key="count:3") == first
    assert (Job.objects.count(), OutboxEntry.objects.count()) == (1, 1)


def test_start_job_by_the_system_belongs_to_nobody():
    assert start_job(kind="count_up", by=SYSTEM, params={"to": 1}).requested_by is None


def test_start_job_of_an_unknown_kind_is_a_mistake_of_ours(person):
    with pytest.raises(LookupError, match="'nothing'"):
        start_job(kind="nothing", by=person())
