"""Payments: put forward by one, approved by another, recorded with the ledger in one transaction."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grants.implementation.models import Payment
from grants.money import services as money
from grants.money.models import Funding, LedgerEntry
from grants.money.selectors import case_balance
from workflows import clock
from workflows.exceptions import Blocked
from workflows.formatting import euro
from workflows.models import TransitionRecord
from workflows.obstacles import Obstacle
from workflows.services import perform


def request_payment(*, payment: Payment, by: Any, condition_note: str = "", key: str | None = None) -> TransitionRecord:
    """Put an instalment forward; raises Blocked with every condition that is not met."""
    return perform(payment, "request", by=by, condition_note=condition_note, key=key)


def return_payment(*, payment: Payment, by: Any, note: str) -> TransitionRecord:
    """Do not agree to an instalment that somebody put forward."""
    return perform(payment, "return_request", by=by, note=note)


def approve_payment(*, payment: Payment, by: Any, key: str | None = None) -> TransitionRecord:
    """Agree to an instalment that somebody else put forward."""
    return perform(payment, "approve", by=by, key=key)


def revoke_approval(*, payment: Payment, by: Any, note: str) -> TransitionRecord:
    """Take back the approval of an instalment that has not left yet; it must be put forward again."""
    return perform(payment, "revoke", by=by, note=note)


def pay_payment(
    *, payment: Payment, by: Any, paid_on: date, reference: str = "", key: str | None = None
) -> TransitionRecord:
    """Record that the money left; the ledger is written in the same transaction, from the fundings of the award."""
    with clock.reading(), transaction.atomic():
        record = perform(payment, "pay", by=by, paid_on=paid_on, reference=reference, key=key)
        step = f"payment-{payment.pk}-{record.subject_version}"
        # There already where the first answer to this key was given again.
        if not LedgerEntry.objects.filter(case=payment.case_id, key__startswith=f"{step}-").exists():
            _enter_in_ledger(payment, by, step)
    return record


def _enter_in_ledger(payment: Payment, by: Any, step: str) -> None:
    """Take the sum from what is committed to the case and not paid, funding by funding in the order of the shares."""
    left = payment.amount
    case, call_case = payment.case, payment.project.call.case
    for funding in Funding.objects.filter(entries__case=case).distinct().order_by("year", "source__order", "pk"):
        part = min(left, max(case_balance(case, funding=funding).to_pay, Decimal(0)))
        if part > 0:
            money.pay(
                funding=funding, case=case, call_case=call_case, amount=part, by=by,
                key=f"{step}-{funding.pk}", note=payment.label,
            )  # fmt: skip
            left -= part
    if left > 0:
        text = _("%(left)s of this payment was never committed. Look at the ledger of the project.")
        raise Blocked([Obstacle("not_committed", text % {"left": euro(left)})])


def fail_payment(*, payment: Payment, by: Any, note: str) -> TransitionRecord:
    """Record that the bank returned the money before it was recorded as paid."""
    return perform(payment, "fail", by=by, note=note)


def cancel_payment(*, payment: Payment, by: Any, note: str) -> TransitionRecord:
    """An instalment will not be paid."""
    return perform(payment, "cancel", by=by, note=note)
