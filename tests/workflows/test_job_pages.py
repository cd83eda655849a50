import uuid
from datetime import timedelta

import pytest

from workflows import clock
from workflows.delivery import deliver_all
from workflows.delivery_policy import can_view_job, jobs_visible_to
from workflows.models import Exclusion, Heartbeat, Job, Message, OutboxEntry
from workflows.services import health, heartbeat, outbox
from workflows.services.jobs import start_job

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
UNWELL = pytest.mark.logs_error("Service Unavailable: /health")


@pytest.fixture
def staff(person):
    from grants.accounts.models import RoleGrant

    user = person("finance")
    RoleGrant.objects.create(user=user, role="finance", since=clock.now())
    return user


@pytest.fixture
def asked(client, person):
    """A job and its asker, who is signed in."""
    asker = person("Ona")
    client.force_login(asker)

    def make(kind="count_up", **params):
        return start_job(kind=kind, by=asker, params=params or {"to": 4})

    return make


def running(job, done=1, total=4):
    Job.objects.filter(pk=job.pk).update(
        state="running", lease_until=clock.now(), done=done, total=total, message="step 1"
    )
    return job


def test_a_waiting_job_loads_itself_anew_with_and_without_scripts(client, asked):
    shown = client.get(asked().get_absolute_url()).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in shown
    assert 'hx-trigger="every 2s"' in shown


def test_a_running_job_shows_how_far_it_is(client, asked):
    shown = client.get(running(asked()).get_absolute_url()).content.decode()
    assert 'value="1" max="4"' in shown
    assert "step 1" in shown


def test_a_running_job_of_unknown_length_shows_a_bar_without_end(client, asked):
    assert '<progress id="job-progress"></progress>' in client.get(
        running(asked(), done=0, total=0).get_absolute_url()
    ).content.decode()  # fmt: skip


def test_the_part_that_changes_comes_alone_and_says_when_to_stop_asking(client, asked):
    job = asked()
    part = client.get(job.get_absolute_url(), headers=HTMX)
    assert (part.status_code, "<html" in part.content.decode()) == (200, False)
    deliver_all()
    assert client.get(job.get_absolute_url(), headers=HTMX).status_code == 286
    assert "refresh" not in client.get(job.get_absolute_url()).content.decode()


