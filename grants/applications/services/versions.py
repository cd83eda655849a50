"""Making a submitted version: the copy, its digest, its receipt number, its budget lines; all in the caller's step."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from grants.applications.models import Application, BudgetLine, SubmittedVersion
from grants.applications.receipt_numbers import receipt_number
from grants.applications.snapshots import submitted_document
from grants.calls.models import BudgetCategory, Nomination
from grants.projects.models import Project
from grants.projects.services import describe_project
from grants.questionnaires.canonical import sha256_of
from grants.questionnaires.context import Context
from grants.questionnaires.selectors import context_of, questions_in, snapshot, values_of
from workflows.text import localized

QUANTITY = Decimal("0.0001")
NO_BUDGET: dict[str, Any] = {"lines": [], "totals": {}}


def add_version(
    *, application: Application, by: Any, now: datetime, key: str, language: str, context: Context | None = None
) -> SubmittedVersion:
    """Copy the sheet as it stands into the next version; the caller holds the lock and has checked everything.

    now is the one reading that was compared with the deadline. The database refuses the same number twice.
    """
    project, context = application.project, context or context_of(application.sheet)
    number = application.version_no + 1
    document = submitted_document(
        number=project.number,
        version=number,
        received_at=now,
        call={"code": project.call.code, "title": {"lt": project.call.title_lt, "en": project.call.title_en}},
        organisation={
            "code": project.organisation.code,
            "name": project.organisation.name,
            "legal_code": project.organisation.legal_code,
        },
        submitted_by=str(by),
        language=language,
        content=snapshot(application.sheet, context=context),
    )
    version = SubmittedVersion(
        application=application, number=number, snapshot=document, sha256=sha256_of(document),
        receipt_number=receipt_number(project.number, number), received_at=now, submitted_by=by, language=language,
        key=key,
    )  # fmt: skip
    version.save()
    application.version_no = number
    application.save(update_fields=["version_no"])
    _add_budget_lines(version, application, facts_of_form(application, context))
    return version


def _add_budget_lines(version: SubmittedVersion, application: Application, facts: dict[str, Any]) -> None:
    """The budget's lines as typed rows; amounts in EUR with two places, as the form has checked them."""
    categories = {c.code: c for c in BudgetCategory.objects.filter(call_id=application.project.call_id)}
    BudgetLine.objects.bulk_create(
        BudgetLine(
            application=application,
            version=version,
            order=order,
            category=categories[line["category"]],
            description=line["description"],
            unit_cost=line["unit_cost"],
            quantity=line["quantity"].quantize(QUANTITY),
            grant_amount=line["grant"],
            own_amount=line["own"],
            in_kind_amount=line["in_kind"],
        )
        for order, line in enumerate((facts.get("budget") or NO_BUDGET)["lines"], 1)
    )


def facts_of_form(application: Application, context: Context) -> dict[str, Any]:
    """The understood answers by the type of their question (the first of each), in types to calculate with."""
    values = values_of(application.sheet, context=context)
    found: dict[str, Any] = {}
    for _section, question in questions_in(context.definition):
        if question["id"] in values:
            found.setdefault(question["type"], values[question["id"]])
    return found


def take_over_facts(*, application: Application, by: Any, context: Context | None = None) -> Project:
    """Let the project say what the application says: title, nomination, sum asked for in EUR, first and last day."""
    project, context = application.project, context or context_of(application.sheet)
    facts = facts_of_form(application, context)
    nomination = nomination_of(project, facts)
    first, last = facts.get("daterange") or (None, None)
    return describe_project(
        project=project,
        by=by,
        title=title_of(project, values_of(application.sheet, context=context), nomination),
        requested_amount=(facts.get("budget") or NO_BUDGET)["totals"].get("grant"),
        nomination=nomination,
        starts_on=first,
        ends_on=last,
    )


def title_of(project: Project, values: dict[str, Any], nomination: Nomination | None) -> str | None:
    """The title that the form asks for, else what a contest's entry is called; None where nothing is known yet."""
    if isinstance(values.get("title"), str) and values["title"].strip():
        return values["title"].strip()[:300]
    if nomination is None:
        return None
    named = localized(nomination.label, settings.LANGUAGE_CODE)  # a title is one, whoever reads it
    return f"{named}: {values.get('branch_name') or project.organisation.name}"[:300]


def nomination_of(project: Project, facts: dict[str, Any]) -> Nomination | None:
    """The nomination that the form's category question names, else the one chosen at the start."""
    chosen = facts.get("category")
    if not chosen:
        return project.nomination
    return Nomination.objects.filter(
        call_id=project.call_id, category_key=chosen["category"], key=chosen["nomination"]
    ).first()
