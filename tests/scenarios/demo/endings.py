"""How projects end: complete, measured, closed with an impact report; or before their time."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from grants.evaluation.models import Measurement
from grants.evaluation.services import approve_measurement, return_measurement
from grants.projects.models import Project
from grants.projects.services import terminate_project
from tests.scenarios.demo.cast import Applicant
from tests.scenarios.demo.fates import Fates

REACHED = {
    "closed_published": {"participants": "2.4", "events": "1.2", "satisfaction": "1.12", "partnerships": "2"},
    "closed": {"participants": "1.1", "events": "1.05", "partnerships": "0", "satisfaction": "1.06"},
}
"""Shares of the targets that were reached: a good surprise, and one promise that was not kept."""


class Endings(Fates):
    """The last stage of each project."""

    def _complete(self, applicant: Applicant, project: Project) -> None:
        """Every report and milestone accepted, every instalment paid, implementation over."""
        story, director = self.story, self.library(applicant)[1]
        payments = self._begun(applicant, project)
        self._reported(applicant, project, self.now, ("quarterly", "interim"))
        payments[1].refresh_from_db()
        story.paid(payments[1])
        self._reported(applicant, project, self.now, ("quarterly", "interim", "final"))
        story.reached(project, director)
        payments[2].refresh_from_db()
        story.paid(payments[2])
        story.later(hours=20).completed(Project.objects.get(pk=project.pk))

    def _closed(self, applicant: Applicant, project: Project) -> None:
        self._complete(applicant, project)
        project = Project.objects.get(pk=project.pk)
        shares = {key: Decimal(share) for key, share in REACHED[applicant.fate].items()}
        self.story.later(days=3).measured(project, self.library(applicant)[1], shares=shares)
        self.story.later(days=1).closed_after_measuring(project)

    def _closed_published(self, applicant: Applicant, project: Project) -> None:
        self._closed(applicant, project)
        self.story.later(hours=3).impact_report("project", Project.objects.get(pk=project.pk), published=True)

    def _handed_in(self, applicant: Applicant, project: Project, shares: Mapping[str, str]) -> list[Measurement]:
        """Complete and measured by the grantee; nobody has looked at it yet."""
        self._complete(applicant, project)
        project = Project.objects.get(pk=project.pk)
        self.story.travel.to(max(self.days_ago(5), self.story.travel.at + timedelta(hours=1)))
        director = self.library(applicant)[1]
        return [
            self.story.handed_in(indicator, director, share=shares.get(indicator.key, "1"))
            for indicator in project.indicators.order_by("order")
        ]

    def _evaluation(self, applicant: Applicant, project: Project) -> None:
        """The first two values are approved, the others wait for the coordinator."""
        for measurement in self._handed_in(applicant, project, {"events": "0.9"})[:2]:
            approve_measurement(measurement=measurement, by=self.story.people.staff("coordinator"))

    def _evaluation_returned(self, applicant: Applicant, project: Project) -> None:
        done = self._handed_in(applicant, project, {"participants": "3.1"})
        asked = next(measurement for measurement in done if measurement.indicator.key == "participants")
        return_measurement(
            measurement=asked, by=self.story.people.staff("coordinator"),
            note="Ar tai dalyviai, ar apsilankymai? Žmogų, atėjusį du kartus, skaičiuokite vieną kartą.",
        )  # fmt: skip

    def _evaluation_open(self, applicant: Applicant, project: Project) -> None:
        self._complete(applicant, project)

    def _terminated(self, applicant: Applicant, project: Project) -> None:
        self._begun(applicant, project)
        self._reported(applicant, project, self.days_ago(60), ("quarterly",))
        self.story.travel.to(self.days_ago(48))
        terminate_project(
            project=Project.objects.get(pk=project.pk), by=self.story.people.staff("head"),
            note="Biblioteka sujungta su kaimyninės savivaldybės biblioteka ir projekto tęsti nebegali.",
        )  # fmt: skip
