"""When reports and payments of a project are due, from the rules of its call: pure, testable by table."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from grants.implementation.states import ReportKind


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """A report to come: key of the rule, kind, name, period and due day."""

    key: str
    ordinal: int
    kind: str
    title: Mapping[str, str]
    period_start: date
    period_end: date
    due_on: date


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def quarter_end(day: date) -> date:
    """The last day of the calendar quarter of a day."""
    last_month = (day.month - 1) // 3 * 3 + 3
    return date(day.year, last_month, calendar.monthrange(day.year, last_month)[1])


def planned_reports(rules: Sequence[Mapping[str, Any]], starts_on: date, ends_on: date) -> list[PlannedReport]:
    """Every report that the rules ask of a project between two days (both included), in the order of their due days.

    every=calendar_quarter: one per quarter (cumulative from January where the rule says so), due on the given day of
    the next month · period_months: one for the first so many months, due so many calendar days later ·
    due_calendar_days_after_end: one for the whole project.
    """
    planned: list[PlannedReport] = []
    for rule in rules:
        if rule.get("every") == "calendar_quarter":
            planned += _quarterly(rule, starts_on, ends_on)
        elif "period_months" in rule:
            end = min(add_months(starts_on, int(rule["period_months"])) - timedelta(days=1), ends_on)
            due = end + timedelta(days=int(rule.get("due_calendar_days", 15)))
            planned.append(PlannedReport(rule["id"], 1, ReportKind.INTERIM, rule["label"], starts_on, end, due))
        else:
            due = ends_on + timedelta(days=int(rule.get("due_calendar_days_after_end", 30)))
            planned.append(PlannedReport(rule["id"], 1, ReportKind.FINAL, rule["label"], starts_on, ends_on, due))
    return sorted(planned, key=lambda report: (report.due_on, report.key, report.ordinal))


def _quarterly(rule: Mapping[str, Any], starts_on: date, ends_on: date) -> list[PlannedReport]:
    due_day = int(str(rule.get("due", "day_5_of_next_month")).split("_")[1])
    found, day, ordinal = [], starts_on, 1
    while day <= ends_on:
        end = min(quarter_end(day), ends_on)
        begin = max(date(day.year, 1, 1), starts_on) if rule.get("cumulative_from_year_start") else day
        due = add_months(date(end.year, end.month, 1), 1).replace(day=due_day)
        found.append(PlannedReport(rule["id"], ordinal, ReportKind.QUARTERLY, rule["label"], begin, end, due))
        day, ordinal = quarter_end(day) + timedelta(days=1), ordinal + 1
    return found
