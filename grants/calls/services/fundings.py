"""The money that stands behind a call."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from grants.calls.models import Call, CallFunding
from grants.calls.permissions import can_manage_call
from grants.calls.states import CallState
from grants.money.models import Funding
from workflows.exceptions import NotPermitted, Refused
from workflows.services.log import locked_case

FIXED = frozenset({CallState.DECIDED, CallState.ARCHIVED, CallState.CANCELLED})


def set_fundings(*, call: Call, amounts: Mapping[Funding, Decimal], by: Any) -> None:
    """Say which fundings stand behind a call and with how much each, in EUR; nothing or 0 takes one away.

    Raises NotPermitted, or Refused where a sum is negative or the call is past its decision.
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
        call.fundings.all().delete()
        CallFunding.objects.bulk_create(
            CallFunding(call=call, funding=funding, amount=amount) for funding, amount in amounts.items() if amount
        )
