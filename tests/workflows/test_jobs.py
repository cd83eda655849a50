from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from workflows import clock
from workflows.actors import SYSTEM
from workflows.delivery import deliver_all
from workflows.exceptions import NotPermitted
from workflows.jobs import Cancelled, Lost, register_job
from workflows.models import Job, OutboxEntry
from workflows.services import job_runs, outbox
from workflows.services.job_runs import cancel_job
from workflows.services.jobs import start_job

pytestmark = pytest.mark.django_db


def english(user):
    user.language = "en"
    return user


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


def run(job):
    deliver_all()
    job.refresh_from_db()
    return job


def test_a_job_runs_to_its_result(person):
    job = run(start_job(kind="count_up", by=person(), params={"to": 3}))
    assert (job.state, job.done, job.total, job.message, job.result) == ("done", 3, 3, "step 3", {"counted": 3})
    assert (job.tries, job.lease_until, job.finished_at is not None) == (1, None, True)


def test_a_job_that_cannot_be_done_says_why(person):
    job = run(start_job(kind="refuse", by=person()))
    assert (job.state, job.error) == ("failed", "There is nothing to count.")


@pytest.mark.logs_error("exploding|explode")
def test_a_job_with_a_fault_of_ours_fails_with_a_sentence_and_not_with_the_fault(person):
    job = run(start_job(kind="explode", by=english(person())))
    assert (job.state, job.error) == ("failed", "It failed through a fault of ours. The fault has been recorded.")


def test_a_job_can_leave_a_file(person, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    job = run(start_job(kind="attach", by=person()))
    with job.file.open() as file:
        assert file.read() == b"a,b\n"
    assert (job.file_name, job.result["label"]) == ("figures.csv", "See the leaves")


def test_a_job_cancelled_before_it_begins_never_runs(person):
    asker = person()
    job = cancel_job(job=start_job(kind="count_up", by=asker, params={"to": 3}), by=asker)
    assert (run(job).state, job.done, job.tries) == ("cancelled", 0, 0)


def test_a_job_cancelled_on_the_way_stops_at_its_next_sign_of_life(person):
    asker = person()
    job = start_job(kind="count_up", by=asker, params={"to": 3})
    claimed = job_runs._claim(job.pk)
    work = job_runs.Run(claimed)
    work.progress(1, 3, "one")
    cancel_job(job=job, by=asker)
    with pytest.raises(Cancelled):
        work.check()
    job.refresh_from_db()
    assert (job.state, job.done, job.cancel_requested_at is not None) == ("running", 1, True)


def test_a_job_cancelled_on_the_way_ends_as_cancelled(person, monkeypatch):
    asker = person()
    job = start_job(kind="count_up", by=asker, params={"to": 3})
    Job.objects.filter(pk=job.pk).update(cancel_requested_at=clock.now())
    assert run(job).state == "cancelled"


def test_a_finished_job_stays_as_it_is(person):
    asker = person()
    job = run(start_job(kind="count_up", by=asker, params={"to": 1}))
    assert cancel_job(job=job, by=asker).state == "done"


def test_a_stranger_stops_no_job(person):
    job = start_job(kind="count_up", by=person(), params={"to": 1})
    with pytest.raises(NotPermitted):
        cancel_job(job=job, by=person())


def test_a_job_whose_worker_was_lost_is_taken_up_again_and_the_lost_one_can_say_nothing(person, at):
    travel = at("2026-11-02T10:00")
    job = start_job(kind="count_up", by=person(), params={"to": 3})
    lost = job_runs.Run(job_runs._claim(job.pk))
    lost.progress(1, 3)
    with pytest.raises(outbox.Later) as later:
        job_runs.run_job(job.pk)
    assert later.value.until == clock.now() + timedelta(minutes=2)
    travel.forward(minutes=2)
    assert (run(job).state, job.tries) == ("done", 2)
    with pytest.raises(Lost):
        lost.progress(2, 3)


def test_a_job_that_kills_its_worker_each_time_is_given_up_with_a_sentence(person, at):
    travel = at("2026-11-02T10:00")
    job = start_job(kind="count_up", by=english(person()), params={"to": 3})
    entry = OutboxEntry.objects.get()
    for _death in range(5):
        outbox.claim_for_work(entry.pk, timedelta(minutes=2))
        job_runs._claim(job.pk)
        travel.forward(minutes=2)
    assert run(job).state == "failed"
    assert (
        job.error
        == "It was begun several times and never came to an end, so it was given up. Ask for less, or tell us."
    )
    assert job.tries == 5


def test_a_fault_of_the_disk_is_tried_again(person, at, monkeypatch):
    travel = at("2026-11-02T10:00")
    job, faults = start_job(kind="attach", by=person()), [OSError("no space left"), OSError("no space left")]

    def save(self, *arguments, **options):
        if faults:
            raise faults.pop()

    monkeypatch.setattr("django.db.models.fields.files.FieldFile.save", save)
    assert run(job).state == "queued"
    travel.to(OutboxEntry.objects.get().available_at)
    run(job)
    travel.to(OutboxEntry.objects.get().available_at)
    assert (run(job).state, job.tries) == ("done", 3)


def test_a_kind_of_job_is_registered_once():
    with pytest.raises(ImproperlyConfigured, match="'count_up' is registered already"):
        register_job("count_up", "Counting", lambda run: None)


def test_a_worker_given_up_for_lost_ends_without_touching_the_job(person, at, caplog):
    travel = at("2026-11-02T10:00")
    job = start_job(kind="count_up", by=person(), params={"to": 3})
    lost = job_runs._claim(job.pk)
    travel.forward(minutes=2)
    job_runs._claim(job.pk)
    job_runs._run(lost)
    job.refresh_from_db()
    assert (job.state, job.tries, job.done) == ("running", 2, 0)
    assert [record.message for record in caplog.records] == [f"job {job.pk} (count_up): another worker has it now"]


def test_a_finished_job_is_not_given_up(person):
    job = run(start_job(kind="count_up", by=person(), params={"to": 1}))
    job_runs.give_up(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
