"""The page that everybody may open: what this is, what is open now, what was funded, what came of it, who decides."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.calls.models import Call
from grants.calls.pages import SHOWN as CALL_PARTS
from grants.calls.selectors import public_calls
from grants.calls.states import CallState
from grants.projects.models import Project
from grants.projects.states import WITH_AWARD
from reporting.homes.parts import Number
from reporting.impact.selectors import reports_visible_to

OPEN_SHOWN = 6
REPORTS_SHOWN = 3


def open_calls() -> list[Call]:
    """Calls that take applications now, the next to close first. One query."""
    found = public_calls().filter(CALL_PARTS["open"], state=CallState.OPEN).select_related("programme")
    return list(found.order_by("closes_at", "code")[:OPEN_SHOWN])


def public_values(user: Any, now: datetime) -> dict[str, Any]:
    """Everything on the page, in four queries."""
    calls = public_calls().aggregate(
        past=Count("pk", filter=CALL_PARTS["past"]), upcoming=Count("pk", filter=CALL_PARTS["upcoming"])
    )
    reports = reports_visible_to(user).select_related("project__organisation", "call", "programme").defer("snapshot")
    rows = list(reports.order_by("-published_at", "-pk")[:REPORTS_SHOWN])
    listed = reverse("calls:list")
    return {
        "open": open_calls(),
        "upcoming": Number(calls["upcoming"], _("calls that will open"), f"{listed}?show=upcoming"),
        "past": Number(calls["past"], _("past calls"), f"{listed}?show=past"),
        "funded": funded(),
        "reports": rows,
    }


def funded() -> dict[str, Any]:
    """How many projects were funded in published calls, and with how much money. One query."""
    awarded = Q(state__in=WITH_AWARD, awarded_amount__isnull=False, decided_at__isnull=False)
    found = Project.objects.filter(awarded, call__in=public_calls(), case__is_test=False).aggregate(
        n=Count("pk"), amount=Sum("awarded_amount"), libraries=Count("organisation", distinct=True)
    )
    return found if found["n"] else {}
