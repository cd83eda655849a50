"""The money that stands behind a call."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from grants.calls.models import Call, CallFunding
from grants.calls.permissions import can_manage_call
from grants.calls.selectors import money_left
from grants.calls.states import CallState
from grants.money.arithmetic import ZERO
from grants.money.models import Funding
from grants.money.selectors import committed_by_funding
from grants.money.services import commit
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.formatting import euro
from workflows.models import Case
from workflows.obstacles import Obstacle
from workflows.services.log import locked_case

FIXED = frozenset({CallState.DECIDED, CallState.ARCHIVED, CallState.CANCELLED})


def set_fundings(*, call: Call, amounts: Mapping[Funding, Decimal], by: Any) -> None:
    """Say which fundings stand behind a call and with how much each, in EUR; nothing or 0 takes one away.

    Raises NotPermitted, or Refused where a sum is negative, the call is past its decision, or more than the new sum
    is committed already.
    """
    if not can_manage_call(by, call):
        raise NotPermitted
    if any(amount < 0 for amount in amounts.values()):
        raise Refused(_("A sum cannot be negative."))
    with transaction.atomic():
        locked_case(call.case_id)
        call.refresh_from_db()
        if call.state in FIXED:
            raise Refused(_("The call is decided; its money is not changed any more."))
        _check_committed(call, amounts)
        call.fundings.all().delete()
        CallFunding.objects.bulk_create(
            CallFunding(call=call, funding=funding, amount=amount) for funding, amount in amounts.items() if amount
        )


def _check_committed(call: Call, amounts: Mapping[Funding, Decimal]) -> None:
    new = {funding.pk: amount for funding, amount in amounts.items()}
    committed = {pk: sum_ for pk, sum_ in committed_by_funding(call.case).items() if sum_ > new.get(pk, ZERO)}
    for funding in Funding.objects.filter(pk__in=committed).select_related("source")[:1]:
        words = {"funding": funding, "committed": euro(committed[funding.pk])}
        raise Refused(_("%(funding)s: %(committed)s is committed already; name at least as much.") % words)


def commit_from_call(
    *, call: Call, case: Case, amount: Decimal, by: Any, key: str, note: str
) -> list[tuple[Funding, Decimal]]:
    """Commit an award in EUR from the fundings behind the call, in their order; answers how much came from which.

    The caller holds the lock of the call and has asked whether `by` may. key names the award: the same award is
    committed once. Raises Blocked, and then nothing is committed, where the money behind the call does not suffice.
    """
    with transaction.atomic():
        left, parts = amount, []
        for funding, free in money_left(call):
            part = min(left, free)
            if part > 0:
                commit(
                    funding=funding, case=case, call_case=call.case, amount=part, by=by, note=note,
                    key=f"{key}-{funding.pk}",
                )  # fmt: skip
                parts.append((funding, part))
                left -= part
        if left > 0:
            text = _("%(project)s: %(left)s of the award has no money behind it. Look at the fundings of the call.")
            raise Blocked([Obstacle("no_money", text % {"project": case.number, "left": euro(left)})])
    return parts
