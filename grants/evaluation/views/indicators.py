"""The indicators of a project, and the form in which a value is entered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.evaluation.forms import MeasurementForm
from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.pages import rows_of
from grants.evaluation.permissions import can_measure
from grants.evaluation.selectors import indicators_visible_to
from grants.evaluation.services import save_measurement, submit_measurement
from grants.evaluation.states import BEING_WRITTEN, UNDER_WAY, MeasurementState, Wave
from grants.projects.selectors import projects_visible_to
from grants.questionnaires.services import FileRefused
from workflows.exceptions import Blocked, NotPermitted, Refused, Stale


@login_required
@require_safe
def indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Every indicator of a project: where it stood, what was promised, what was reached, what shows it."""
    found = get_object_or_404(projects_visible_to(request.user).select_related("call", "organisation", "case"), pk=pk)
    context = {"project": found, "rows": rows_of(found, request.user)}
    return render(request, "grants/evaluation/indicators.html", context)


@login_required
def measure(request: HttpRequest, pk: int, wave: str) -> HttpResponse:
    """Enter, go on with or correct the value of one indicator in one wave."""
    indicator = get_object_or_404(indicators_visible_to(request.user).select_related("project__call"), pk=pk)
    if wave not in Wave.values:
        raise Http404
    if not can_measure(request.user, indicator):
        raise NotPermitted
    of_wave = list(indicator.measurements.filter(wave=wave).select_related("document").order_by("number"))
    under_way = next((one for one in of_wave if one.state in UNDER_WAY), None)
    if under_way is not None and under_way.state not in BEING_WRITTEN:
        raise Stale(url=under_way.get_absolute_url())
    approved = next((one for one in of_wave if one.state == MeasurementState.APPROVED), None)
    known = under_way or approved
    form = MeasurementForm(
        request.POST or None, request.FILES or None, indicator=indicator, wave=wave, known=known,
        correcting=approved is not None,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        answer = _save_or_submit(request, indicator, wave, form)
        if answer is not None:
            return answer
    context = {
        "indicator": indicator, "project": indicator.project, "wave": Wave(wave), "form": form, "known": under_way,
        "approved": approved,
    }  # fmt: skip
    return render(request, "grants/evaluation/measure.html", context, status=400 if form.errors else 200)


def _save_or_submit(
    request: HttpRequest, indicator: ProjectIndicator, wave: str, form: MeasurementForm
) -> HttpResponse | None:
    """Save always; submit where asked. What stands in the way becomes errors, and everything typed stays."""
    try:
        saved: Measurement = save_measurement(
            indicator=indicator, wave=wave, by=request.user, content=form.content(),
            reason=form.cleaned_data.get("reason", ""), upload=form.cleaned_data.get("upload"),
        )  # fmt: skip
        if "submit" in request.POST:
            submit_measurement(measurement=saved, by=request.user)
            messages.success(request, _("The value is submitted. A coordinator looks at it next."))
        else:
            messages.success(request, _("Saved. You can go on whenever you like."))
    except (NotPermitted, Stale):
        raise
    except FileRefused as refusal:
        form.add_error("upload", str(refusal))
        return None
    except Blocked as refusal:
        for obstacle in refusal.obstacles:
            form.add_error(None, str(obstacle))
        return None
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect(indicator)
