"""How quick the impact report of 45 projects is, from asking to both files."""

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.calls.models import BudgetCategory, Call
from grants.evaluation.services import approve_measurement
from grants.implementation.models import AwardLine, Expense, ProgressReport
from grants.money import services as money
from grants.money.models import Funding
from grants.organisations.models import Organisation
from grants.projects.states import ProjectState
from reporting.impact.gather import gather
from reporting.impact.models import ImpactReport
from reporting.impact.services import request_report
from tests.grants.calls.makers import member
from tests.grants.projects.makers import fresh
from workflows import clock
from workflows.services import begin, perform
from workflows.services.job_runs import run_job

PROJECTS, FEW, LONGEST = 45, 3, 5.0


def carried_out(story, library):
    """An awarded project with money, a budget, an accepted report and everything measured."""
    cast = story.cast
    team = member(library)
    project = fresh(cast.project(ProjectState.IMPLEMENTATION, library=library, by=team))
    finance, coordinator = story.people.staff("finance"), story.people.staff("coordinator")
    funding, sums = Funding.objects.get(), {"case": project.case, "call_case": cast.call.case, "by": finance}
    money.commit(funding=funding, amount=Decimal(15000), key=f"c-{project.pk}", **sums)
    money.pay(funding=funding, amount=Decimal(9000), key=f"p-{project.pk}", **sums)
    categories = list(BudgetCategory.objects.filter(call=cast.call))
    lines = [
        AwardLine.objects.create(agreement=project.agreement, order=100 + n, category=categories[n % len(categories)],
                                 description=f"Išlaidos {n}", requested=2000, awarded=1500, own=150)
        for n in range(10)
    ]  # fmt: skip
    report = begin(
        ProgressReport(case=project.case, project=project, key="final_report", ordinal=1, kind="final",
                       title={"lt": "Galutinė ataskaita", "en": "Final report"},
                       period_start=story.today - timedelta(days=90), period_end=story.today,
                       due_on=story.today + timedelta(days=30),
                       done="Surengta 12 užsiėmimų penkiuose filialuose. " * 10, difficulties="Nebuvo."),
        by=coordinator,
    )  # fmt: skip
    Expense.objects.bulk_create(
        Expense(report=report, line=line, description="x", document="AB 1", spent_on=story.today, amount=500)
        for line in lines
    )
    perform(report, "submit", by=team)
    perform(report, "accept", by=coordinator)
    for indicator in project.indicators.all():
        type(indicator).objects.filter(pk=indicator.pk).update(baseline=0, target=40)
        indicator.refresh_from_db()
        approve_measurement(measurement=story.handed_in(indicator, team, share="0.9"), by=coordinator)


@pytest.mark.bench
def test_an_impact_report_of_45_projects(story, record_figure):
    libraries = list(Organisation.objects.filter(kind="municipal")[:PROJECTS])
    for library in libraries[:FEW]:
        carried_out(story, library)
    few = queries_of(story)
    for library in libraries[FEW:]:
        carried_out(story, library)
    many = queries_of(story)

    coordinator = story.people.staff("coordinator")
    started = time.monotonic()
    report, job = request_report(scope="call", subject=story.cast.call, by=coordinator)
    run_job(job.pk)
    took = time.monotonic() - started
    report = ImpactReport.objects.get(pk=report.pk)

    assert (report.state, report.snapshot["facts"]["funded"]) == ("assembled", PROJECTS)
    assert {group["reported"] for group in report.snapshot["indicators"]} == {PROJECTS}
    record_figure(
        f"impact report of {PROJECTS} projects, two PDF files included", f"{took:.1f} s", f"≤ {LONGEST:.0f} s"
    )
    record_figure(f"its queries with {FEW} and {PROJECTS} projects", f"{few} and {many}", "the same")
    assert many == few
    assert took <= LONGEST


def queries_of(story):
    """How many queries gathering takes."""
    call = Call.objects.select_related("programme", "case").get(pk=story.cast.call.pk)
    report = ImpactReport(case=call.case, scope="call", call=call, requested_by=story.people.staff("coordinator"))
    with CaptureQueriesContext(connection) as queries:
        gather(report, clock.now())
    return len(queries)
