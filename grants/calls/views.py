"""Pages of calls: public ones without an account, and working ones for the funder's staff."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.accounts.permissions import is_staff_member
from grants.calls import pages, services
from grants.calls.document import BadDocument
from grants.calls.filters import CallFilter
from grants.calls.forms import DatesForm, ExtendForm, FundingsForm, LoadForm
from grants.calls.models import Call
from grants.calls.permissions import can_change_dates, can_load_calls, can_manage_call, can_view_call_as_staff
from grants.calls.selectors import calls_visible_to, calls_visible_to_staff
from grants.calls.states import MOVABLE_STATES, CallState
from grants.money.selectors import fundings_visible_to
from workflows.exceptions import Blocked, IllegalMove, Refused
from workflows.panels import panels_for
from workflows.selectors import history_of
from workflows.services import options_for

PAGE = 25


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """Calls for everybody: open, upcoming, past."""
    show = request.GET.get("show") if request.GET.get("show") in pages.SHOWN else "open"
    words = {"open": _("Open"), "upcoming": _("Upcoming"), "past": _("Past")}
    tabs = [
        {"label": label, "url": f"?show={key}", "current": key == show, "count": None} for key, label in words.items()
    ]
    page = Paginator(pages.public_list(show), PAGE).get_page(request.GET.get("page"))
    rows = [{"call": call, "status": pages.public_status(call), "kind": pages.status_kind(call)} for call in page]
    context = {"page": page, "rows": rows, "tabs": tabs, "show": show, "is_staff": is_staff_member(request.user)}
    return render(request, "grants/calls/public_list.html", context)


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one call, for everybody; staff see an unpublished one as it will be."""
    call = get_object_or_404(pages.for_reading(calls_visible_to(request.user)), code=code)
    context = pages.public_page(call, request.user)
    context["as_staff"] = can_view_call_as_staff(request.user, call)
    return render(request, "grants/calls/detail.html", context)


@login_required
@require_safe
def staff_list(request: HttpRequest) -> HttpResponse:
    """All calls that the funder's staff works on."""
    calls = calls_visible_to_staff(request.user).select_related("programme")
    if not is_staff_member(request.user):
        raise PermissionDenied
    shown = CallFilter(request.GET, queryset=calls)
    page = Paginator(shown.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": shown, "page": page, "may_load": can_load_calls(request.user)}
    return render(request, "grants/calls/staff_list.html", context)


def _for_staff(request: HttpRequest, code: str) -> Call:
    return get_object_or_404(pages.for_work(calls_visible_to_staff(request.user)), code=code)


@login_required
@require_safe
def manage(request: HttpRequest, code: str) -> HttpResponse:
    """The working page: what can be done now and why not, the pre-flight list, dates, money, history."""
    call = _for_staff(request, code)
    context = {
        "call": call,
        "terms": call.terms,
        "status": pages.public_status(call),
        "status_kind": pages.status_kind(call),
        "options": options_for([call], request.user)[call.pk],
        "preflight": pages.preflight(call, request.user) if call.state == CallState.DRAFT else [],
        "panels": panels_for(pages.PANELS, call, request.user),
        "history": history_of(call.case_id, with_reasons=True),
        "may_manage": can_manage_call(request.user, call),
        "may_change_dates": can_change_dates(request.user, call) and call.state in MOVABLE_STATES,
    }
    return render(request, "grants/calls/manage.html", context)


def _form_page(
    request: HttpRequest, call: Call | None, form: Any, title: str, action: str, lead: str = ""
) -> HttpResponse:
    back = call.get_manage_url() if call else reverse("calls:staff_list")
    crumbs = [(_("Calls"), reverse("calls:staff_list")), *([(call.title, back)] if call else [])]
    context = {"form": form, "title": title, "action_label": action, "lead": lead, "back_url": back, "crumbs": crumbs}
    context["about"] = call.code if call else ""
    return render(request, "confirm.html", context, status=400 if form.errors else 200)


@login_required
def dates(request: HttpRequest, code: str) -> HttpResponse:
    """Move dates of a call, with the reason that applicants read."""
    call = _for_staff(request, code)
    if not can_change_dates(request.user, call):
        raise PermissionDenied
    form = DatesForm(request.POST or None, call=call, initial={"key": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.change_dates(
                call=call, moved=form.moved(), by=request.user, note=data["note"], key=data["key"] or None
            )
        except (Blocked, IllegalMove, Refused) as refusal:
            pages.refusal_into(form, refusal)
        else:
            messages.success(request, _("The dates are changed."))
            return redirect(call.get_manage_url())
    lead = _("Times are those of %(zone)s.") % {"zone": call.time_zone}
    return _form_page(request, call, form, _("Change dates"), _("Change dates"), lead)


@login_required
def extend(request: HttpRequest, code: str) -> HttpResponse:
    """Open a closed call once more until a later moment."""
    call = _for_staff(request, code)
    if not can_manage_call(request.user, call):
        raise PermissionDenied
    form = ExtendForm(request.POST or None, call=call, initial={"key": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.extend_call(
                call=call, closes_at=data["closes_at"], by=request.user, note=data["note"],
                shift_following=data["shift_following"], key=data["key"] or None,
            )  # fmt: skip
        except (Blocked, IllegalMove) as refusal:
            pages.refusal_into(form, refusal)
        else:
            messages.success(request, _("The deadline is extended; the call is open again."))
            return redirect(call.get_manage_url())
    lead = _("Times are those of %(zone)s.") % {"zone": call.time_zone}
    return _form_page(request, call, form, _("Extend the deadline"), _("Extend the deadline"), lead)


@login_required
def fundings(request: HttpRequest, code: str) -> HttpResponse:
    """Say which money stands behind a call."""
    call = _for_staff(request, code)
    if not can_manage_call(request.user, call):
        raise PermissionDenied
    known = list(fundings_visible_to(request.user).order_by("year", "source__order", "programme_code"))
    form = FundingsForm(request.POST or None, call=call, fundings=known)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_fundings(call=call, amounts=form.amounts(), by=request.user)
        except Refused as refusal:
            pages.refusal_into(form, refusal)
        else:
            messages.success(request, _("The money behind the call is recorded."))
            return redirect(call.get_manage_url())
    lead = "" if known else _("No funding is recorded yet. Record one under Money first.")
    return _form_page(request, call, form, _("Money behind the call"), _("Save"), lead)


@login_required
def load(request: HttpRequest) -> HttpResponse:
    """Load a call from its document; every fault is told with its place."""
    if not can_load_calls(request.user):
        raise PermissionDenied
    form = LoadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            result = services.load_call(form.cleaned_data["document"], by=request.user)
        except BadDocument as refusal:
            pages.refusal_into(form, refusal)
        else:
            said = _("The call is loaded as a draft.") if result.changed else _("The call already says the same.")
            messages.success(request, said)
            return redirect(result.call.get_manage_url())
    return _form_page(request, None, form, _("Load a call"), _("Load"))
