"""Pages of money: the overview, one funding, the ledger."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.money import services
from grants.money.exports import ledger_csv
from grants.money.filters import LedgerFilter
from grants.money.forms import AsOfForm, FundingForm, StageForm
from grants.money.permissions import can_record_funding, can_view_money
from grants.money.selectors import balance_of, fundings_visible_to, hidden_entries, ledger_visible_to, overview_for
from workflows.exceptions import Blocked
from workflows.panels import panels_for

PAGE = 50

PANELS = "money.overview"
"""Place for panels (workflows.panels.Panel) of later rooms on the overview; they are given the day it is as of."""


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Sources × years as of a day: every figure leads to the rows behind it."""
    if not can_view_money(request.user):
        raise PermissionDenied
    form = AsOfForm(request.GET)
    as_of = form.cleaned_data["as_of"] if form.is_valid() else None
    years, everything = overview_for(request.user, as_of)
    context = {
        "form": form,
        "as_of": as_of,
        "years": years,
        "total": everything,
        "may_record": can_record_funding(request.user),
        "panels": panels_for(PANELS, as_of, request.user),
    }
    return render(request, "grants/money/overview.html", context)


@login_required
@require_safe
def funding(request: HttpRequest, pk: int) -> HttpResponse:
    """One funding: its figures, how each was reckoned, its steps and its newest entries."""
    shown = get_object_or_404(fundings_visible_to(request.user), pk=pk)
    entries = ledger_visible_to(request.user).filter(funding=shown)
    context = {
        "funding": shown,
        "balance": balance_of(shown),
        "steps": shown.steps.select_related("by").order_by("-ordinal"),
        "page": Paginator(entries, PAGE).get_page(request.GET.get("page")),
        "may_record": can_record_funding(request.user, shown),
    }
    return render(request, "grants/money/funding.html", context)


@login_required
def funding_new(request: HttpRequest) -> HttpResponse:
    """Begin to follow money of a source for a year."""
    if not can_record_funding(request.user):
        raise PermissionDenied
    form = FundingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_funding(by=request.user, **form.values())
        except Blocked as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The funding is recorded."))
            return redirect(made)
    return render(request, "grants/money/funding_form.html", {"form": form}, status=400 if form.errors else 200)


@login_required
def funding_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how much of a funding is now at a stage."""
    shown = get_object_or_404(fundings_visible_to(request.user), pk=pk)
    if not can_record_funding(request.user, shown):
        raise PermissionDenied
    form = StageForm(request.POST if request.method == "POST" else None, initial={"stage": shown.stage})
    if request.method == "POST" and form.is_valid():
        try:
            services.record_stage(funding=shown, by=request.user, **form.values())
        except Blocked as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The stage is recorded."))
            return redirect(shown)
    context = {"form": form, "funding": shown}
    return render(request, "grants/money/funding_form.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Every entry that the person may see, narrowed by the filter."""
    narrowed = _narrowed(request)
    entries = narrowed.qs if narrowed.is_valid() else narrowed.queryset.none()
    context = {
        "filter": narrowed,
        "page": Paginator(entries, PAGE).get_page(request.GET.get("page")),
        "hidden": hidden_entries(request.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "grants/money/ledger.html", context)


@login_required
@require_safe
def ledger_as_csv(request: HttpRequest) -> HttpResponse:
    """The same entries as a CSV file."""
    narrowed = _narrowed(request)
    entries = narrowed.qs if narrowed.is_valid() else narrowed.queryset.none()
    response = HttpResponse(ledger_csv(entries), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ledger.csv"'
    return response


def _narrowed(request: HttpRequest) -> LedgerFilter:
    if not can_view_money(request.user):
        raise PermissionDenied
    return LedgerFilter(request.GET, queryset=ledger_visible_to(request.user))
