"""Indicators from the projects to the whole: baseline, target, endline, and what may be added up."""

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from grants.evaluation.aggregation import Aggregate, Reported, achievement, over_projects
from grants.evaluation.models import ProjectIndicator
from grants.evaluation.results import Standing, reported_of, standing_of
from grants.evaluation.selectors import with_measurements
from grants.evaluation.states import FRACTIONS, Measure, OverProjects
from grants.evaluation.statistics import TOO_FEW, wilson
from grants.projects.models import Project
from grants.questionnaires.canonical import canonical_json
from reporting.impact.gather.values import moment, plain

ZERO = Decimal(0)


def indicators_of(projects: list[Project]) -> list[dict[str, Any]]:
    """Every indicator with its projects and its figure for all of them, in the order of the calls. Three queries.

    Calls may ask under one key for different things: what differs in unit, measure or rule is never put together.
    """
    found = with_measurements(ProjectIndicator.objects.filter(project__in=projects)).order_by(
        "project__call__opens_at", "order", "project__ordinal"
    )
    groups: dict[tuple[str, ...], list[Standing]] = {}
    for indicator in found:
        unit = canonical_json(indicator.unit)
        alike = (indicator.key, indicator.measure, indicator.over_projects, unit)
        groups.setdefault(alike, []).append(standing_of(indicator))
    numbers = {project.pk: project.number for project in projects}
    return [_group(standings, numbers) for standings in groups.values()]


def _group(standings: list[Standing], numbers: dict[int, str]) -> dict[str, Any]:
    first = standings[0].indicator
    rows = [reported_of(standing) for standing in standings]
    whole = over_projects(first.over_projects, first.measure, rows)
    there = [pair for pair in zip(standings, rows, strict=True) if pair[1].is_there]
    baseline = _together(first, whole, [(s.baseline, row) for s, row in there])
    target = _together(first, whole, [(s.target, row) for s, row in there])
    few = _is_too_few(first.measure, whole.denominator)
    return {
        "key": first.key,
        "label": first.label,
        "unit": first.unit,
        "type": first.type,
        "measure": first.measure,
        "ascending": first.ascending,
        "rule": first.over_projects,
        "definition": first.definition.code if first.definition else None,
        "asked": whole.asked,
        "reported": whole.reported,
        "may_overlap": whole.may_overlap,
        "too_few": few,
        "baseline": plain(baseline),
        "target": plain(target),
        "value": None if few else plain(whole.value),
        "numerator": None if few else plain(whole.numerator),
        "denominator": plain(whole.denominator),
        "achievement": None if few else plain(achievement(baseline, target, whole.value)),
        "interval": None if few else _interval(first.measure, whole),
        "rows": [_row(standing, numbers[standing.indicator.project_id]) for standing in standings],
    }


def _is_too_few(measure: str, answers: Decimal | None) -> bool:
    """Shares and means of fewer than ten answers are not told: the answers could be guessed."""
    return measure in (Measure.PERCENTAGE, Measure.MEAN) and answers is not None and answers < TOO_FEW


def _together(
    indicator: ProjectIndicator, whole: Aggregate, pairs: Iterable[tuple[Decimal | None, Reported]]
) -> Decimal | None:
    """Baselines or targets of the projects that reported, put together as their results are; None where one lacks.

    Sums are added; shares and means weigh as much as the results beside them, so that both are about the same answers.
    """
    known = list(pairs)
    if whole.value is None or any(number is None for number, _row in known):
        return None
    if whole.rule in (OverProjects.SUM, OverProjects.DISTINCT):
        return sum((number or ZERO for number, _row in known), ZERO)
    weights = [row.denominator if indicator.measure in FRACTIONS else Decimal(row.n or 0) for _number, row in known]
    total = sum((weight or ZERO for weight in weights), ZERO)
    if not total:
        return None
    weighed = ((number or ZERO) * (weight or ZERO) for (number, _row), weight in zip(known, weights, strict=True))
    return sum(weighed, ZERO) / total


def _interval(measure: str, whole: Aggregate) -> list[float] | None:
    part, answers = whole.numerator, whole.denominator
    if measure != Measure.PERCENTAGE or part is None or not answers or part % 1 or answers % 1:
        return None
    found = wilson(int(part), int(answers))
    return [round(found.low * 100, 1), round(found.high * 100, 1)]


def _row(standing: Standing, number: str) -> dict[str, Any]:
    """One project's promise and result."""
    indicator, measured = standing.indicator, standing.measured
    answers = measured.denominator if measured and measured.measure in FRACTIONS else None
    if measured and measured.sample_size is not None:
        answers = Decimal(measured.sample_size)
    few = _is_too_few(indicator.measure, answers)
    return {
        "project": number,
        "baseline": plain(standing.baseline),
        "no_baseline_because": indicator.baseline_missing_reason if standing.baseline is None else "",
        "target": plain(indicator.target),
        "value": None if few else plain(standing.actual),
        "too_few": few,
        "final": standing.is_final,
        "answers": plain(answers),
        "achievement": None if few else plain(standing.achievement),
        "interval": None if few or not standing.interval
        else [round(standing.interval.low * 100, 1), round(standing.interval.high * 100, 1)],
        "change": None if few or not standing.change else asdict(standing.change),
        "wave": measured.wave if measured else None,
        "method": measured.method if measured else None,
        "measured_on": moment(measured.measured_on) if measured else None,
        "url": measured.get_absolute_url() if measured else indicator.get_absolute_url(),
    }  # fmt: skip
