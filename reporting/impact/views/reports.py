"""Reports: the list, one report, and asking for one."""

import secrets
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reporting.impact.forms import RequestForm
from reporting.impact.models import ImpactReport
from reporting.impact.panels import asking_again
from reporting.impact.permissions import can_request_reports, opens_rows
from reporting.impact.selectors import job_of, reports_visible_to
from reporting.impact.services import request_report
from reporting.impact.shown import shown_report
from reporting.impact.shown.parts import Document
from reporting.impact.states import ReportState
from reporting.tables import Table
from workflows.exceptions import NotPermitted
from workflows.services import options_for

FIRST = 20
"""Rows of a table that stand in the report itself; where there are more, a page of its own has them all."""
ROWS = 100
"""Rows on a page of one table."""
WITH = ("project__organisation", "call", "programme", "case", "requested_by")


@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """Published reports for everybody; for the funder's people all, or those of one `state`."""
    found = reports_visible_to(request.user).select_related(*WITH).defer("snapshot")
    if request.GET.get("state") in ReportState.values:
        found = found.filter(state=request.GET["state"])
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"page": page, "may_request": can_request_reports(request.user)}
    return render(request, "reporting/impact/list.html", context)


@require_GET
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One report; before it is assembled, how far it is."""
    found: ImpactReport = get_object_or_404(
        reports_visible_to(request.user).select_related(*WITH).prefetch_related("files"), public_id=public_id
    )
    signed_in = request.user.is_authenticated
    options = options_for([found], request.user)[found.pk] if signed_in else []
    context = {
        "report": found, "options": options, "files": list(found.files.all()),
        "crumbs": [(_("What changed"), reverse("impact:list"))],
        "linked": signed_in and opens_rows(request.user, found),
    }  # fmt: skip
    if found.state == ReportState.REQUESTED:
        context |= {"job": job_of(found, request.user), "new_url": asking_again(found, request.user)}
        return render(request, "reporting/impact/waiting.html", context)
    document = shown_report(found)
    if (table := document.table(request.GET.get("table", ""))) is not None:
        page = Paginator(table.lines, ROWS).get_page(request.GET.get("page"))
        return render(request, "reporting/impact/rows.html", context | _rows_of(document, table, page))
    return render(request, "reporting/impact/report.html", context | {"document": document, "first": FIRST})


def _rows_of(document: Document, table: Table, page: Page) -> dict[str, Any]:
    """What the page of one table's rows needs: the table with the rows of this page only."""
    rows = [[cell for _column, cell in line] for line in page.object_list]
    return {"document": document, "table": replace(table, rows=rows), "page": page}


@login_required
def report_new(request: HttpRequest) -> HttpResponse:
    """Ask for a report; a job assembles it, and its page says how far it is."""
    if not can_request_reports(request.user):
        raise NotPermitted
    start = {"key": secrets.token_urlsafe(16), "number": request.GET.get("project", ""),
             "subject": request.GET.get("subject", "")}  # fmt: skip
    form = RequestForm(request.POST or None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        key = f"impact-{asked['key']}" if asked["key"] else None
        _report, job = request_report(scope=asked["scope"], subject=asked["about"], by=request.user, key=key)
        messages.success(request, _("The report is being assembled. You can leave this page; it goes on."))
        return redirect(job)
    context = {
        "title": _("Ask for an impact report"), "form": form, "action_label": _("Assemble the report"),
        "lead": _("The figures are gathered as they are now and frozen. The public reads them once you publish them."),
        "back_url": reverse("impact:list"), "back_label": _("Back to the reports"),
        "crumbs": [(_("What changed"), reverse("impact:list"))],
    }  # fmt: skip
    return render(request, "confirm.html", context, status=400 if form.errors else 200)
