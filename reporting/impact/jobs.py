"""The job that assembles an impact report."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from reporting.impact.models import ImpactReport
from reporting.impact.services import STEPS, assemble_report
from reporting.impact.states import KIND
from workflows.jobs import JobFailed, register_job
from workflows.services.job_runs import Run

SUBJECT = ("project__call__programme", "project__nomination", "call__programme", "programme", "case")


def run_report(run: Run) -> dict[str, Any]:
    """Assemble the report that the job names; again after a crash, from the start."""
    with_subject = ImpactReport.objects.select_related(*SUBJECT)
    report = with_subject.filter(pk=run.params.get("report", 0)).first()
    if report is None:
        raise JobFailed(_("The report is not there any more."))
    done = 0

    def step(text: str) -> None:
        nonlocal done
        run.progress(done, STEPS, text)
        done += 1

    assemble_report(report=report, step=step)
    run.progress(STEPS, STEPS)
    return {"url": report.get_absolute_url(), "label": report.name}


register_job(KIND, _("Impact report"), run_report)
