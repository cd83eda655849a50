"""The auditor's home: search, exports, and whether the chain of the log is whole. Reads everything, changes nothing."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.accounts.selectors import role_grants_visible_to
from grants.accounts.states import Role
from reporting.homes import money, pipeline
from reporting.homes.parts import Page, block
from reporting.homes.roles import home_of_role
from workflows.models import Seal, TransitionRecord


def chain() -> dict[str, Any]:
    """The last seal of the log, and how many steps were written since. Two queries."""
    last = Seal.objects.order_by("-pk").first()
    since = TransitionRecord.objects.filter(at__gt=last.at).count() if last else TransitionRecord.objects.count()
    return {"seal": last, "since": since}


def people(grants: Any) -> dict[str, Any]:
    """Who holds which role now, in numbers, for those who may know. One query."""
    held = grants.filter(until__isnull=True).aggregate(
        **{role.value: Count("user", filter=Q(role=role), distinct=True) for role in Role}
    )
    address = reverse("accounts:roles")
    return {"roles": [(role.label, held[role.value], address) for role in Role]}


def build(user: Any, now: datetime) -> Page:
    """All blocks, in ten queries whatever their rows."""
    return Page(
        main=[*block("_reading", {"exports": True}), *block("_chain", chain())],
        aside=block("_people", people(role_grants_visible_to(user))),
        wide=block("_pipeline", pipeline.pipeline(pipeline.rows_in_hand(user, now), now)),
        pairs=block("_money", money.of_year(user, now)),
    )


HOME = home_of_role(Role.AUDITOR, _("Auditor"), build)
