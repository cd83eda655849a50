"""The words of implementation in a story."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from grants.implementation.models import Agreement, AwardLine, Payment, ProgressReport
from grants.implementation.services import (
    accept_report,
    approve_payment,
    judge_milestone,
    pay_payment,
    report_milestone,
    request_payment,
    save_expense,
    save_report,
    send_agreement,
    sign_agreement,
    submit_report,
)
from grants.projects.models import Project
from grants.projects.services import complete_project
from tests.scenarios.content import REPORT_DONE, REPORT_HARD


class Working:
    """Agreement, payments, reports and milestones."""

    people: Any
    today: date

    def signed(self, project: Project, starts_on: date, ends_on: date) -> Agreement:
        """The agreement is sent and signed by both sides today."""
        coordinator = self.people.staff("coordinator")
        agreement = Agreement.objects.get(project=project)
        send_agreement(agreement=agreement, by=coordinator)
        sign_agreement(
            agreement=agreement, by=coordinator, grantee_on=self.today, funder_on=self.today, starts_on=starts_on,
            ends_on=ends_on,
        )  # fmt: skip
        project.refresh_from_db()
        return agreement

    def paid(self, payment: Payment, condition_note: str = "Matyti iš ataskaitos.") -> Payment:
        """Put forward by the coordinator, approved by the head, paid by finance today."""
        request_payment(payment=payment, by=self.people.staff("coordinator"), condition_note=condition_note)
        approve_payment(payment=payment, by=self.people.staff("head"))
        pay_payment(payment=payment, by=self.people.staff("finance"), paid_on=self.today, reference=f"M-{payment.pk}")
        return payment

    def reported(
        self, report: ProgressReport, by: Any, share: str = "0.3", done: str = REPORT_DONE,
        lines: Sequence[AwardLine] = (),
    ) -> ProgressReport:  # fmt: skip
        """Write a report with costs (a share of each budget line, or of some, entered once) and submit it."""
        save_report(report=report, by=by, done=done, difficulties=REPORT_HARD, next_steps="Tęsiame dirbtuves.")
        lines = list(lines or report.project.agreement.lines.all())
        for line in [] if report.expenses.exists() else lines:
            amount = ((line.awarded + line.own) * Decimal(share)).quantize(Decimal("0.01"))
            if amount > 0:
                save_expense(
                    report=report, by=by, line=line, description=line.description,
                    document=f"Sąskaita {report.pk}/{line.order}",
                    spent_on=max(report.period_start, report.project.starts_on), amount=amount,
                )  # fmt: skip
        submit_report(report=report, by=by)
        return report

    def accepted_report(self, report: ProgressReport, by: Any, share: str = "0.3", **how: Any) -> ProgressReport:
        """A report written, submitted and accepted."""
        self.reported(report, by, share, **how)
        accept_report(report=report, by=self.people.staff("coordinator"))
        return report

    def reached(self, project: Project, by: Any) -> None:
        """Every milestone that is still planned is reported done and accepted."""
        for milestone in project.milestones.filter(state="planned").order_by("order"):
            report_milestone(milestone=milestone, by=by, evidence="Dalyvių sąrašai ir nuotraukos.")
            judge_milestone(milestone=milestone, by=self.people.staff("coordinator"), accept=True)

    def completed(self, project: Project) -> Project:
        """Implementation ends."""
        complete_project(project=project, by=self.people.staff("coordinator"))
        return project
