"""The whole check of a document, part by part, in the order in which a person reads it."""

import re
from typing import Any

from django.utils.translation import gettext as _

from grants.calls.document.dates import PlannedDate, check_dates
from grants.calls.document.money import check_categories, check_cofinancing, check_money, check_payments, check_reports
from grants.calls.document.reading import Check, at
from grants.calls.document.scoring import check_criteria, check_scoring
from grants.calls.rules import missing_texts
from grants.calls.states import IndicatorType
from grants.organisations.states import OrganisationKind
from grants.questionnaires.definition import check_definition
from grants.questionnaires.fields import Finding
from grants.questionnaires.from_call import definition_from_call

SCHEMA = "illustrative-call/1"
CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")

FEATURE_NEEDS = {
    "project_budget": "budget_categories",
    "indicators": "indicators",
    "expert_scoring": "criteria",
    "payments": "payments",
    "reports": "reports",
    "entry_categories": "categories",
    "applicant_groups": "applicant_groups",
    "administrative_check": "administrative_check",
    "contract": "contract",
    "amendments": "amendments",
}
"""What a call that uses a feature must describe; a call that does not use it leaves the part out or empty."""


def check_document(document: dict[str, Any]) -> tuple[list[Finding], list[PlannedDate]]:
    """Everything that is wrong with a document, in its own order, and its dates as instants.

    Never raises for any JSON: what cannot be understood is a finding.
    """
    check = Check()
    if document.get("schema") != SCHEMA:
        check.say("schema", _("This must be “%(schema)s”.") % {"schema": SCHEMA})
        return check.findings, []
    _check_features(check, document)
    _check_programme(check, document)
    planned = _check_call(check, document)
    _check_form(check, document)
    check_categories(check, document)
    _check_administrative(check, document)
    criteria = check_criteria(check, document)
    if _uses(document, "expert_scoring"):
        check_scoring(check, document, criteria)
    _check_decision(check, document)
    check_payments(check, document, check_reports(check, document))
    _check_indicators(check, document)
    _check_nominations(check, document)
    for path in missing_texts(document):
        check.say(path, _("This text is needed in Lithuanian and in English."))
    return list(dict.fromkeys(check.findings)), planned


def _uses(document: dict[str, Any], feature: str) -> bool:
    features = document.get("features")
    return isinstance(features, dict) and features.get(feature) is True


def _check_features(check: Check, document: dict[str, Any]) -> None:
    features = check.object(document, "features", "")
    for name, used in (features or {}).items():
        if not isinstance(used, bool):
            check.say(f"features.{name}", _("Write true or false."))
    for feature, part in FEATURE_NEEDS.items():
        if features is not None and _uses(document, feature) != bool(document.get(part)):
            if _uses(document, feature):
                message = _("The call uses “%(feature)s”, so this part is needed.")
            else:
                message = _("The call does not use “%(feature)s”, so this part must be left out.")
            check.say(part, message % {"feature": feature})
    call = document.get("call")
    if isinstance(call, dict) and _uses(document, "project_budget") != isinstance(call.get("money"), dict):
        check.say("call.money", _("A call has money exactly when its projects have budgets (“project_budget”)."))


def _check_programme(check: Check, document: dict[str, Any]) -> None:
    programme = check.object(document, "programme", "")
    if programme is not None:
        _check_code(check, programme, "programme")
        check.texts(programme, "title", "programme")
        check.texts(programme, "operator", "programme")


def _check_code(check: Check, part: dict[str, Any], path: str) -> None:
    code = part.get("code")
    if not isinstance(code, str) or not CODE.fullmatch(code):
        check.say(at(path, "code"), _("A code has capital letters, digits and dashes, 40 at most."))


def _check_call(check: Check, document: dict[str, Any]) -> list[PlannedDate]:
    call = check.object(document, "call", "")
    if call is None:
        return []
    _check_code(check, call, "call")
    check.texts(call, "title", "call")
    check.texts(call, "purpose", "call", most=5000)
    check_money(check, call, "call")
    check_cofinancing(check, call, "call")
    eligibility = check.object(call, "eligibility", "call")
    if eligibility is not None:
        path = "call.eligibility"
        kinds = eligibility.get("applicant_kinds")
        if not isinstance(kinds, list) or any(kind not in OrganisationKind.values for kind in kinds):
            message = _("Write a list of: %(kinds)s.")
            check.say(at(path, "applicant_kinds"), message % {"kinds": ", ".join(OrganisationKind.values)})
        for key in ("max_applications_per_applicant", "max_per_category"):
            check.number(eligibility, key, path, least=1, whole=True, needed=False)
        months = check.object(eligibility, "duration_months", path, needed=False)
        if months is not None:
            low = check.number(months, "min", at(path, "duration_months"), least=1, whole=True)
            high = check.number(months, "max", at(path, "duration_months"), least=1, whole=True)
            if low is not None and high is not None and low > high:
                check.say(at(path, "duration_months"), _("The shortest duration is above the longest."))
    return check_dates(check, call, "call")


