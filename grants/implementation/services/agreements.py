"""The agreement: opened with the award, signed by both; then all is scheduled."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grants.applications.selectors import latest_version
from grants.calls.states import DateKey
from grants.calls.zones import local_date
from grants.implementation.calendar import planned_reports
from grants.implementation.models import Agreement, AwardLine, Milestone, Payment, ProgressReport
from grants.implementation.services.budgets import lines_of
from grants.implementation.services.turns import renew_payment_work, stop_asking_for_reports
from grants.implementation.states import OPEN_MILESTONES, SETTLED_PAYMENTS, AgreementState
from grants.money.arithmetic import split_percent
from grants.projects.models import Project
from workflows import clock
from workflows.exceptions import Refused
from workflows.formatting import date_long
from workflows.models import TransitionRecord
from workflows.services import begin, perform
from workflows.services.log import locked_case

LONGEST_PERIOD_DAYS = 5 * 366


def open_agreement(*, project: Project, by: Any) -> Agreement:
    """Open the agreement of an awarded project, once; its budget comes from the application, scaled to the award."""
    with clock.reading(), transaction.atomic():
        locked_case(project.case_id)
        known = Agreement.objects.filter(project=project).first()
        if known is not None or project.awarded_amount is None:
            return known  # type: ignore[return-value]
        days = project.call.terms.part("contract", "sign_within_calendar_days")
        today = local_date(clock.now(), project.call.time_zone)
        agreement = Agreement(
            case=project.case, project=project, number=f"S-{project.number}", amount=project.awarded_amount,
            sign_by=today + timedelta(days=int(days)) if days else None,
        )  # fmt: skip
        begin(agreement, by=by)
        AwardLine.objects.bulk_create(lines_of(agreement, project))
    return agreement


def send_agreement(*, agreement: Agreement, by: Any) -> TransitionRecord:
    """The agreement goes to be signed."""
    return perform(agreement, "send", by=by)


def sign_agreement(
    *, agreement: Agreement, by: Any, grantee_on: date, funder_on: date, starts_on: date, ends_on: date
) -> TransitionRecord:
    """Record both signatures and the project's period; payments, reports and milestones are scheduled from it.

    Raises Refused where the period is not in order or outside the days that the call allows, Blocked for an impossible
    day of signing.
    """
    check_period(agreement.project, starts_on, ends_on)
    with clock.reading(), transaction.atomic():
        record = perform(agreement, "sign", by=by, grantee_on=grantee_on, funder_on=funder_on)
        project = agreement.project
        project.starts_on, project.ends_on = starts_on, ends_on
        project.save(update_fields=["starts_on", "ends_on"])
        _schedule_payments(agreement, by)
        _schedule_reports(project, by)
        _schedule_milestones(project, by)
        renew_payment_work(project)
    return record


def check_period(project: Project, starts_on: date, ends_on: date) -> None:
    """Refuse a period that is out of order, longer than five years, or outside the days that the call allows."""
    if ends_on <= starts_on:
        raise Refused(_("The end must be after the start."))
    if (ends_on - starts_on).days > LONGEST_PERIOD_DAYS:
        raise Refused(_("A project lasts at most five years."))
    first, last = period_of(project)
    if first is not None and starts_on < first:
        raise Refused(_("First day of the projects of this call: %(day)s") % {"day": date_long(first)})
    if last is not None and ends_on > last:
        raise Refused(_("Last day of the projects of this call: %(day)s") % {"day": date_long(last)})


def period_of(project: Project) -> tuple[date | None, date | None]:
    """The first day on which projects of the call may start and the last on which they end, as planned now."""
    named = project.call.dates.filter(key__in=[DateKey.PROJECTS_START, DateKey.PROJECTS_END])
    days = {one.key: one.day for one in named.select_related("call")}
    return days.get(DateKey.PROJECTS_START), days.get(DateKey.PROJECTS_END)


def _schedule_payments(agreement: Agreement, by: Any) -> None:
    rules = agreement.project.call.rules.get("payments") or []
    if not rules or agreement.payments.exists():
        return
    amounts = split_percent(agreement.amount, [Decimal(str(rule["percent"])) for rule in rules])
    for number, (rule, amount) in enumerate(zip(rules, amounts, strict=True), start=1):
        days = rule.get("days") if rule.get("due_calendar_days_after") == "contract_signed" else None
        payment = Payment(
            case=agreement.case, project=agreement.project, agreement=agreement, ordinal=number, kind=rule["kind"],
            title=rule["label"], percent=Decimal(str(rule["percent"])), amount=amount,
            due_on=agreement.signed_on + timedelta(days=int(days)) if days and agreement.signed_on else None,
            after_report=rule.get("after_approval_of", ""), condition=rule.get("condition") or {},
        )  # fmt: skip
        begin(payment, by=by)


def _schedule_reports(project: Project, by: Any) -> None:
    if project.reports.exists() or not project.starts_on or not project.ends_on:
        return
    for plan in planned_reports(project.call.rules.get("reports") or [], project.starts_on, project.ends_on):
        report = ProgressReport(
            case=project.case, project=project, key=plan.key, ordinal=plan.ordinal, kind=plan.kind,
            title=dict(plan.title), period_start=plan.period_start, period_end=plan.period_end, due_on=plan.due_on,
        )  # fmt: skip
        begin(report, by=by)


def _schedule_milestones(project: Project, by: Any) -> None:
    """The activities of the application's work plan become milestones."""
    version = latest_version(project.application) if hasattr(project, "application") else None
    if version is None or project.milestones.exists():
        return
    plan = next((e["value"] for e in version.snapshot["content"]["answers"] if e["key"] == "activities"), None) or []
    for number, row in enumerate(plan, start=1):
        title, due = str(row.get("result") or row.get("activity") or "").strip(), row.get("to")
        if title:
            milestone = Milestone(
                case=project.case, project=project, order=number, title=title[:300],
                due_on=date.fromisoformat(due) if due else None,
            )  # fmt: skip
            begin(milestone, by=by)


def terminate_agreement(*, agreement: Agreement, by: Any, note: str) -> None:
    """End the agreement: what is not paid is cancelled, open milestones are waived, nobody is asked for reports."""
    with clock.reading(), transaction.atomic():
        if agreement.state != AgreementState.TERMINATED:
            perform(agreement, "terminate", by=by, note=note)
        open_ones = agreement.payments.exclude(state__in=SETTLED_PAYMENTS)
        for payment in open_ones.order_by("ordinal"):
            perform(payment, "cancel", by=by, note=note)
        waited = agreement.project.milestones.filter(state__in=OPEN_MILESTONES)
        for milestone in waited.order_by("order"):
            perform(milestone, "waive", by=by, note=note)
        stop_asking_for_reports(agreement.project)
