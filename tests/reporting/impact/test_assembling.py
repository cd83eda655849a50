"""Assembling: who asks, what the job does, and that a crash leaves nothing half made."""

import pytest
from django.db import IntegrityError, transaction

from reporting.impact.jobs import run_report
from reporting.impact.models import ImpactReport
from reporting.impact.services import STEPS, assemble_report, request_report
from tests.grants.calls.makers import exclude
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.jobs import JobFailed
from workflows.models import WorkItem
from workflows.services import perform
from workflows.services.job_runs import Run, run_job


@pytest.fixture
def coordinator(story):
    return story.people.staff("coordinator")


@pytest.mark.parametrize("name", ["finance", "auditor", "admin", "direktore"])
def test_only_coordinators_and_the_head_ask(story, project, name):
    with pytest.raises(NotPermitted):
        request_report(scope="project", subject=project, by=story.people.person(name))


def test_whoever_is_kept_away_does_not_ask(project, coordinator):
    exclude(coordinator, project.case_id)
    with pytest.raises(NotPermitted):
        request_report(scope="project", subject=project, by=coordinator)


def test_a_report_is_about_one_of_three_things(project, coordinator):
    with pytest.raises(Refused, match="about"):
        request_report(scope="continent", subject=project, by=coordinator)


def test_the_same_key_gives_the_same_report(project, coordinator):
    first = request_report(scope="project", subject=project, by=coordinator, key="k")
    assert request_report(scope="project", subject=project, by=coordinator, key="k") == first


def test_the_job_counts_its_parts_and_leads_to_the_report(project, coordinator):
    report, job = request_report(scope="project", subject=project, by=coordinator)
    run_job(job.pk)
    job.refresh_from_db()
    report.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", STEPS, STEPS)
    assert job.result == {"url": report.get_absolute_url(), "label": report.name}
    assert report.state == "assembled"
    assert sorted(report.files.values_list("language", flat=True)) == ["en", "lt"]
    waiting = WorkItem.objects.filter(kind="impact_report_publish", closed_at=None, audience=f"user:{coordinator.pk}")
    assert waiting.filter(subject_id=report.pk).exists()


def test_assembling_twice_changes_nothing(get_report):
    report = get_report("project")
    before = report.as_of
    assert assemble_report(report=report).as_of == before


def test_a_job_without_its_report_fails_with_a_sentence(project, coordinator):
    _report, job = request_report(scope="project", subject=project, by=coordinator)
    job.params = {"report": 0}
    with pytest.raises(JobFailed, match="not there"):
        run_report(Run(job))


@pytest.mark.logs_error("could not be made")
def test_a_pdf_that_fails_leaves_the_report_as_it_was_asked_for(project, coordinator, monkeypatch):
    from reporting.impact import files

    report, job = request_report(scope="project", subject=project, by=coordinator)
    monkeypatch.setattr(files, "pdf_data", lambda document: {})
    run_job(job.pk)
    job.refresh_from_db()
    report.refresh_from_db()
    assert (job.state, report.state, report.files.count()) == ("failed", "requested", 0)
    assert "PDF" in job.error


def test_nobody_assembles_by_hand(project, coordinator):
    report, _job = request_report(scope="project", subject=project, by=coordinator)
    with pytest.raises(NotPermitted):
        perform(report, "assemble", by=coordinator)
    with pytest.raises(Blocked, match="figures"):
        perform(report, "assemble", by=SYSTEM)


def test_a_report_without_its_files_is_not_published(get_report, coordinator):
    report = get_report("programme")
    report.files.filter(language="lt").delete()
    with pytest.raises(Blocked, match="PDF"):
        perform(report, "publish", by=coordinator)


@pytest.mark.parametrize("changed", [{"call_id": 1}, {"project": None}, {"snapshot_sha256": ""}, {"as_of": None}])
def test_the_database_keeps_a_report_about_one_thing_with_its_figures(get_report, changed):
    report = get_report("project")
    if "call_id" in changed:
        changed = {"call_id": report.project.call_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        ImpactReport.objects.filter(pk=report.pk).update(**changed)