def test_a_finished_job_leads_to_its_result_and_its_file(client, asked, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    job = asked("attach")
    deliver_all()
    shown = client.get(job.get_absolute_url()).content.decode()
    assert 'href="/leave/">See the leaves</a>' in shown
    answer = client.get(f"{job.get_absolute_url()}file/")
    assert b"".join(answer.streaming_content) == b"a,b\n"
    assert answer["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert "no-store" in answer["Cache-Control"]
    job.refresh_from_db()
    job.file.delete(save=False)
    assert client.get(f"{job.get_absolute_url()}file/").status_code == 404


@pytest.mark.parametrize("url", ["https://elsewhere.test/", "//elsewhere.test/", "/\\elsewhere.test/", 5, None])
def test_a_result_leads_only_into_the_product(client, asked, url):
    job = asked()
    deliver_all()
    Job.objects.update(result={"url": url, "label": "Go"})
    assert ">Go<" not in client.get(job.get_absolute_url()).content.decode()


def test_a_job_without_a_file_has_none(client, asked):
    assert client.get(f"{asked().get_absolute_url()}file/").status_code == 404


def test_a_failed_job_says_why(client, asked):
    job = asked("refuse")
    deliver_all()
    assert "There is nothing to count." in client.get(job.get_absolute_url()).content.decode()


def test_stopping_a_job_from_its_page(client, asked):
    job = asked()
    answer = client.post(f"{job.get_absolute_url()}cancel/")
    assert answer["Location"] == job.get_absolute_url()
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert client.post(f"{job.get_absolute_url()}cancel/").status_code == 302


def test_stopping_a_job_under_way_is_said_to_take_a_step(client, asked):
    job = running(asked())
    shown = client.post(f"{job.get_absolute_url()}cancel/", follow=True).content.decode()
    assert f"{job.get_absolute_url()}cancel/" not in shown
    job.refresh_from_db()
    assert (job.state, job.cancel_requested_at is not None) == ("running", True)


def test_stopping_a_finished_job_says_that_it_came_too_late(client, asked):
    job = asked()
    deliver_all()
    type(job.requested_by).objects.update(language="en")
    shown = client.post(f"{job.get_absolute_url()}cancel/", follow=True)
    assert "It was finished before it could be stopped." in shown.content.decode()
    job.refresh_from_db()
    assert job.state == "done"


def test_changes_are_posts(client, asked):
    assert client.get(f"{asked().get_absolute_url()}cancel/").status_code == 405


def test_a_stranger_and_a_number_that_never_was_get_the_same_404(client, asked, person):
    job = asked()
    client.force_login(person())
    urls = [job.get_absolute_url(), f"{job.get_absolute_url()}file/", f"/jobs/{uuid.uuid4()}/", "/jobs/1/"]
    assert [client.get(url).status_code for url in urls] == [404] * 4
    assert client.post(f"{job.get_absolute_url()}cancel/").status_code == 404


def test_staff_follow_jobs_of_cases_they_are_not_kept_away_from(staff, person, leave):
    case, kept_away = leave().case, leave().case
    Exclusion.objects.create(case=kept_away, user=staff, since=clock.now(), code="family")
    for job_case in (case, kept_away, None):
        start_job(kind="count_up", by=person(), case=job_case)
    start_job(kind="count_up", by=staff, case=kept_away)
    for user, count in ((staff, 3), (person(), 0)):
        seen = set(jobs_visible_to(user))
        assert seen == {job for job in Job.objects.all() if can_view_job(user, job)}
        assert len(seen) == count


def test_staff_without_the_right_may_look_and_not_stop(client, staff, asked):
    job = asked()
    client.force_login(staff)
    assert f"{job.get_absolute_url()}cancel/" not in client.get(job.get_absolute_url()).content.decode()
    assert client.post(f"{job.get_absolute_url()}cancel/").status_code == 403


def beat_arrives():
    heartbeat.set_out()
    deliver_all()


def test_health_is_well_when_everything_from_timer_to_worker_is(client):
    beat_arrives()
    answer = client.get("/health")
    told = answer.json()
    assert (answer.status_code, told["well"]) == (200, True)
    assert sorted(told["signs"]) == ["database", "disk_free", "heartbeat_age", "mail_failures", "queue_age"]


@UNWELL
def test_health_without_a_heartbeat_is_not_well(client, at):
    travel = at("2026-11-02T10:00")
    assert client.get("/health").status_code == 503
    beat_arrives()
    travel.forward(minutes=3)
    assert client.get("/health").status_code == 200
    travel.forward(seconds=1)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["signs"]["heartbeat_age"]) == (503, {"figure": 181.0, "well": False})


@UNWELL
def test_health_with_an_old_queue_is_not_well(client, at):
    travel = at("2026-11-02T10:00")
    outbox.enqueue("toy.note", "stuck")
    travel.forward(minutes=5, seconds=1)
    Heartbeat.objects.create(name="whole way", sent_at=clock.now(), at=clock.now())
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["signs"]["queue_age"]) == (503, {"figure": 301.0, "well": False})


def test_health_with_long_work_under_way_is_well(client, at):
    travel = at("2026-11-02T10:00")
    entry = outbox.claim_for_work(outbox.enqueue("toy.note", "long").pk, timedelta(seconds=120))
    travel.forward(seconds=119)
    outbox.extend(entry, timedelta(minutes=10))
    travel.forward(minutes=6)
    Heartbeat.objects.create(name="whole way", sent_at=clock.now(), at=clock.now())
    assert client.get("/health").json()["signs"]["queue_age"] == {"figure": 0.0, "well": True}


def test_health_counts_dead_letters_and_stays_well(client):
    beat_arrives()
    Message.objects.create(kind="x", to_email="a@example.test", language="lt", state="dead",
                           available_at=clock.now(), created_at=clock.now())  # fmt: skip
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["signs"]["mail_failures"]["figure"]) == (200, 1)


def test_health_with_a_full_disk_is_not_well(monkeypatch):
    monkeypatch.setattr(health, "LEAST_DISK", 2**62)
    assert health.signs()["disk_free"].well is False


def test_health_with_a_disk_that_does_not_answer_is_not_well(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "unplugged"
    assert health.signs()["disk_free"] == health.Sign(None, well=False)


@UNWELL
def test_health_without_a_database_says_so(client, monkeypatch):
    from django.db import OperationalError

    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(clock, "read", fail)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["signs"]["database"]) == (503, {"figure": None, "well": False})


def test_the_web_process_alone_says_that_it_lives(client):
    assert client.get("/health/alive").json() == {"alive": True}


def test_an_older_canary_that_comes_late_changes_nothing(at):
    travel = at("2026-11-02T10:00")
    old = clock.now()
    travel.forward(minutes=2)
    heartbeat.arrived("whole way", clock.now())
    heartbeat.arrived("whole way", old)
    assert Heartbeat.objects.get().sent_at == clock.now()


def test_two_timers_send_one_canary_a_minute(at):
    travel = at("2026-11-02T10:00")
    heartbeat.set_out()
    heartbeat.set_out()
    travel.forward(minutes=1)
    heartbeat.set_out()
    assert OutboxEntry.objects.count() == 2
