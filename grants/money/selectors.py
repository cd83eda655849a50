"""Balances as of any date, and who sees which rows."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from grants.money.arithmetic import ZERO, to_cents
from grants.money.models import Funding, FundingStep, LedgerEntry
from grants.money.permissions import can_view_money
from grants.money.states import EntryKind
from workflows.models import Case
from workflows.policy import without_excluded

AsOf = date | datetime | None


@dataclass(frozen=True)
class Balance:
    """What there is and what was done with it, in euros.

    `planned` … `received` count money at that stage or further on. `available` starts from what is at least
    **confirmed**: a plan or a promise is shown, but nobody may commit it, because a signed agreement outlives a broken
    promise; and money that is confirmed but not yet received can be committed, since payments follow later.
    """

    planned: Decimal = ZERO
    promised: Decimal = ZERO
    confirmed: Decimal = ZERO
    received: Decimal = ZERO
    reserved: Decimal = ZERO
    committed: Decimal = ZERO
    paid: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def available(self) -> Decimal:
        """Confirmed − reserved − committed; negative where more was given than there is."""
        return self.confirmed - self.reserved - self.committed

    @property
    def to_pay(self) -> Decimal:
        """Committed and not yet paid (returned money counts as unpaid)."""
        return self.committed - self.paid

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(**{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(self)})


@dataclass(frozen=True)
class FundingBalance:
    """A funding and its balance."""

    funding: Funding
    balance: Balance


def first_moment(day: date) -> datetime:
    """Midnight at which a day begins in the funder's zone."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def last_moment(as_of: AsOf) -> datetime | None:
    """The last moment that counts: a date includes its whole day in the funder's zone."""
    if as_of is None or isinstance(as_of, datetime):
        return as_of
    if as_of.year >= 9999:  # the day after would be past the end of the calendar
        return datetime.max.replace(tzinfo=UTC)
    return first_moment(as_of + timedelta(days=1)) - timedelta(microseconds=1)


def until(as_of: AsOf) -> Q:
    """The filter for rows recorded up to and including `as_of`."""
    moment = last_moment(as_of)
    return Q() if moment is None else Q(at__lte=moment)


def _movements(entries: QuerySet[LedgerEntry], *group: str) -> dict[Hashable, Balance]:
    """Reserved, committed and paid per group, in one query.

    reserved = Σ reserve − what commitments took out of reservations − what was given back of them;
    committed = Σ commit − Σ decommit of commitments; paid = Σ pay − Σ return.
    """
    kinds = {kind.value: Sum("amount", filter=Q(kind=kind)) for kind in EntryKind}
    taken = {"taken": Sum("own_reserved") + Sum("call_reserved")}
    given_back = {"given_back": Sum("own_reserved", filter=Q(kind=EntryKind.DECOMMIT))}
    rows = (
        entries.order_by().values(*group).annotate(**{f"sum_{k}": v for k, v in (kinds | taken | given_back).items()})
    )
    return {tuple(row[name] for name in group): _balance_of_sums(row) for row in rows}


def _balance_of_sums(row: dict[str, Any]) -> Balance:
    def total(name: str) -> Decimal:
        return to_cents(row[f"sum_{name}"] or ZERO)

    return Balance(
        reserved=total("reserve") - total("taken"),
        committed=total("commit") - (total("decommit") - total("given_back")),
        paid=total("pay") - total("return"),
        returned=total("return"),
    )


STAGES = ("planned", "promised", "confirmed", "received")


def with_stages(fundings: QuerySet[Funding], as_of: AsOf = None) -> QuerySet[Funding]:
    """Each funding with the figures of its last step up to `as_of`: `last_planned` … `last_received`."""
    steps = FundingStep.objects.filter(until(as_of), funding=OuterRef("pk")).order_by("-ordinal")
    return fundings.annotate(**{f"last_{stage}": Subquery(steps.values(stage)[:1]) for stage in STAGES})


def _stage_figures(funding: Any) -> Balance:
    return Balance(**{stage: to_cents(getattr(funding, f"last_{stage}") or ZERO) for stage in STAGES})


def balance_of(funding: Funding, as_of: AsOf = None) -> Balance:
    """The balance of one funding, from its steps and entries up to `as_of` (a date counts whole)."""
    movement = _movements(LedgerEntry.objects.filter(until(as_of), funding=funding), "funding_id")
    staged = with_stages(Funding.objects.filter(pk=funding.pk), as_of).get()
    return _stage_figures(staged) + movement.get((funding.pk,), Balance())


