"""The rules that travel with a questionnaire: money, own share, budget categories, indicators, nominations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grants.questionnaires.fields import Finding
from grants.questionnaires.text import in_language

RULES = ("money", "cofinancing", "budget_categories", "indicators", "categories", "eligibility")


def check_rules(definition: dict[str, Any]) -> list[Finding]:
    """Findings about `rules`, and about questions whose rules are not there."""
    rules = definition.get("rules")
    rules = {} if rules is None else rules
    if not isinstance(rules, dict):
        return [Finding("rules", "The rules must be an object.")]
    findings = [Finding(f"rules.{key}", f"There is no rule “{key}”.") for key in rules if key not in RULES]
    findings += _numbers(rules, "money", ("grant_min", "grant_max"))
    findings += _numbers(rules, "cofinancing", ("own_share_min_percent", "in_kind_max_percent_of_own_share"), most=100)
    findings += _listed(rules, "budget_categories", "code", _check_cap)
    findings += _listed(rules, "indicators", "id")
    findings += _listed(rules, "categories", "id", _check_nominations)
    return findings or _needed(definition["sections"], rules)


def _needed(sections: list[dict[str, Any]], rules: dict[str, Any]) -> list[Finding]:
    wanted = {"budget": "budget_categories", "indicators": "indicators", "category": "categories"}
    return [
        Finding(f"sections[{s}].questions[{q}]", f"This question needs the rule “{wanted[question['type']]}”.")
        for s, section in enumerate(sections)
        for q, question in enumerate(section["questions"])
        if question["type"] in wanted and not rules.get(wanted[question["type"]])
    ]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _numbers(rules: dict[str, Any], name: str, keys: tuple[str, ...], most: float | None = None) -> list[Finding]:
    rule = rules.get(name)
    if rule is None:
        return []
    if not isinstance(rule, dict):
        return [Finding(f"rules.{name}", "This rule must be an object, or null where it does not apply.")]
    findings = []
    for key in keys:
        value = rule.get(key)
        if value is None:
            continue
        if not _is_number(value) or value < 0 or (most is not None and value > most):
            limit = "" if most is None else f" and at most {most}"
            findings.append(Finding(f"rules.{name}.{key}", f"Write a number that is not negative{limit}."))
    low, high = rule.get(keys[0]), rule.get(keys[1])
    if not findings and name == "money" and low is not None and high is not None and low > high:
        findings.append(Finding("rules.money.grant_min", "The smallest grant is above the largest."))
    return findings


def _listed(
    rules: dict[str, Any], name: str, key: str, more: Callable[[dict[str, Any], str], list[Finding]] | None = None
) -> list[Finding]:
    items = rules.get(name)
    if items is None:
        return []
    if not isinstance(items, list):
        return [Finding(f"rules.{name}", "This rule must be a list.")]
    findings, seen = [], set()
    for at, item in enumerate(items):
        here = f"rules.{name}[{at}]"
        value = item.get(key) if isinstance(item, dict) else None
        if not isinstance(value, str) or not value or "/" in value:
            findings.append(Finding(f"{here}.{key}", "A text without “/” is needed."))
            continue
        if value in seen:
            findings.append(Finding(f"{here}.{key}", f"“{value}” is there twice."))
        seen.add(value)
        if not in_language(item.get("label")):
            findings.append(Finding(f"{here}.label", "A text in Lithuanian or English is needed."))
        findings += more(item, here) if more else []
    return findings


def _check_cap(item: dict[str, Any], path: str) -> list[Finding]:
    cap = item.get("max_percent_of_grant")
    if cap is None or (_is_number(cap) and 0 <= cap <= 100):
        return []
    return [Finding(f"{path}.max_percent_of_grant", "Write a number from 0 to 100, or null.")]


def _check_nominations(item: dict[str, Any], path: str) -> list[Finding]:
    findings = _listed({"nominations": item.get("nominations")}, "nominations", "id")
    if not item.get("nominations"):
        findings.append(Finding(f"{path}.nominations", "Give the category at least one nomination."))
    return [Finding(f.path.replace("rules.nominations", f"{path}.nominations"), f.message) for f in findings]
