"""What can be downloaded of a report."""

import logging
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from grants.questionnaires.canonical import canonical_json
from reporting.impact.models import ImpactReport
from reporting.impact.selectors import reports_visible_to
from reporting.impact.shown import shown_report
from reporting.impact.states import FROZEN_STATES
from reporting.tables import csv_of

log = logging.getLogger(__name__)


def _report(request: HttpRequest, public_id: UUID) -> ImpactReport:
    visible = reports_visible_to(request.user).filter(state__in=FROZEN_STATES)
    return get_object_or_404(visible.select_related("project", "call", "programme"), public_id=public_id)


def _name(report: ImpactReport, ending: str) -> str:
    code = slugify(report.snapshot["facts"]["code"])
    return f"{code}-{report.as_of:%Y-%m-%d}{ending}"


@require_safe
def pdf(request: HttpRequest, public_id: UUID, language: str) -> FileResponse:
    """The tagged PDF in a language."""
    report = _report(request, public_id)
    made = get_object_or_404(report.files, language=language)
    try:
        content = made.file.open("rb")
    except OSError:
        log.error("The PDF %s of the report %s is not in the storage.", made.pk, report.public_id)
        raise Http404
    name = _name(report, f"-{language}.pdf")
    return FileResponse(content, as_attachment=False, filename=name, content_type="application/pdf")


@require_safe
def table(request: HttpRequest, public_id: UUID, name: str) -> HttpResponse:
    """One table as CSV, in the reader's language."""
    report = _report(request, public_id)
    found = shown_report(report).table(name)
    if found is None:
        raise Http404
    answer = HttpResponse(csv_of(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(report, f"-{name}.csv")}"'
    return answer


@require_safe
def figures(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The frozen figures themselves; the SHA-256 of these bytes is the one printed in the report."""
    report = _report(request, public_id)
    answer = HttpResponse(canonical_json(report.snapshot), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{_name(report, ".json")}"'
    return answer
