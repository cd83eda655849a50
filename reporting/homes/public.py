"""The page that everybody may open: what this is, what is open now, what was funded, what came of it, who decides."""

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.calls.models import Call
from grants.calls.pages import SHOWN as CALL_PARTS
from grants.calls.selectors import public_calls
from grants.calls.states import CallState
from reporting.homes.parts import Number
from reporting.impact.selectors import reports_visible_to
from reporting.showcase.embeds import funded_block

OPEN_SHOWN = 6
REPORTS_SHOWN = 3


def open_calls() -> list[Call]:
    """Calls that take applications now, the next to close first. One query."""
    found = public_calls().filter(CALL_PARTS["open"], state=CallState.OPEN).select_related("programme")
    return list(found.order_by("closes_at", "code")[:OPEN_SHOWN])


def public_values(user: Any, now: datetime) -> dict[str, Any]:
    """Everything on the page, in six queries."""
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
        "funded": funded_block(user),
        "reports": rows,
    }