def balances(fundings: QuerySet[Funding] | None = None, as_of: AsOf = None) -> list[FundingBalance]:
    """The balance of every funding, in two queries whatever their number."""
    chosen = (Funding.objects.all() if fundings is None else fundings).select_related("source")
    rows = list(with_stages(chosen, as_of))
    movements = _movements(LedgerEntry.objects.filter(until(as_of), funding__in=rows), "funding_id")
    return [FundingBalance(row, _stage_figures(row) + movements.get((row.pk,), Balance())) for row in rows]


def grouped(rows: Iterable[FundingBalance], *names: str) -> dict[Hashable, Balance]:
    """Add balances up by attributes of the funding: grouped(rows, "source_id"), grouped(rows, "source_id", "year")."""
    sums: dict[Hashable, Balance] = defaultdict(Balance)
    for row in rows:
        key = tuple(getattr(row.funding, name) for name in names)
        sums[key if len(key) > 1 else key[0]] += row.balance
    return dict(sums)


def total(rows: Iterable[FundingBalance]) -> Balance:
    """All balances together."""
    return sum((row.balance for row in rows), Balance())


def case_balance(case: Case, as_of: AsOf = None, *, funding: Funding | None = None) -> Balance:
    """Reserved, committed and paid for one case (of one funding or of all); the stages stay zero."""
    own = LedgerEntry.objects.filter(until(as_of))
    if funding is not None:
        own = own.filter(funding=funding)
    sums = own.filter(case=case).aggregate(
        reserve=Sum("amount", filter=Q(kind=EntryKind.RESERVE)),
        own=Sum("own_reserved"),
        commit=Sum("amount", filter=Q(kind=EntryKind.COMMIT)),
        decommit=Sum("amount", filter=Q(kind=EntryKind.DECOMMIT, own_reserved=0)),
        pay=Sum("amount", filter=Q(kind=EntryKind.PAY)),
        returned=Sum("amount", filter=Q(kind=EntryKind.RETURN)),
    )
    by_children = own.filter(call_case=case).aggregate(taken=Sum("call_reserved"))["taken"]
    value = {name: to_cents(amount or ZERO) for name, amount in sums.items()}
    return Balance(
        reserved=value["reserve"] - value["own"] - to_cents(by_children or ZERO),
        committed=value["commit"] - value["decommit"],
        paid=value["pay"] - value["returned"],
        returned=value["returned"],
    )


def call_balance(call_case: Case, as_of: AsOf = None) -> Balance:
    """Reserved, committed and paid for a call and every case of it."""
    entries = LedgerEntry.objects.filter(until(as_of)).filter(Q(case=call_case) | Q(call_case=call_case))
    rows = _movements(entries, "currency")
    return sum(rows.values(), Balance())


def committed_by_funding(call_case: Case) -> dict[int, Decimal]:
    """What is committed under a call, by the id of the funding it comes from, EUR; what was set free is not in it."""
    entries = LedgerEntry.objects.filter(Q(case=call_case) | Q(call_case=call_case))
    rows = entries.order_by().values("funding_id").annotate(
        taken=Sum("amount", filter=Q(kind=EntryKind.COMMIT)),
        freed=Sum("amount", filter=Q(kind=EntryKind.DECOMMIT, own_reserved=0)),
    )  # fmt: skip
    return {row["funding_id"]: to_cents((row["taken"] or ZERO) - (row["freed"] or ZERO)) for row in rows}


@dataclass(frozen=True)
class YearOfMoney:
    """The fundings of one year with their balances, and all of them together."""

    year: int
    rows: list[FundingBalance]
    total: Balance


def overview_for(user: Any, as_of: AsOf = None) -> tuple[list[YearOfMoney], Balance]:
    """Sources × years for those who see money, newest year first, and the grand total."""
    rows = balances(fundings_visible_to(user), as_of)
    years = sorted({row.funding.year for row in rows}, reverse=True)
    by_year = [[row for row in rows if row.funding.year == year] for year in years]
    return [YearOfMoney(year, of, total(of)) for year, of in zip(years, by_year, strict=True)], total(rows)


def fundings_visible_to(user: Any) -> QuerySet[Funding]:
    """Fundings, for those who see money; none for others."""
    return Funding.objects.select_related("source") if can_view_money(user) else Funding.objects.none()


def ledger_visible_to(user: Any) -> QuerySet[LedgerEntry]:
    """Entries, for those who see money, without cases from which the person is excluded."""
    if not can_view_money(user):
        return LedgerEntry.objects.none()
    entries = LedgerEntry.objects.select_related("funding__source", "case", "call_case", "by")
    return without_excluded(entries, user, case="case")


def hidden_entries(user: Any) -> int:
    """How many entries a person who sees money is not shown, because they are kept away from their cases.

    Balances count them all the same: sums of a funding are among the totals that excluded staff may see.
    """
    return LedgerEntry.objects.count() - ledger_visible_to(user).count() if can_view_money(user) else 0
