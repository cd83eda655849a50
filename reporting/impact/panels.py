"""What impact reports add to the working pages of projects and calls."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from reporting.impact.permissions import can_request
from reporting.impact.selectors import reports_visible_to
from reporting.impact.states import FROZEN_STATES

SHOWN = 5


def project_panel(project: Any, user: Any) -> dict[str, Any]:
    """The reports of a project, and the way to ask for one."""
    if project.decided_at is None:
        return {}
    return _panel({"project": project}, project, user, f"?project={project.number}")


def call_panel(call: Any, user: Any) -> dict[str, Any]:
    """The reports of a call, and the way to ask for one."""
    return _panel({"call": call}, call, user, f"?subject=call:{call.pk}")


def asking_again(report: Any, user: Any) -> str:
    """The address of the form that asks for the same report once more; empty for who may not ask."""
    if not can_request(user, report.subject):
        return ""
    about = {"project": report.project.number} if report.project else {"subject": f"{report.scope}:{report.subject.pk}"}
    return f"{reverse('impact:new')}?{urlencode(about)}"


def _panel(about: dict[str, Any], subject: Any, user: Any, query: str) -> dict[str, Any]:
    found = reports_visible_to(user).filter(state__in=FROZEN_STATES, **about)
    reports = list(found.select_related("project", "call", "programme").defer("snapshot")[:SHOWN])
    url = reverse("impact:new") + query if can_request(user, subject) else ""
    return {"reports": reports, "new_url": url} if reports or url else {}
