"""The questionnaire of a call document: its form, its annexes as questions, and the rules the answers are held to."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from grants.questionnaires.rule_check import RULES

ANNEXES = {"lt": "Priedai", "en": "Attachments"}


def definition_from_call(document: dict[str, Any]) -> dict[str, Any]:
    """The definition of the application form of a call (`form`, `annexes`, and the rules that fields need).

    The annexes become a section of file questions before the declarations; questions of the kind `daterange` get
    the limits of the call. The document is not changed.
    """
    sections = deepcopy(document["form"]["sections"])
    call = document.get("call") or {}
    for section in sections:
        for question in section["questions"]:
            if question["type"] == "daterange":
                question.update(_period_limits(call))
    annexes = [_file_question(annex) for annex in document.get("annexes") or []]
    if annexes:
        last = sections[-1]
        at_end = not all(question["type"] == "checkbox" for question in last["questions"])
        place = len(sections) if at_end else len(sections) - 1
        sections.insert(place, {"id": "annexes", "title": ANNEXES, "questions": annexes})
    rules = {key: deepcopy(document.get(key, call.get(key))) for key in RULES}
    return {"sections": sections, "rules": rules}


def _file_question(annex: dict[str, Any]) -> dict[str, Any]:
    return {**deepcopy(annex), "type": "files"}


def _period_limits(call: dict[str, Any]) -> dict[str, Any]:
    dates, months = call.get("dates") or {}, (call.get("eligibility") or {}).get("duration_months") or {}
    limits = {
        "from_earliest": dates.get("projects_start_from"),
        "to_latest": dates.get("projects_end_by"),
        "months_min": months.get("min"),
        "months_max": months.get("max"),
    }
    return {key: value for key, value in limits.items() if value is not None}
