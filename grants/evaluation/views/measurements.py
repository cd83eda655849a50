"""One measurement: read, approved or returned."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grants.evaluation.models import Measurement
from grants.evaluation.pages import parts_text, value_text
from grants.evaluation.selectors import measurements_visible_to
from grants.evaluation.services import approve_measurement
from grants.implementation.pages import crumbs_of
from workflows.services import options_for

WITH = ("indicator__project__call", "indicator__project__organisation", "corrects", "submitted_by", "approved_by",
        "document", "case")  # fmt: skip


@login_required
@require_safe
def measurement(request: HttpRequest, pk: int) -> HttpResponse:
    """One value with what shows it; a coordinator approves it here or returns it with a reason."""
    found: Measurement = get_object_or_404(measurements_visible_to(request.user).select_related(*WITH), pk=pk)
    options = options_for([found], request.user)[found.pk]
    before = found.corrects
    context = {
        "measurement": found, "indicator": found.indicator, "project": found.indicator.project,
        "value": value_text(found.result, found.measure), "parts": parts_text(found),
        "target": value_text(found.indicator.target, found.measure), "has_value": found.has_value,
        "crumbs": crumbs_of(found.indicator.project, (_("Indicators"), found.indicator.get_absolute_url())),
        "before": value_text(before.result, before.measure) if before else "",
        "options": [option for option in options if option.name not in {"approve", "submit"}],
        "approve": next((option for option in options if option.name == "approve"), None),
        "submit": next((option for option in options if option.name == "submit"), None),
    }  # fmt: skip
    return render(request, "grants/evaluation/measurement.html", context)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a value count."""
    found = get_object_or_404(measurements_visible_to(request.user).select_related(*WITH), pk=pk)
    approve_measurement(measurement=found, by=request.user)
    messages.success(request, _("The value is approved; it counts from now on."))
    return redirect(found.indicator)
