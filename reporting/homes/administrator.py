"""The administrator's home: who may do what, organisations without a second administrator, how the machine is."""

from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.accounts.selectors import role_grants_visible_to
from grants.accounts.states import Role
from grants.organisations.models import Membership, Organisation
from grants.organisations.states import RECOMMENDED_ADMINS, MemberRole
from reporting.homes import counting, system
from reporting.homes.auditor import people
from reporting.homes.coordinator import system_block
from reporting.homes.parts import Number, Page, block, shown
from reporting.homes.roles import home_of_role
from workflows.services.health import signs

SIGNS = {
    "database": _("Database"), "queue_age": _("Queue"), "heartbeat_age": _("Background worker"),
    "disk_free": _("Disk"),
}  # fmt: skip


def lonely() -> QuerySet[Organisation]:
    """Organisations with members but fewer than two administrators whose accounts are open, each with both numbers."""
    active = Membership.objects.filter(left_at__isnull=True, user__is_active=True, organisation=OuterRef("pk"))
    return Organisation.objects.annotate(
        members_now=_number(active), admins_now=_number(active.filter(role=MemberRole.ADMIN))
    ).filter(members_now__gt=0, admins_now__lt=RECOMMENDED_ADMINS)


def _number(rows: QuerySet[Membership]) -> Coalesce:
    of_one = rows.order_by().values("organisation").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(of_one, output_field=IntegerField()), 0)


def build(user: Any, now: datetime) -> Page:
    """All blocks, in eight queries whatever their rows."""
    counts = counting.counted({**system.things(user, now), "alone": lonely()})
    found = signs()
    states = [(label, found[key].well) for key, label in SIGNS.items() if key in found]
    alone = Number(counts["alone"], _("organisations without a second administrator"), reverse("lonely"), warn=True)
    return Page(
        main=block("_titled_numbers", system_block(counts)),
        aside=block("_people", people(role_grants_visible_to(user))),
        pairs=[
            *block("_health", {"signs": states, "well": all(well for _label, well in states)}),
            *block("_titled_numbers", {"id": "lonely", "title": _("Organisations"), "numbers": [alone]}
                   if shown([alone]) else None),
        ],
    )  # fmt: skip


HOME = home_of_role(Role.ADMINISTRATOR, _("Administrator"), build)
