"""Funding sources, and how certain the money of each year is."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grants.money.arithmetic import MAX_MONEY, ZERO, Converted, to_cents
from grants.money.models import Funding, FundingSource, FundingStep
from grants.money.permissions import can_record_funding
from grants.money.states import STAGE_ORDER, STAGE_RANK, FundingStage
from workflows import clock
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.obstacles import Obstacle

SOURCES = (
    ("es", "ES lėšos", "EU funds"),
    ("valstybes", "Valstybės lėšos", "State funds"),
    ("savivaldybiu", "Savivaldybių lėšos", "Municipal funds"),
    ("asociacijos", "Asociacijos lėšos", "Association funds"),
    ("remeju", "Rėmėjų lėšos", "Sponsors' funds"),
    ("nuosavos", "Nuosavos lėšos", "Own funds"),
)
"""The five sources of the strategy document in its own order, and the grantee's own money."""


def load_sources() -> dict[str, FundingSource]:
    """Make or mend the six funding sources; safe to repeat. Answers them by code."""
    loaded = {}
    for order, (code, name_lt, name_en) in enumerate(SOURCES, start=1):
        facts = {"name_lt": name_lt, "name_en": name_en, "order": order}
        loaded[code] = FundingSource.objects.update_or_create(code=code, defaults=facts)[0]
    return loaded


@transaction.atomic
def open_funding(
    *,
    source: FundingSource,
    year: int,
    amount: Decimal,
    by: Any,
    stage: str = FundingStage.PLANNED,
    programme_code: str = "",
    reason: str = "",
    converted: Converted | None = None,
) -> Funding:
    """Begin to follow money of one source for one year, at any stage, with its first step.

    Raises NotPermitted, or Blocked where the source already has money for that year and programme or the amount is
    no amount. The source's row is locked, so that the slower of two people gets this sentence too.
    """
    _check_recorder(by)
    _check_amount(amount)
    FundingSource.objects.select_for_update(no_key=True).get(pk=source.pk)
    if Funding.objects.filter(source=source, year=year, programme_code=programme_code).exists():
        message = _("Money of this source for this year is already followed. Record a new stage of it instead.")
        raise Blocked([Obstacle("funding_exists", message)])
    reached, there = _furthest(figures_after(None, stage, amount))
    funding = Funding.objects.create(
        source=source, year=year, programme_code=programme_code, stage=reached, amount=there
    )
    _add_step(funding, None, stage=stage, amount=amount, by=by, reason=reason, converted=converted)
    return funding


@transaction.atomic
def record_stage(
    *,
    funding: Funding,
    stage: str,
    amount: Decimal,
    by: Any,
    reason: str = "",
    converted: Converted | None = None,
) -> FundingStep:
    """Record how much of a funding is now at a stage.

    Later stages never hold more than an earlier one: recording zero as confirmed takes back what was received too.
    Whatever makes a figure smaller needs a reason. The funding row is locked. Raises NotPermitted or Blocked.
    """
    _check_recorder(by)
    _check_amount(amount)
    locked = Funding.objects.select_for_update(no_key=True).get(pk=funding.pk)
    last = locked.steps.latest("ordinal")
    figures = figures_after(last, stage, amount)
    if (last.stage, last.amount) == (stage, amount) and all(figures[name] == getattr(last, name) for name in figures):
        return last  # a double click: it says what is recorded already
    if not reason.strip() and any(figures[name] < getattr(last, name) for name in STAGE_ORDER):
        message = _("Say why: an amount becomes smaller and a stage goes back only with a reason.")
        raise Blocked([Obstacle("reason_missing", message)])
    step = _add_step(locked, last, stage=stage, amount=amount, by=by, reason=reason.strip(), converted=converted)
    locked.stage, locked.amount = _furthest(figures)
    locked.save(update_fields=["stage", "amount"])
    funding.refresh_from_db(fields=["stage", "amount"])
    return step


def figures_after(last: FundingStep | None, stage: str, amount: Decimal) -> dict[str, Decimal]:
    """The four figures after a step, each counting what is at that stage or further on.

    An earlier stage is raised to at least `amount`, a later one lowered to at most `amount`.
    """
    rank = STAGE_RANK[stage]
    before = {name: getattr(last, name) if last else ZERO for name in STAGE_ORDER}
    return {
        name: max(before[name], amount) if STAGE_RANK[name] < rank else min(before[name], amount)
        for name in STAGE_ORDER
    } | {stage: amount}


def _furthest(figures: dict[str, Decimal]) -> tuple[str, Decimal]:
    """The furthest stage that has money, and how much is there; planned where there is none."""
    stage = next((name for name in reversed(STAGE_ORDER) if figures[name]), STAGE_ORDER[0])
    return stage, figures[stage]


def _add_step(
    funding: Funding,
    last: FundingStep | None,
    *,
    stage: str,
    amount: Decimal,
    by: Any,
    reason: str,
    converted: Converted | None,
) -> FundingStep:
    figures = figures_after(last, stage, amount)
    return FundingStep.objects.create(
        funding=funding,
        ordinal=last.ordinal + 1 if last else 1,
        stage=stage,
        reached=STAGE_RANK[_furthest(figures)[0]],
        reached_before=last.reached if last else 0,
        amount=amount,
        **figures,
        original_amount=converted.original_amount if converted else None,
        original_currency=converted.original_currency if converted else "",
        at=clock.now(),
        by_id=by.pk,
        reason=reason,
    )


def _check_recorder(by: Any) -> None:
    if by is not SYSTEM and not can_record_funding(by):
        raise NotPermitted(_("Only finance and the programme head record what money there is."))


def _check_amount(amount: Decimal) -> None:
    if not ZERO <= amount <= MAX_MONEY or amount != to_cents(amount):
        message = _("The amount must be zero or more, with at most two digits after the decimal mark.")
        raise Blocked([Obstacle("amount_invalid", message)])
