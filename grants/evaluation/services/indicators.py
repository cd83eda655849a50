"""Copying what an application promised into the indicators of the funded project."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from grants.applications.models import Application
from grants.applications.selectors import latest_version
from grants.calls.models import CallIndicator
from grants.evaluation.models import IndicatorDefinition, ProjectIndicator
from grants.evaluation.states import NOT_ASKED, Measure, OverProjects, OverTime
from grants.projects.models import Project
from grants.questionnaires.fields.indicators import PERCENT_UNITS
from workflows.services.log import locked_case
from workflows.text import localized

EURO_UNITS = ("eur", "euros", "€")
PLAIN_RULES = {
    Measure.UNIT: (OverTime.SUM, OverProjects.SUM),
    Measure.MONEY: (OverTime.SUM, OverProjects.SUM),
    Measure.PERCENTAGE: (OverTime.NONE, OverProjects.RATIO_OF_SUMS),
}
"""How an indicator adds up that is in no catalogue, by what it is measured in."""


def copy_indicators(*, project: Project) -> list[ProjectIndicator]:
    """Make the indicators of a project from its last submitted application, once; what is there already stays.

    Where nothing was submitted (money without a competition), the call's required indicators are taken, without a
    target and with a note that nobody asked for a baseline.
    """
    with transaction.atomic():
        locked_case(project.case_id)
        if project.indicators.exists():
            return list(project.indicators.all())
        answers = _promised(project)
        asked = project.call.indicators.order_by("order")
        chosen = [one for one in asked if one.key in answers or (not answers and one.required)]
        definitions = _definitions([one.key for one in chosen])
        rows = [_indicator(project, one, answers.get(one.key, {}), definitions.get(one.key)) for one in chosen]
        return ProjectIndicator.objects.bulk_create(rows)


def _promised(project: Project) -> dict[str, dict[str, Any]]:
    """The rows of the application's answer, by the key of the indicator."""
    application = Application.objects.filter(project=project).first()
    version = latest_version(application) if application is not None else None
    entries = version.snapshot["content"]["answers"] if version is not None else []
    return {row["indicator"]: row for entry in entries if entry["type"] == "indicators" for row in entry["value"] or []}


def _definitions(keys: list[str]) -> dict[str, IndicatorDefinition]:
    wanted = set(keys)
    return {
        key: definition
        for definition in IndicatorDefinition.objects.exclude(call_keys="")
        for key in wanted.intersection(definition.call_keys.split())
    }


def measure_of(asked: CallIndicator) -> Measure:
    """What a call's indicator is measured in, by its unit."""
    unit = localized(asked.unit, "en").strip().lower()
    if unit in PERCENT_UNITS:
        return Measure.PERCENTAGE
    return Measure.MONEY if unit in EURO_UNITS else Measure.UNIT


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _indicator(
    project: Project, asked: CallIndicator, answer: dict[str, Any], definition: IndicatorDefinition | None
) -> ProjectIndicator:
    measure = Measure(definition.measure) if definition else measure_of(asked)
    over_time, over_projects = (definition.over_time, definition.over_projects) if definition else PLAIN_RULES[measure]
    baseline, target = _number(answer.get("baseline")), _number(answer.get("target"))
    reason = answer.get("no_baseline_because") or ("" if baseline is not None else NOT_ASKED)
    falling = definition is not None and definition.ascending is False
    if baseline is not None and target is not None and target != baseline:
        falling = target < baseline
    return ProjectIndicator(
        project=project, call_indicator=asked, definition=definition, key=asked.key, label=asked.label,
        unit=asked.unit, type=asked.type, required=asked.required, order=asked.order, measure=measure,
        ascending=not falling, over_time=over_time, over_projects=over_projects, baseline=baseline,
        baseline_missing_reason=reason, target=target,
    )  # fmt: skip
