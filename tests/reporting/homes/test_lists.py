"""The lists behind the numbers of homes: deadlines by kind and day, and the check of the log with what it found."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from reporting.homes import checking
from workflows import clock
from workflows.models import Deadline, Exclusion, Job
from workflows.services.job_runs import run_job

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 5, 10, 0, tzinfo=UTC)  # a Friday, noon in Vilnius


@pytest.fixture
def due(world):
    """A person of no role with four deadlines of their own, three of them still to come."""
    person = world.person("nobody")
    case = world.thing("project", "implementation").case
    moments = {
        "late": NOON - timedelta(days=1),
        "today": NOON + timedelta(hours=5),
        "midnight": datetime(2027, 3, 5, 22, 0, tzinfo=UTC),  # the end of that Friday in Vilnius
        "month": NOON + timedelta(days=20),
    }
    for number, (kind, moment) in enumerate(moments.items()):
        Deadline.objects.create(case=case, subject_label="x.y", subject_id=number, kind=kind, due_at=moment,
                                audience=f"user:{person.pk}", opened_at=NOON)  # fmt: skip
    return person


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", ["late", "today", "midnight", "month"]),
        ("?kind=month", ["month"]),
        ("?kind=gone", []),
        ("?day=2027-03-05", ["today", "midnight"]),
        ("?day=2027-03-04", []),  # what has passed is not listed by its day
        ("?day=2027-13-40", ["late", "today", "midnight", "month"]),
        ("?day=tomorrow", ["late", "today", "midnight", "month"]),
        ("?day=2027-03-05&kind=today", ["today"]),
        ("?within=7", ["today", "midnight"]),
        ("?within=30", ["today", "midnight", "month"]),
        ("?within=9", ["late", "today", "midnight", "month"]),
        ("?show=late", ["late"]),
    ],
)
def test_deadlines_are_narrowed_by_kind_day_and_distance(due, query, kinds):
    client = Client()
    client.force_login(due)
    with clock.replaced(NOON):
        page = client.get(f"/deadlines/{query}")
    assert [row["deadline"].kind for row in page.context["rows"]] == kinds


def checked(person) -> Job:
    job = checking.check_log(by=person, key="1")
    run_job(job.pk)
    job.refresh_from_db()
    return job


def test_a_whole_log_is_checked_without_findings(world):
    job = checked(world.person("auditor"))
    assert (job.state, job.done, job.total, job.result["findings"], job.result["count"]) == ("done", 2, 2, [], 0)
    assert (job.result["url"], job.result["steps"] > 0) == ("/log/", True)


def test_the_same_key_twice_is_one_check(world):
    auditor = world.person("auditor")
    assert checking.check_log(by=auditor, key="2") == checking.check_log(by=auditor, key="2")


def test_findings_of_a_case_are_hidden_from_who_is_kept_away_from_it(world):
    auditor, case = world.person("auditor"), world.thing("project", "implementation").case
    found = [[f"{case.number} row 3", "changed"], ["OTHER row 1", "missing"]]
    job = Job(result={"findings": found})
    assert checking.findings_for(auditor, job) == found
    Exclusion.objects.create(case=case, user=auditor, since=clock.now(), code="family")
    assert checking.findings_for(type(auditor).objects.get(pk=auditor.pk), job) == found[1:]
