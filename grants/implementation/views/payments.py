"""Payments: why not yet, putting forward, recording."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.accounts.permissions import is_staff_member
from grants.implementation.filters import PaymentFilter
from grants.implementation.forms import ConditionForm, PaidForm
from grants.implementation.models import Payment
from grants.implementation.pages import crumbs_of
from grants.implementation.panels import sees_payments
from grants.implementation.permissions import can_coordinate, can_pay
from grants.implementation.selectors import in_order_of_turn, payments_visible_to, setback_of, spent_of_paid
from grants.implementation.services import pay_payment, request_payment
from grants.implementation.states import PaymentState
from workflows import clock
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.moves import Move
from workflows.services import options_for
from workflows.services.perform import stale


def checks_of(payment: Payment, user: Any) -> list[dict[str, Any]]:
    """Every condition of an instalment, met or not, with the cure."""
    move = Move("request", user, clock.now(), asking=True)
    rows = []
    for guard, obstacle in payment.obstacles(move):
        name = guard.__name__
        words = {"ok": obstacle is None, "message": obstacle.message if obstacle else condition_words()[name]}
        rows.append({**words, "url": obstacle.url if obstacle else ""})
    return rows


def condition_words() -> dict[str, str]:
    """The conditions in words, in the reader's language."""
    return {
        "project_not_over": _("The project is under way and not on hold"),
        "agreement_signed": _("The agreement is signed"),
        "named_report_accepted": _("The report before it is accepted"),
        "condition_confirmed": _("The condition of the call is met"),
        "earlier_instalments_settled": _("Earlier instalments are settled"),
    }


@login_required
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One instalment: its conditions, met or not, and the step that is due."""
    found = get_object_or_404(
        payments_visible_to(request.user).select_related(
            "project__call", "project__organisation", "agreement", "case", "requested_by", "approved_by"
        ),
        pk=pk,
    )
    form = _form(request, found)
    if request.method == "POST":
        if form is None:
            raise stale(found) if can_coordinate(request.user, found) or can_pay(request.user, found) else NotPermitted
        if form.is_valid():
            try:
                _act(request, found, form)
            except Stale:
                raise
            except Refused as refusal:
                for obstacle in refusal.obstacles:
                    form.add_error(None, str(obstacle))
            else:
                return redirect(found)
    options = [o for o in options_for([found], request.user)[found.pk] if o.name not in {"request", "pay"}]
    context = {
        "payment": found, "project": found.project, "form": form, "options": options,
        "checks": checks_of(found, request.user), "spent": spent_of_paid(found.project),
        "asks": found.state in {PaymentState.PLANNED, PaymentState.FAILED}, "crumbs": crumbs_of(found.project),
        "own_turn_over": _own_turn_over(found, request.user),
        "setback": setback_of(found) if is_staff_member(request.user) else None,
    }  # fmt: skip
    return render(request, "grants/implementation/payment.html", context, status=400 if form and form.errors else 200)


def _own_turn_over(payment: Payment, user: Any) -> str:
    """Why somebody who has the role cannot take the next step: they took the one before it."""
    if payment.state == PaymentState.REQUESTED and payment.requested_by_id == user.pk:
        return _("You put this payment forward; somebody else approves it.")
    if payment.state == PaymentState.APPROVED and payment.approved_by_id == user.pk:
        return _("You approved this payment; somebody else records it as paid.")
    return ""


def _form(request: HttpRequest, found: Payment) -> Any:
    """The form of the step that is due, for whoever may take it."""
    data = request.POST or None
    if found.state in {PaymentState.PLANNED, PaymentState.FAILED} and can_coordinate(request.user, found):
        return ConditionForm(data, initial={"condition_note": found.condition_note})
    if found.state == PaymentState.APPROVED and can_pay(request.user, found):
        return PaidForm(data)
    return None


def _act(request: HttpRequest, found: Payment, form: Any) -> None:
    if isinstance(form, PaidForm):
        pay_payment(payment=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The payment is recorded in the ledger."))
    else:
        request_payment(payment=found, by=request.user, condition_note=form.cleaned_data["condition_note"])
        messages.success(request, _("The payment is put forward. Somebody else approves it."))


@login_required
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """Payments over all projects, for staff: by state, call and text."""
    if not sees_payments(request.user):
        raise NotPermitted
    rows = in_order_of_turn(payments_visible_to(request.user)).select_related("project__organisation")
    found = PaymentFilter(request.GET, queryset=rows, request=request)
    page = Paginator(found.qs, 50).get_page(request.GET.get("page"))
    total = found.qs.aggregate(total=Sum("amount"))["total"]
    return render(request, "grants/implementation/payments.html", {"filter": found, "page": page, "total": total})
