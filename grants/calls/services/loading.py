"""A call's document becomes a call: programme, form, criteria, categories, indicators, nominations and dates."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grants.calls.document import BadDocument, check_document
from grants.calls.document.dates import PlannedDate
from grants.calls.models import BudgetCategory, Call, CallDate, CallIndicator, Criterion, Nomination
from grants.calls.permissions import can_load_calls
from grants.calls.rules import as_decimal
from grants.calls.scales import unfold_scale
from grants.calls.states import CallState, DateKey
from grants.programmes.services import begin_programme
from grants.questionnaires.canonical import sha256_of
from grants.questionnaires.fields import Finding
from grants.questionnaires.from_call import definition_from_call
from grants.questionnaires.services import publish_questionnaire
from workflows import clock
from workflows.actors import System
from workflows.exceptions import NotPermitted
from workflows.models import Case
from workflows.services import begin, perform
from workflows.services.log import locked_case

KEPT_ELSEWHERE = {"form"}
"""What lives in the questionnaire; everything else stays as the call's rules."""


@dataclass(frozen=True)
class LoadResult:
    """The call, and whether this document made it, changed it, or said nothing new."""

    call: Call
    created: bool
    changed: bool


def load_call(document: dict[str, Any], by: Any) -> LoadResult:
    """Make a draft call from a checked document; a draft of the same code is made anew from it.

    The same document twice changes nothing. Raises NotPermitted, or BadDocument with every finding; then nothing is
    stored. A call that has been scheduled is not changed by a document any more.
    """
    if not isinstance(by, System) and not can_load_calls(by):
        raise NotPermitted
    findings, planned = check_document(document)
    if findings:
        raise BadDocument(findings)
    digest = sha256_of(document)
    with clock.reading(), transaction.atomic():
        clock.now()
        fields = _fields(document, planned, digest, by)
        locked_case(fields["programme"].case_id)
        known = Call.objects.filter(code=fields["code"]).first()
        if known is not None and known.document_sha256 == digest:
            return LoadResult(known, created=False, changed=False)
        call = _new_call(fields, by) if known is None else _revised(known, fields, by)
        _write_parts(call, document, planned)
    return LoadResult(call, created=known is None, changed=True)


def _fields(document: dict[str, Any], planned: list[PlannedDate], digest: str, by: Any) -> dict[str, Any]:
    """The columns of the call, as the document gives them."""
    call, programme = document["call"], document["programme"]
    moments: dict[str, datetime] = {one.key: one.begins for one in planned}
    return {
        "programme": begin_programme(
            code=programme["code"],
            title_lt=programme["title"]["lt"],
            title_en=programme["title"]["en"],
            operator_lt=programme["operator"]["lt"],
            operator_en=programme["operator"]["en"],
            by=by,
        ),
        "questionnaire": publish_questionnaire(
            code=f"call-{call['code'].lower()}", definition=definition_from_call(document), by=_person(by)
        ),
        "code": call["code"],
        "title_lt": call["title"]["lt"],
        "title_en": call["title"]["en"],
        "purpose_lt": call["purpose"]["lt"],
        "purpose_en": call["purpose"]["en"],
        "time_zone": call["timezone"],
        "published_at": min(moments[DateKey.PUBLISHED], moments[DateKey.OPENS]),
        "opens_at": moments[DateKey.OPENS],
        "closes_at": moments[DateKey.CLOSES],
        "rules": {key: value for key, value in document.items() if key not in KEPT_ELSEWHERE},
        "document_sha256": digest,
    }


def _person(by: Any) -> Any:
    return None if isinstance(by, System) else by


def _new_call(fields: dict[str, Any], by: Any) -> Call:
    title = fields["title_lt"]
    case = Case.objects.create(kind="call", number=fields["code"], title=title, parent=fields["programme"].case)
    call = Call(case=case, **fields)
    begin(call, by=by)
    return call


def _revised(call: Call, fields: dict[str, Any], by: Any) -> Call:
    """The draft with the new document's fields and none of its old parts; only a draft may be made anew."""
    if call.state != CallState.DRAFT:
        message = _("A call with this code has been scheduled already; its document cannot be loaded anew.")
        raise BadDocument([Finding("call.code", message)])
    perform(call, "revise", by=by, **fields)
    for parts in (call.criteria, call.budget_categories, call.indicators, call.nominations, call.dates):
        parts.all().delete()
    call.case = locked_case(call.case_id)  # the copy that whoever holds the lock reads
    if call.case.title != fields["title_lt"]:
        call.case.title = fields["title_lt"]
        call.case.save(update_fields=["title"])
    return call


def _write_parts(call: Call, document: dict[str, Any], planned: list[PlannedDate]) -> None:
    Criterion.objects.bulk_create(
        Criterion(
            call=call, key=one["id"], order=order, label_lt=one["label"]["lt"], label_en=one["label"]["en"],
            weight=as_decimal(one["weight"]) or Decimal(0), scale=unfold_scale(one["scale"]),
            evidence=one.get("evidence") or {}, threshold_percent=as_decimal(one.get("threshold_percent")),
            is_priority=bool(one.get("is_priority")),
        )
        for order, one in enumerate(document.get("criteria") or [], start=1)
    )  # fmt: skip
    BudgetCategory.objects.bulk_create(
        BudgetCategory(
            call=call, code=one["code"], label=one["label"], order=order,
            max_percent=as_decimal(one.get("max_percent_of_grant")),
        )
        for order, one in enumerate(document.get("budget_categories") or [], start=1)
    )  # fmt: skip
    CallIndicator.objects.bulk_create(
        CallIndicator(
            call=call, key=one["id"], label=one["label"], unit=one["unit"], required=bool(one.get("required")),
            type=one["type"], source=one.get("source") or "", order=order,
        )
        for order, one in enumerate(document.get("indicators") or [], start=1)
    )  # fmt: skip
    pairs = [(c, n) for c in document.get("categories") or [] for n in c["nominations"]]
    Nomination.objects.bulk_create(
        Nomination(
            call=call, category_key=category["id"], category_label=category["label"], key=one["id"],
            label=one["label"], order=order,
        )
        for order, (category, one) in enumerate(pairs, start=1)
    )  # fmt: skip
    CallDate.objects.bulk_create(
        CallDate(
            call=call, key=one.key, whole_day=one.whole_day, first_planned_at=one.begins, planned_at=one.begins,
            order=order,
        )
        for order, one in enumerate(planned, start=1)
    )  # fmt: skip
