"""What becomes of each funded project: on time, late, stuck, on hold, ended early, complete, measured, closed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from grants.calls.models import Call
from grants.implementation.models import Payment, ProgressReport
from grants.implementation.services import (
    approve_payment,
    fail_payment,
    judge_milestone,
    report_milestone,
    request_payment,
    return_report,
)
from grants.projects.models import Project
from grants.projects.services import hold_project
from tests.scenarios.demo.cast import Applicant
from tests.scenarios.demo.telling import Telling
from tests.scenarios.themes import THEMES

STARTS_AFTER = {
    "late_interim": (0, 16, 26, 31), "submitted": (33, 31), "returned": (27,), "requested": (14, 18),
    "approved": (12,), "stuck_payment": (8,), "hold": (40,), "running": (41, 46, 56, 66), "second_wave": (118, 148),
}  # fmt: skip
"""Days after the first possible day on which projects of a fate start; others start at once."""

SHORT = ("closed", "evaluation")
"""Fates of projects that are over."""

SPENT = {"quarterly": "0.15", "interim": "0.25", "final": "0.2"}
"""Which share of each line of the budget a report of a kind accounts for."""


class Fates(Telling):
    """The way of each project from its agreement to where it stands today."""

    def lived(self, applicant: Applicant, project: Project) -> None:
        """Tell the life of one funded project; the others have none."""
        telling: Callable[[Applicant, Project], None] | None = getattr(self, f"_{applicant.fate}", None)
        if telling is not None:
            telling(applicant, project)

    def period(self, applicant: Applicant, call: Call) -> tuple[date, date]:
        """First and last day of a project: half a year for those that are over, up to eleven months for the others."""
        after = STARTS_AFTER.get(applicant.fate, (0,))
        closed = call.closes_at.date()
        starts = closed + timedelta(days=92 + after[applicant.number % len(after)])
        if applicant.fate.startswith(SHORT):
            return starts, starts + timedelta(days=184)
        return starts, min(starts + timedelta(days=330), closed + timedelta(days=448))

    def _begun(self, applicant: Applicant, project: Project) -> list[Payment]:
        """The agreement is signed, the advance paid, the first milestone reached; answers the instalments in order."""
        story, (starts, ends) = self.story, self.period(applicant, project.call)
        story.travel.to(max(project.decided_at + timedelta(days=9), self.morning(starts) - timedelta(days=6)))
        story.signed(project, starts, ends)
        payments = list(project.payments.order_by("ordinal"))
        story.later(days=9).paid(payments[0])
        first = project.milestones.order_by("due_on", "order").first()
        report_milestone(milestone=first, by=self.library(applicant)[1], evidence="Programa ir grafikas svetainėje.")
        judge_milestone(milestone=first, by=story.people.staff("coordinator"), accept=True)
        return payments

    def _reported(self, applicant: Applicant, project: Project, until: datetime, kinds: tuple[str, ...]) -> None:
        """Every report of these kinds that was due by then is written two days early, and accepted."""
        director, text = self.library(applicant)[1], THEMES[applicant.theme].done
        for report in project.reports.filter(kind__in=kinds, state="scheduled").order_by("due_on", "ordinal"):
            if self.morning(report.due_on) > until:
                break
            self.story.travel.to(max(self.morning(report.due_on - timedelta(days=2)), self.story.travel.at))
            lines = project.agreement.lines.order_by("-awarded")[:1] if report.kind == "quarterly" else ()
            self.story.accepted_report(report, director, share=SPENT[report.kind], done=text, lines=lines)

    def _running(self, applicant: Applicant, project: Project) -> None:
        self._begun(applicant, project)
        self._reported(applicant, project, self.now, ("quarterly",))

    _second_wave = _late_interim = _running
    """A late interim report is one that nobody has written."""

    def _interim_accepted(self, applicant: Applicant, project: Project) -> Payment:
        """Answers the second instalment, whose report is accepted."""
        payments = self._begun(applicant, project)
        self._reported(applicant, project, self.now, ("quarterly", "interim"))
        payments[1].refresh_from_db()
        return payments[1]

    def _second_paid(self, applicant: Applicant, project: Project) -> None:
        second = self._interim_accepted(applicant, project)
        self.story.later(hours=20).paid(second)

    def _requested(self, applicant: Applicant, project: Project) -> None:
        second = self._interim_accepted(applicant, project)
        self.story.travel.to(self.days_ago(3))
        request_payment(
            payment=second, by=self.story.people.staff("coordinator"), condition_note="Panaudota 78 proc. avanso."
        )

    def _approved(self, applicant: Applicant, project: Project) -> None:
        self._requested(applicant, project)
        self.story.later(days=1)
        approve_payment(payment=self._second(project), by=self.story.people.staff("head"))

    def _stuck_payment(self, applicant: Applicant, project: Project) -> None:
        self._approved(applicant, project)
        self.story.later(hours=20)
        fail_payment(
            payment=self._second(project), by=self.story.people.staff("finance"),
            note="Bankas grąžino: sąskaita uždaryta. Reikia naujo sąskaitos numerio su banko pažyma.",
        )  # fmt: skip

    def _second(self, project: Project) -> Payment:
        return project.payments.get(ordinal=2)

    def _written(self, applicant: Applicant, project: Project) -> ProgressReport:
        """The interim report is handed in on its last day."""
        self._begun(applicant, project)
        report = project.reports.get(kind="interim")
        self._reported(applicant, project, self.morning(report.due_on), ("quarterly",))
        self.story.travel.to(max(self.morning(report.due_on - timedelta(days=1)), self.story.travel.at))
        text = THEMES[applicant.theme].done
        return self.story.reported(report, self.library(applicant)[1], share="0.2", done=text)

    def _submitted(self, applicant: Applicant, project: Project) -> None:
        self._written(applicant, project)

    def _returned(self, applicant: Applicant, project: Project) -> None:
        report = self._written(applicant, project)
        self.story.later(days=4)
        return_report(
            report=report, by=self.story.people.staff("coordinator"),
            note="Pridėkite dalyvių skaičių pagal filialus: jo prašo kvietimo taisyklės.",
        )  # fmt: skip

    def _hold(self, applicant: Applicant, project: Project) -> None:
        self._running(applicant, project)
        self.story.travel.to(self.days_ago(12))
        hold_project(
            project=project, by=self.story.people.staff("coordinator"),
            note="Po gaisro bibliotekos patalpos uždarytos; darbus tęs, kai savivaldybė jas atvers.",
        )  # fmt: skip
