"""The end of a project's life in a browser: the endline is measured, approved, and what came of it is published."""

import pytest

from grants.projects.models import Project
from grants.projects.states import ProjectState as S
from reporting.impact.models import ImpactReport
from workflows.delivery import deliver_all
from workflows.services.verify import replay_log, verify_log

pytestmark = pytest.mark.journey


@pytest.fixture
def finished(desk, signed):
    """A project whose implementation is complete, and its director."""
    story, (project, director) = desk.story, signed
    payments = list(project.payments.order_by("ordinal"))
    story.at("2027-06-05 10:00").paid(payments[0])
    story.at("2028-02-10 10:00").reached(project, director)
    for report in project.reports.order_by("due_on"):
        story.accepted_report(report, director, share="0.15")
    for payment in payments[1:]:
        story.paid(payment)
    return story.completed(Project.objects.get(pk=project.pk)), director


def measure(desk, indicator, reached):
    """The director enters one endline value with what shows it, and submits it."""
    desk.open(f"/indicators/{indicator.pk}/endline/")
    if desk.page.locator("main [name=numerator]").count():
        desk.fill(numerator=str(reached), denominator="100")
    else:
        desk.fill(value=str(reached))
    method = desk.page.locator("main select[name=method] option").nth(1).get_attribute("value")
    desk.fill(measured_on=desk.story.today.isoformat(), method=method, evidence="Renginių registras.")
    desk.button("submit")


def test_what_came_of_a_project_is_measured_and_published(desk, finished):
    project, director = finished
    desk.sign_in(director)
    for indicator in project.indicators.order_by("order"):
        measure(desk, indicator, min(indicator.target or 1, 90))
    desk.sign_in(desk.story.people.staff("coordinator"))
    for indicator in project.indicators.order_by("order"):
        desk.open(f"/measurements/{indicator.measurements.get().pk}/")
        desk.press("main form[action*=approve] button.btn")
    desk.open(f"/step/grants.project/{project.pk}/close/")
    desk.press("main form button.btn")
    project.refresh_from_db()
    assert project.state == S.CLOSED

    desk.open(f"/impact/new/?project={project.number}")
    desk.press("main form button.btn")
    deliver_all()
    report = ImpactReport.objects.get()
    assert report.state == "assembled"
    desk.open(f"/step/reporting.impactreport/{report.pk}/publish/")
    desk.press("main form button.btn")
    desk.page.context.clear_cookies()
    desk.open(report.get_absolute_url())
    assert "Skaitmeninės dirbtuvės atokiuose filialuose" in desk.text()
    assert "15 000" in desk.text().replace("\N{NO-BREAK SPACE}", " ")
    pdf = desk.page.request.get(f"{report.get_absolute_url()}lt.pdf")
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")
    assert (verify_log(), replay_log()) == ([], [])
