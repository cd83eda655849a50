"""Criteria with their scales, and how scores become a ranking."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from grants.calls.document.reading import Check, as_number, at
from grants.calls.scales import MOST_VALUES, as_text, values_between

HUNDRED = Decimal(100)
AGGREGATES = ("mean", "median", "trimmed_mean")
ROUNDINGS = ("half_up", "half_even")
OTHER_TIE_BREAKERS = ("earlier_submission", "chair_vote", "lottery")


def check_criteria(check: Check, document: dict[str, Any]) -> list[str]:
    """Findings about the criteria; answers their ids."""
    items = check.items(document, "criteria", "")
    ids = check.ids(items)
    weights = []
    for path, criterion in items:
        check.texts(criterion, "label", path)
        if criterion.get("evidence") is not None:
            check.texts(criterion, "evidence", path, most=1000)
        # A threshold is a pass mark, so 0, which everybody passes, is none.
        check.number(criterion, "threshold_percent", path, above=True, most=100, needed=False)
        weights.append(check.number(criterion, "weight", path, above=True, most=1000))
        check_scale(check, criterion.get("scale"), at(path, "scale"))
    known = [weight for weight in weights if weight is not None]
    if len(known) == len(weights) and len(set(known)) > 1 and sum(known) != HUNDRED:
        message = _("The weights must add up to 100, or all be equal; now they add up to %(sum)s.")
        check.say("criteria", message % {"sum": as_text(sum(known, Decimal(0)))})
    return ids


def check_scale(check: Check, scale: Any, path: str) -> None:
    """A list of values with anchors, or a range with a step and anchors for parts of it."""
    if isinstance(scale, list):
        _check_listed(check, scale, path)
    elif isinstance(scale, dict):
        _check_range(check, scale, path)
    else:
        check.say(path, _("Give the scale: a list of values with anchors, or min, max, step and anchors."))


def _check_listed(check: Check, scale: list[Any], path: str) -> None:
    values: list[Decimal] = []
    for path_of_one, one in check.items({"scale": scale}, "scale", path.removesuffix(".scale")):
        value = as_number(one.get("value"))
        if value is None:
            check.say(at(path_of_one, "value"), _("Write a number."))
        else:
            values.append(value)
        check.texts(one, "anchor", path_of_one, most=500)
    if len(scale) < 2:
        check.say(path, _("A scale has at least two values."))
    if any(later <= earlier for earlier, later in pairwise(values)):
        check.say(path, _("The values of a scale grow from the first to the last."))


def _check_range(check: Check, scale: dict[str, Any], path: str) -> None:
    low, high = (as_number(scale.get(key)) for key in ("min", "max"))
    step = check.number(scale, "step", path, above=True)
    if low is None or high is None or step is None or low >= high:
        check.say(path, _("Give min and max as numbers, min below max, and a step."))
        return
    if (high - low) / step >= MOST_VALUES or (high - low) % step != 0:
        check.say(at(path, "step"), _("The step must divide the way from min to max into at most 200 parts."))
        return
    ranges = _ranges(check, scale, path)
    for value in values_between(low, high, step):
        holding = sum(first <= value <= last for first, last in ranges)
        if holding != 1:
            words = (
                _("No anchor holds the value %(value)s.")
                if not holding
                else _("More than one anchor holds the value %(value)s.")
            )
            check.say(at(path, "anchors"), words % {"value": as_text(value)})
            return
    if any(first < low or last > high for first, last in ranges):
        check.say(at(path, "anchors"), _("An anchor reaches beyond the scale."))


def _ranges(check: Check, scale: dict[str, Any], path: str) -> list[tuple[Decimal, Decimal]]:
    found = []
    for here, anchor in check.items(scale, "anchors", path):
        first, last = as_number(anchor.get("from")), as_number(anchor.get("to"))
        if first is None or last is None or first > last:
            check.say(here, _("An anchor holds the values from one number to another."))
        else:
            found.append((first, last))
        check.texts(anchor, "anchor", here, most=500)
    return found


def check_scoring(check: Check, document: dict[str, Any], criteria: list[str]) -> None:
    """How many score, how their scores become one, what is enough and what breaks a tie."""
    scoring = check.object(document, "scoring", "")
    if scoring is None:
        return
    path = "scoring"
    size = _check_evaluators(check, scoring, path)
    aggregate = check.choice(scoring, "aggregate", path, AGGREGATES)
    check.number(scoring, "decimals", path, most=6, whole=True)
    check.choice(scoring, "rounding", path, ROUNDINGS)
    if aggregate == "trimmed_mean":
        trimmed = check.number(scoring, "trim_each_side", path, least=1, whole=True)
        if trimmed is not None and size is not None and 2 * trimmed >= size:
            check.say(at(path, "trim_each_side"), _("So many scores are cut off that none is left."))
    needs_threshold = bool((document.get("features") or {}).get("thresholds"))
    check.number(scoring, "threshold_total", path, above=True, most=100, needed=needs_threshold)
    check.number(scoring, "third_evaluator_if_difference_from", path, above=True, most=100, needed=False)
    breakers = scoring.get("tie_breakers", [])
    for index, breaker in enumerate(breakers if isinstance(breakers, list) else [breakers]):
        if breaker not in criteria and breaker not in OTHER_TIE_BREAKERS:
            message = _("A tie is broken by a criterion of this call or by one of: %(others)s.")
            check.say(at(at(path, "tie_breakers"), index), message % {"others": ", ".join(OTHER_TIE_BREAKERS)})


def _check_evaluators(check: Check, scoring: dict[str, Any], path: str) -> Decimal | None:
    """How many score one application."""
    if scoring.get("evaluators_per_application") == "all_jury":
        return check.number(scoring, "jury_size", path, least=1, most=100, whole=True)
    return check.number(scoring, "evaluators_per_application", path, least=1, most=100, whole=True)