def _check_form(check: Check, document: dict[str, Any]) -> None:
    """The form as the room of questionnaires checks it; its places are told as they stand in this document."""
    if not _form_has_shape(check, document):
        return
    definition = definition_from_call(document)
    annexes = bool(document.get("annexes"))
    own = [place for place, section in enumerate(definition["sections"]) if section["id"] != "annexes" or not annexes]
    for finding in check_definition(definition):
        check.findings.append(Finding(_place(finding.path, own), str(finding.message)))


def _form_has_shape(check: Check, document: dict[str, Any]) -> bool:
    """Whether the parts from which a questionnaire is made are lists of objects throughout."""
    before = len(check.findings)
    form = check.object(document, "form", "") or {}
    sections = check.items(form, "sections", "form")
    for path, section in sections:
        questions = check.items(section, "questions", path)
        if not questions:
            check.say(at(path, "questions"), _("A section has at least one question."))
        for here, question in questions:
            if not isinstance(question.get("type"), str):
                check.say(at(here, "type"), _("Say of which kind the question is."))
    annexes = check.items(document, "annexes", "")
    check.ids(annexes)
    for path, annex in annexes:
        formats = annex.get("formats")
        if not isinstance(formats, list) or not all(isinstance(one, str) for one in formats):
            check.say(at(path, "formats"), _("Name the kinds of files, for instance pdf."))
    if form and not sections:
        check.say("form.sections", _("A form has sections, each with questions."))
    call = document.get("call")
    rules_are_objects = isinstance(call, dict) and all(
        isinstance(call.get(part) or {}, dict) for part in ("dates", "eligibility", "money", "cofinancing")
    )
    months = call.get("eligibility", {}) if isinstance(call, dict) and rules_are_objects else {}
    return (
        len(check.findings) == before
        and rules_are_objects
        and isinstance((months or {}).get("duration_months") or {}, dict)
    )


def _place(path: str, own: list[int]) -> str:
    """A place in the questionnaire's definition as a place in the document that it was made from."""
    found = re.match(r"sections\[(\d+)\]", path)
    if found is None:
        inside = path.removeprefix("rules.")
        return f"call.{inside}" if inside.split(".")[0] in ("money", "cofinancing", "eligibility") else inside
    number = int(found[1])
    if number not in own:
        return re.sub(r"sections\[\d+\]\.questions", "annexes", path)
    return f"form.sections[{own.index(number)}]{path[found.end() :]}"


def _check_administrative(check: Check, document: dict[str, Any]) -> None:
    part = check.object(document, "administrative_check", "", needed=False)
    if part is None:
        return
    path = "administrative_check"
    check.number(part, "correction_working_days", path, most=365, whole=True, needed=False)
    check.number(part, "max_correction_rounds", path, most=10, whole=True, needed=False)
    items = check.items(part, "items", path)
    check.ids(items)
    for here, item in items:
        check.texts(item, "label", here)
        if not isinstance(item.get("correctable"), bool):
            check.say(at(here, "correctable"), _("Write true or false."))


def _check_decision(check: Check, document: dict[str, Any]) -> None:
    decision = check.object(document, "decision", "")
    if decision is None:
        return
    check.texts(decision, "decided_by", "decision")
    check.number(decision, "max_cut_percent", "decision", most=100, needed=False)
    for key in ("notify_within_working_days", "appeal_calendar_days", "winners_per_nomination"):
        check.number(decision, key, "decision", least=1, most=365, whole=True, needed=False)
    until = decision.get("reserve_valid_until")
    if until is not None and not (isinstance(until, str) and re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])-[0-3]\d", until)):
        check.say("decision.reserve_valid_until", _("Write a day: 2027-12-31."))


def _check_indicators(check: Check, document: dict[str, Any]) -> None:
    items = check.items(document, "indicators", "")
    check.ids(items)
    for path, indicator in items:
        check.texts(indicator, "label", path)
        check.texts(indicator, "unit", path, most=60)
        check.choice(indicator, "type", path, tuple(IndicatorType.values))


def _check_nominations(check: Check, document: dict[str, Any]) -> None:
    categories = check.items(document, "categories", "")
    check.ids(categories)
    for path, category in categories:
        check.texts(category, "label", path)
        nominations = check.items(category, "nominations", path)
        check.ids(nominations)
        for here, nomination in nominations:
            check.texts(nomination, "label", here)
