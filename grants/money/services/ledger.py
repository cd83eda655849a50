"""The five acts of the ledger. Each happens once per key, under the lock of its case and funding."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from grants.money.arithmetic import MAX_MONEY, ZERO, Converted, to_cents
from grants.money.models import Funding, LedgerEntry
from grants.money.permissions import can_override_limit
from grants.money.selectors import balance_of, case_balance
from grants.money.states import EntryKind
from workflows import clock
from workflows.exceptions import Blocked, NotPermitted
from workflows.formatting import euro
from workflows.models import Case
from workflows.obstacles import Obstacle

euro_in_words = lazy(euro, str)


@dataclass(frozen=True)
class Act:
    """What somebody asks the ledger to do."""

    kind: str
    funding: Funding
    case: Case
    amount: Decimal
    by: Any
    key: str
    note: str = ""
    call_case: Case | None = None
    override_reason: str = ""
    converted: Converted | None = None
    gives_back_reservation: bool = False

    def is_repeated_by(self, entry: LedgerEntry) -> bool:
        """Whether the entry with this key is the answer to the same request."""
        same = (self.kind, self.funding.pk, self.case.pk, self.amount)
        known = (entry.kind, entry.funding_id, entry.case_id, entry.amount)
        gave_back = entry.kind == EntryKind.DECOMMIT and entry.own_reserved > 0
        return same == known and self.gives_back_reservation == gave_back


def reserve(
    *,
    funding: Funding,
    case: Case,
    amount: Decimal,
    by: Any,
    key: str,
    note: str = "",
    call_case: Case | None = None,
    override_reason: str = "",
) -> LedgerEntry:
    """Set money aside for a case (a call that opens, a project on the reserve list). In euros.

    Raises Blocked with what is left where the funding has not enough, unless the programme head gives
    `override_reason`; NotPermitted where somebody else tries to. The same key twice answers the first entry.
    """
    act = Act(EntryKind.RESERVE, funding, case, amount, by, key, note, call_case, override_reason.strip())
    return _enter(act)


def release_reservation(
    *, funding: Funding, case: Case, amount: Decimal, by: Any, key: str, note: str = "", call_case: Case | None = None
) -> LedgerEntry:
    """Give back what a case has reserved and not used. Raises Blocked where that is less than `amount`."""
    act = Act(EntryKind.DECOMMIT, funding, case, amount, by, key, note, call_case, gives_back_reservation=True)
    return _enter(act)


def commit(
    *,
    funding: Funding,
    case: Case,
    amount: Decimal,
    by: Any,
    key: str,
    note: str = "",
    call_case: Case | None = None,
    override_reason: str = "",
    converted: Converted | None = None,
) -> LedgerEntry:
    """Bind money to a case: an award. In euros; `converted` keeps the sum in its original currency too.

    Takes first what the case itself has reserved, then what its call has, then what the funding has left. Raises
    Blocked naming what is left where that is not enough, unless the programme head gives `override_reason`.
    """
    act = Act(EntryKind.COMMIT, funding, case, amount, by, key, note, call_case, override_reason.strip(), converted)
    return _enter(act)


def decommit(
    *, funding: Funding, case: Case, amount: Decimal, by: Any, key: str, note: str = "", call_case: Case | None = None
) -> LedgerEntry:
    """Set committed money free again. At most what is committed to the case and not paid."""
    return _enter(Act(EntryKind.DECOMMIT, funding, case, amount, by, key, note, call_case))


def pay(
    *,
    funding: Funding,
    case: Case,
    amount: Decimal,
    by: Any,
    key: str,
    note: str = "",
    call_case: Case | None = None,
    converted: Converted | None = None,
) -> LedgerEntry:
    """Record a payment. At most what is committed to the case and not yet paid."""
    return _enter(Act(EntryKind.PAY, funding, case, amount, by, key, note, call_case, converted=converted))


def return_money(
    *, funding: Funding, case: Case, amount: Decimal, by: Any, key: str, note: str = "", call_case: Case | None = None
) -> LedgerEntry:
    """Record money that came back from a grantee. At most what was paid. It stays committed until decommitted."""
    return _enter(Act(EntryKind.RETURN, funding, case, amount, by, key, note, call_case))


def _enter(act: Act) -> LedgerEntry:
    """Lock, answer a repeated key, check the limits, add the entry.

    The case is locked before the funding, as in `perform`, which holds the case while a consequence comes here:
    taken the other way round, two acts could wait for each other for ever.
    """
    _check_amount(act.amount)
    with clock.reading(), transaction.atomic():
        now = clock.now()
        Case.objects.select_for_update(no_key=True).get(pk=act.case.pk)
        Funding.objects.select_for_update(no_key=True).get(pk=act.funding.pk)
        earlier = LedgerEntry.objects.filter(key=act.key).first()
        return _repeated(act, earlier) if earlier else _added(act, now)


def _added(act: Act, now: datetime) -> LedgerEntry:
    own, of_call = _checked_parts(act)
    return LedgerEntry.objects.create(
        kind=act.kind,
        amount=act.amount,
        funding=act.funding,
        case=act.case,
        call_case=act.call_case,
        own_reserved=own,
        call_reserved=of_call,
        original_amount=act.converted.original_amount if act.converted else None,
        original_currency=act.converted.original_currency if act.converted else "",
        at=now,
        by_id=act.by.pk,
        note=act.note,
        override_reason=act.override_reason,
        key=act.key,
    )


def _repeated(act: Act, earlier: LedgerEntry) -> LedgerEntry:
    if act.is_repeated_by(earlier):
        return earlier
    message = _("This was already recorded with another amount or for another case.")
    raise Blocked([Obstacle("key_used", message)])


def _checked_parts(act: Act) -> tuple[Decimal, Decimal]:
    """How much comes out of reservations; raises Blocked where a limit would be passed."""
    held = case_balance(act.case, funding=act.funding)
    if act.gives_back_reservation:
        _require(act, held.reserved, "over_reserved", _("Only {left} is reserved; {asked} was to be given back."))
        return act.amount, ZERO
    if act.kind == EntryKind.DECOMMIT:
        message = _("Only {left} is committed and not paid; {asked} was to be set free.")
        _require(act, held.to_pay, "over_decommit", message)
    elif act.kind == EntryKind.PAY:
        _require(act, held.to_pay, "over_pay", _("Only {left} is committed and not yet paid; {asked} was to be paid."))
    elif act.kind == EntryKind.RETURN:
        _require(act, held.paid, "over_return", _("Only {left} was paid; {asked} was to be returned."))
    else:
        return _parts_of_taking(act, held.reserved)
    return ZERO, ZERO


def _parts_of_taking(act: Act, reserved: Decimal) -> tuple[Decimal, Decimal]:
    """For a reservation or commitment: what reservations cover, and whether the funding has the rest."""
    own = of_call = ZERO
    if act.kind == EntryKind.COMMIT:
        own = min(act.amount, max(reserved, ZERO))
        if act.call_case is not None and act.call_case.pk != act.case.pk:
            kept = case_balance(act.call_case, funding=act.funding).reserved
            of_call = min(act.amount - own, max(kept, ZERO))
    left = balance_of(act.funding).available + own + of_call
    if act.amount > left:
        _check_override(act, left)
    return own, of_call


def _check_override(act: Act, left: Decimal) -> None:
    if act.override_reason and can_override_limit(act.by, act.funding):
        return
    if act.override_reason:
        raise NotPermitted(_("Only the programme head may go over what a funding has left."))
    _require(act, left, "over_commit", _("{funding}: {left} is left; {asked} was asked for."))


def _require(act: Act, left: Decimal, code: str, sentence: Any) -> None:
    if act.amount > left:
        message = format_lazy(sentence, funding=act.funding, left=euro_in_words(left), asked=euro_in_words(act.amount))
        raise Blocked([Obstacle(code, message, act.funding.get_absolute_url())])


def _check_amount(amount: Decimal) -> None:
    if not ZERO < amount <= MAX_MONEY or amount != to_cents(amount):
        message = _("The amount must be more than zero, with at most two digits after the decimal mark.")
        raise Blocked([Obstacle("amount_invalid", message)])
