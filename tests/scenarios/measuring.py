"""The words of evaluation in a story."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.selectors import without_endline
from grants.evaluation.services import Content, approve_measurement, save_measurement, submit_measurement
from grants.evaluation.states import FRACTIONS, Measure, Wave
from grants.projects.models import Project
from grants.projects.services import close_project
from reporting.impact.models import ImpactReport
from reporting.impact.services import request_report
from workflows.services import perform
from workflows.services.job_runs import run_job

EVIDENCE = "Renginių registras ir dalyvių apklausa; atsako projekto vadovė."


class Measuring:
    """Values handed in, approved, corrected; the project closed."""

    people: Any
    today: date

    def content(self, indicator: ProjectIndicator, share: str | Decimal, answers: int = 200, **given: Any) -> Content:
        """What a grantee enters: a share of the target (1 is all of it); of so many answers where it is a share."""
        reached = (indicator.target or Decimal(0)) * Decimal(share)
        values: dict[str, Any] = {"method": "register", "evidence": EVIDENCE, "measured_on": self.today}
        if indicator.measure in FRACTIONS:
            part = min((reached * answers / 100).to_integral_value(), Decimal(answers))
            values |= {"numerator": part, "denominator": Decimal(answers), "method": "survey"}
        elif indicator.measure == Measure.MEAN:
            values |= {"mean": reached, "sample_size": answers, "method": "survey"}
        else:
            values |= {"value": reached.to_integral_value()}
        return Content(**(values | given))

    def handed_in(self, indicator: ProjectIndicator, by: Any, *, wave: str = Wave.ENDLINE, share: Any = "1",
                  reason: str = "", **given: Any) -> Measurement:  # fmt: skip
        """One value written and submitted."""
        content = self.content(indicator, share, **given)
        measurement = save_measurement(indicator=indicator, wave=wave, by=by, content=content, reason=reason)
        submit_measurement(measurement=measurement, by=by)
        return measurement

    def measured(self, project: Project, by: Any, *, wave: str = Wave.ENDLINE, share: Any = "1",
                 shares: Mapping[str, Any] | None = None, **given: Any) -> list[Measurement]:  # fmt: skip
        """Every indicator of a project measured and approved. shares: what was reached of some, by key."""
        done = []
        for indicator in project.indicators.order_by("order"):
            reached = (shares or {}).get(indicator.key, share)
            measurement = self.handed_in(indicator, by, wave=wave, share=reached, **given)
            approve_measurement(measurement=measurement, by=self.people.staff("coordinator"))
            done.append(measurement)
        return done

    def closed_after_measuring(self, project: Project) -> Project:
        """The coordinator closes a project of which everything is measured."""
        assert without_endline(project) == []
        close_project(project=project, by=self.people.staff("coordinator"))
        return Project.objects.get(pk=project.pk)

    def impact_report(self, scope: str, subject: Any, *, published: bool = False) -> ImpactReport:
        """A report asked for by the coordinator and assembled by its job; published where that is told."""
        coordinator = self.people.staff("coordinator")
        report, job = request_report(scope=scope, subject=subject, by=coordinator)
        run_job(job.pk)
        job.refresh_from_db()
        assert job.state == "done", job.error
        report = ImpactReport.objects.get(pk=report.pk)
        if published:
            perform(report, "publish", by=coordinator)
        return report
