"""Publishing questionnaires and opening sheets."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from grants.accounts.models import User
from grants.organisations.models import Organisation
from grants.questionnaires.canonical import sha256_of
from grants.questionnaires.context import Question, Raw
from grants.questionnaires.definition import check_definition
from grants.questionnaires.fields import Finding
from grants.questionnaires.fields.people import PARTS
from grants.questionnaires.models import Answer, AnswerSheet, Questionnaire
from grants.questionnaires.selectors import empty_context, published, questions_in
from workflows import clock
from workflows.models import Case


class NotADefinition(ValueError):
    """A definition that cannot be published; `findings` say where and why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("; ".join(f"{finding.path}: {finding.message}" for finding in findings))


def publish_questionnaire(*, code: str, definition: dict[str, Any], by: User | None) -> Questionnaire:
    """Check a definition and publish it as the next version; the same definition as the newest changes nothing.

    Raises NotADefinition with all findings.
    """
    findings = check_definition(definition)
    if findings:
        raise NotADefinition(findings)
    with transaction.atomic():
        newest = published(code)
        if newest is not None and newest.sha256 == sha256_of(definition):
            return newest
        last = Questionnaire.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0
        return Questionnaire.objects.create(
            code=code, version=last + 1, definition=definition, published_at=clock.now()
        )


def open_sheet(
    *,
    questionnaire: Questionnaire,
    case: Case,
    by: User,
    kind: str = "application",
    organisation: Organisation | None = None,
) -> AnswerSheet:
    """Begin a sheet. What is known of the organisation and of the person is filled in and can be changed.

    `kind` names what the sheet serves; documents of its answers have the category `<kind>/<question>`.
    """
    with transaction.atomic():
        now = clock.now()
        sheet = AnswerSheet.objects.create(questionnaire=questionnaire, case=case, kind=kind, created_at=now)
        known = _known(questionnaire.definition, organisation, by)
        context = empty_context(questionnaire.definition)
        context.raw = known
        Answer.objects.bulk_create(
            Answer(sheet=sheet, key=key, raw=raw, value=context.parsed(key).value, saved_by=by, saved_at=now)
            for key, raw in known.items()
        )
    return sheet


def _known(definition: dict[str, Any], organisation: Organisation | None, by: User) -> dict[str, Raw]:
    """Answers that need not be asked: the library itself, its legal code, and who leads the project."""
    found: dict[str, Raw] = {}
    person_given = False
    for _section, question in questions_in(definition):
        if organisation is not None and question["type"] == "library":
            found[question["id"]] = organisation.code
        elif organisation is not None and _asks_legal_code(question) and organisation.legal_code:
            found[question["id"]] = organisation.legal_code
        elif question["type"] == "person" and not person_given:
            person_given = True
            found[question["id"]] = dict(zip(PARTS, (by.full_name, by.email, ""), strict=True))
    return found


def _asks_legal_code(question: Question) -> bool:
    return question["type"] == "text" and question["id"] == "legal_code"
