"""The money of the projects: from the ledger as of the moment of the report, and spending from accepted reports."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, Sum

from grants.implementation.models import AwardLine
from grants.implementation.selectors import grant_part
from grants.implementation.states import ReportState
from grants.money.models import LedgerEntry
from grants.money.selectors import until
from grants.money.states import EntryKind
from grants.projects.models import Project
from reporting.impact.gather.values import cents

ZERO = Decimal(0)
FIGURES = ("committed", "paid", "returned")


def money_of(projects: list[Project], as_of: datetime) -> dict[str, Any]:
    """Committed, paid and returned by project and by source; spending by category. Two queries.

    committed = Σ commit − Σ decommit; paid = Σ pay − Σ return (grants.money.selectors.case_balance says the same).
    """
    by_case: dict[int, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(FIGURES, ZERO))
    by_source: dict[str, dict[str, Any]] = {}
    for row in _movements(projects, as_of):
        sums = {
            "committed": (row["commit"] or ZERO) - (row["decommit"] or ZERO),
            "paid": (row["pay"] or ZERO) - (row["back"] or ZERO),
            "returned": row["back"] or ZERO,
        }
        source = by_source.setdefault(
            row["code"],
            {"id": row["source"], "name": {"lt": row["lt"], "en": row["en"]}} | dict.fromkeys(FIGURES, ZERO),
        )
        for name, amount in sums.items():
            by_case[row["case_id"]][name] += amount
            source[name] += amount
    lines = _lines(projects)
    of_project = {p.pk: by_case[p.case_id] for p in projects}
    totals = {name: sum((row[name] for row in of_project.values()), ZERO) for name in FIGURES}
    return {
        "totals": {name: cents(amount) for name, amount in totals.items()} | _spent(lines),
        "projects": {
            str(pk): {name: cents(amount) for name, amount in row.items()}
            | _spent([line for line in lines if line["project"] == pk])
            for pk, row in of_project.items()
        },
        "sources": [
            {"code": code, **{k: cents(v) if isinstance(v, Decimal) else v for k, v in row.items()}}
            for code, row in by_source.items()
        ],
        "categories": _categories(lines),
    }


def _movements(projects: list[Project], as_of: datetime) -> Any:
    """Sums of the ledger by case and source."""
    entries = LedgerEntry.objects.filter(until(as_of), case__in=[project.case_id for project in projects])
    return (
        entries.order_by("funding__source__order")
        .values("case_id", source=F("funding__source_id"), code=F("funding__source__code"),
                lt=F("funding__source__name_lt"),
                en=F("funding__source__name_en"))
        .annotate(
            commit=Sum("amount", filter=Q(kind=EntryKind.COMMIT)),
            decommit=Sum("amount", filter=Q(kind=EntryKind.DECOMMIT, own_reserved=0)),
            pay=Sum("amount", filter=Q(kind=EntryKind.PAY)),
            back=Sum("amount", filter=Q(kind=EntryKind.RETURN)),
        )
    )  # fmt: skip


def _lines(projects: list[Project]) -> list[dict[str, Any]]:
    """Every line of the agreed budgets with what accepted reports say was spent on it."""
    accepted = Sum("expenses__amount", filter=Q(expenses__report__state=ReportState.ACCEPTED))
    rows = (
        AwardLine.objects.filter(agreement__project__in=projects)
        .order_by("category__order", "agreement", "order")
        .values("pk", "awarded", "own", "description", project=F("agreement__project_id"), code=F("category__code"),
                label=F("category__label"))
        .annotate(accepted=accepted)
    )  # fmt: skip
    return [_with_parts({**row, "accepted": row["accepted"] or ZERO}) for row in rows]


def _with_parts(line: dict[str, Any]) -> dict[str, Any]:
    """The line with the grant's part of what was spent, to be compared with what was paid of the grant; own is the
    rest.
    """
    grant = grant_part(line["accepted"], awarded=line["awarded"], own=line["own"])
    return {**line, "grant": grant, "own_spent": line["accepted"] - grant}


def _spent(lines: list[dict[str, Any]]) -> dict[str, str]:
    """What was spent on lines: in all, of the grant, and of own money."""
    parts = {"spent": "accepted", "spent_grant": "grant", "spent_own": "own_spent"}
    return {name: cents(sum((line[part] for line in lines), ZERO)) for name, part in parts.items()}


def _categories(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines added up by category; calls of one programme may number theirs alike, so the name counts too."""
    sums: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines:
        key = (line["code"], str(line["label"]))
        row = sums.setdefault(
            key, {"code": line["code"], "label": line["label"], "awarded": ZERO, "own": ZERO, "accepted": ZERO}
        )
        for name in ("awarded", "own", "accepted"):
            row[name] += line[name]
    return [{k: cents(v) if isinstance(v, Decimal) else v for k, v in row.items()} for row in sums.values()]
