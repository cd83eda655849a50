"""Beginning programmes and importing the strategy document."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from grants.money.models import FundingSource
from grants.money.services import load_sources
from grants.programmes.models import PlanAmount, PlanNode, Programme, StrategyPlan, StrategyUpload
from grants.programmes.permissions import can_import_strategy, can_manage_programmes
from grants.programmes.selectors import plan_in_force, rows_of
from grants.programmes.states import LEVELS
from grants.programmes.strategy_changes import Changes, compare
from grants.programmes.strategy_findings import Finding
from grants.programmes.strategy_rows import Reading, Row
from grants.programmes.strategy_text import read_strategy
from workflows.actors import SYSTEM
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.models import Case


class BrokenDocument(Refused):
    """The document has errors; `findings` names each with its line. Nothing was stored."""

    code = "broken_document"

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(_("The document has errors; nothing was imported."))
        self.findings = findings


@dataclass(frozen=True)
class Preview:
    """A document as it was read, the plan in force for its years, and what it would change there."""

    reading: Reading
    current: StrategyPlan | None
    changes: Changes


@dataclass(frozen=True)
class ImportResult:
    """The plan in force after the import; `created` is false where the document changed nothing."""

    plan: StrategyPlan
    preview: Preview
    created: bool


def begin_programme(
    *, code: str, title_lt: str, by: Any, title_en: str = "", operator_lt: str = "", operator_en: str = ""
) -> Programme:
    """Make a programme and its case, or answer the one that has this code, also one made this moment.

    Raises NotPermitted.
    """
    if by is not SYSTEM and not can_manage_programmes(by):
        raise NotPermitted(_("Only coordinators and the programme head begin programmes."))
    known = Programme.objects.filter(code=code).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            case = Case.objects.create(kind="programme", number=code, title=title_lt)
            return Programme.objects.create(
                case=case, code=code, title_lt=title_lt, title_en=title_en, operator_lt=operator_lt,
                operator_en=operator_en,
            )  # fmt: skip
    except IntegrityError:  # somebody else was faster, or the number belongs to a case of another kind
        known = Programme.objects.filter(code=code).first()
        if known is None:
            raise Refused(_("The code %(code)s is taken.") % {"code": code}) from None
        return known


def preview_import(data: bytes) -> Preview:
    """Read a document and compare it with the plan in force for its years. Stores nothing, raises nothing."""
    return _compared(read_strategy(data))


def _compared(reading: Reading) -> Preview:
    if reading.has_errors:
        return Preview(reading, None, Changes())
    current = plan_in_force(reading.years[0], reading.years[-1])
    before = current.title if current else ""
    changes = compare(rows_of(current), reading.rows, title_before=before, title_after=reading.title)
    return Preview(reading, current, changes)


def import_strategy(*, data: bytes, by: Any, name: str = "") -> ImportResult:
    """Import a document: a new version of the plan for its years, or nothing where it changes nothing.

    All or nothing. Raises BrokenDocument with every finding, NotPermitted, or Stale where another import was faster.
    """
    _check_importer(by)
    return _import(read_strategy(data), by=by, name=name)


def keep_upload(*, data: bytes, by: Any, name: str = "") -> StrategyUpload:
    """Keep a document without errors until a person confirms it. Raises BrokenDocument; then nothing is kept."""
    _check_importer(by)
    preview = preview_import(data)
    if preview.reading.has_errors:
        raise BrokenDocument(preview.reading.findings)
    return StrategyUpload.objects.create(
        text=preview.reading.text,
        source_digest=preview.reading.digest,
        name=name[:255],
        uploaded_by=by,
        based_on=preview.current,
    )


def preview_upload(upload: StrategyUpload) -> Preview:
    """What a kept document would change in the plan that is in force now."""
    return _compared(_reading_of(upload))


def confirm_upload(*, upload: StrategyUpload, by: Any, seen_plan: int | None) -> ImportResult:
    """Import a kept document as its preview showed it. A second confirmation answers the first.

    `seen_plan` is the id of the plan in force on the page that was confirmed (None for no plan). Raises NotPermitted,
    or Stale where the plan has changed since: the page is then shown again with what the document changes now.
    """
    _check_importer(by)
    with transaction.atomic():
        locked = StrategyUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
        if locked.plan is not None:
            return ImportResult(locked.plan, Preview(_reading_of(locked), locked.plan, Changes()), created=False)
        result = _import(_reading_of(locked), by=by, name=locked.name)
        current = result.preview.current
        if (current.pk if current else None) != seen_plan:  # raised inside the transaction: nothing stays
            raise Stale(at=current.imported_at if current else None, url=upload.get_absolute_url())
        locked.plan = result.plan
        locked.save(update_fields=["plan"])
    upload.refresh_from_db()
    return result


def _reading_of(upload: StrategyUpload) -> Reading:
    reading = read_strategy(upload.text.encode())
    reading.digest = upload.source_digest
    return reading


def _import(reading: Reading, *, by: Any, name: str) -> ImportResult:
    if reading.has_errors:
        raise BrokenDocument(reading.findings)
    try:
        with transaction.atomic():
            current = plan_in_force(reading.years[0], reading.years[-1])
            if current is not None:
                StrategyPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=current.pk)
            preview = _compared(reading)
            if preview.current is not None and not preview.changes:
                return ImportResult(preview.current, preview, created=False)
            plan = _store(reading, by=by, name=name, supersedes=preview.current)
    except IntegrityError as error:  # another import has superseded the same plan, or made the first one
        raise Stale from error
    return ImportResult(plan, preview, created=True)


def _store(reading: Reading, *, by: Any, name: str, supersedes: StrategyPlan | None) -> StrategyPlan:
    plan = StrategyPlan.objects.create(
        title=reading.title[:500],
        first_year=reading.years[0],
        last_year=reading.years[-1],
        source_name=name[:255],
        source_text=reading.text,
        source_digest=reading.digest,
        imported_by_id=by.pk,
        supersedes=supersedes,
    )
    nodes = _store_nodes(plan, reading.rows)
    _store_sources(reading.rows, nodes)
    PlanAmount.objects.bulk_create(
        PlanAmount(activity=nodes[row.code], year=year, amount=amount)
        for row in reading.rows
        for year, amount in row.amounts
    )
    return plan


def _store_nodes(plan: StrategyPlan, rows: Sequence[Row]) -> dict[str, PlanNode]:
    """Level by level, so that a parent has its id before its children."""
    nodes: dict[str, PlanNode] = {}
    for level in LEVELS:
        made = [
            PlanNode(
                plan=plan,
                parent=nodes.get(row.parent_code),
                level=row.level,
                code=row.code,
                position=position,
                text=row.text,
                marked_text=row.marked_text,
            )
            for position, row in enumerate(rows, start=1)
            if row.level == level
        ]
        nodes |= {node.code: node for node in PlanNode.objects.bulk_create(made)}
    return nodes


def _store_sources(rows: Sequence[Row], nodes: dict[str, PlanNode]) -> None:
    sources = FundingSource.objects.in_bulk(field_name="code")
    if any(code not in sources for row in rows for code in row.sources):
        sources = load_sources()
    link = PlanNode.sources.through
    link.objects.bulk_create(
        link(plannode_id=nodes[row.code].pk, fundingsource_id=sources[code].pk) for row in rows for code in row.sources
    )


def _check_importer(by: Any) -> None:
    if by is not SYSTEM and not can_import_strategy(by):
        raise NotPermitted(_("Only coordinators and the programme head import the strategy document."))
