"""The indicators of a project, and the form in which a value is entered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.evaluation.forms import MeasurementForm
from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.pages import parts_text, rows_of, value_text
from grants.evaluation.permissions import can_measure, can_view_values
from grants.evaluation.results import standing_of
from grants.evaluation.selectors import indicators_visible_to
from grants.evaluation.services import save_measurement, submit_measurement
from grants.evaluation.services.measuring import edition_of
from grants.evaluation.states import BEING_WRITTEN, UNDER_WAY, MeasurementState, Wave
from grants.implementation.pages import crumbs_of
from grants.projects.selectors import projects_visible_to
from grants.questionnaires.services import FileRefused
from workflows.exceptions import Blocked, NotPermitted, Refused, Stale


@login_required
@require_safe
def indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Every indicator of a project: where it stood, what was promised, what was reached, what shows it."""
    found = get_object_or_404(projects_visible_to(request.user).select_related("call", "organisation", "case"), pk=pk)
    context = {
        "project": found, "rows": rows_of(found, request.user), "crumbs": crumbs_of(found),
        "shows_values": can_view_values(request.user, found),
    }  # fmt: skip
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
    late: Measurement | None = None
    if request.method == "POST" and form.is_valid():
        try:
            answer = _save_or_submit(request, indicator, wave, form)
        except Stale:
            late = _written_meanwhile(indicator, wave)
            form = _shown_anew(form, late)
            answer = None
        if answer is not None:
            return answer
    standing = standing_of(indicator)
    context = {
        "indicator": indicator, "project": indicator.project, "wave": Wave(wave), "form": form, "known": under_way,
        "approved": approved, "late": late, "baseline": value_text(standing.baseline, indicator.measure),
        "has_baseline": standing.baseline is not None, "target": value_text(indicator.target, indicator.measure),
        "crumbs": crumbs_of(indicator.project, (_("Indicators"), indicator.get_absolute_url())),
        "saved": value_text(late.result, late.measure) if late else "", "parts": parts_text(late) if late else "",
    }  # fmt: skip
    status = 409 if late else 400 if form.errors else 200
    return render(request, "grants/evaluation/measure.html", context, status=status)


def _written_meanwhile(indicator: ProjectIndicator, wave: str) -> Measurement:
    """What somebody else of the team has saved; raises Stale where it is not being written any more."""
    found = indicator.measurements.filter(wave=wave, state__in=UNDER_WAY).first()
    if found is None or found.state not in BEING_WRITTEN:
        raise Stale(url=indicator.get_absolute_url())
    return found


def _shown_anew(form: MeasurementForm, late: Measurement) -> MeasurementForm:
    """The same entries once more, now beside what is saved; saving again keeps them."""
    data = form.data.copy()
    data["seen"] = edition_of(late)
    return MeasurementForm(
        data, indicator=form.indicator, wave=form.wave, known=late, correcting=late.corrects_id is not None
    )


def _save_or_submit(
    request: HttpRequest, indicator: ProjectIndicator, wave: str, form: MeasurementForm
) -> HttpResponse | None:
    """Save always; submit where asked. What stands in the way becomes errors, and everything typed stays."""
    try:
        saved: Measurement = save_measurement(
            indicator=indicator, wave=wave, by=request.user, content=form.content(),
            reason=form.cleaned_data.get("reason", ""), upload=form.cleaned_data.get("upload"),
            seen=form.cleaned_data["seen"] if "seen" in request.POST else None,
        )  # fmt: skip
        form.data = {**form.data.dict(), "seen": edition_of(saved)}  # what this very page has saved is nobody else's
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
