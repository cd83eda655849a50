"""Requests to act for an organisation: asking, reading, deciding."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.accounts.selectors import verified_addresses
from grants.organisations.forms import ClaimDecisionForm, ClaimForm
from grants.organisations.models import OrganisationClaim
from grants.organisations.permissions import can_decide_claim, is_locked_out
from grants.organisations.selectors import claims_visible_to, organisations_listed
from grants.organisations.services import claims as services
from grants.organisations.states import ClaimState
from workflows.exceptions import Blocked
from workflows.obstacles import Obstacle
from workflows.selectors import history_of
from workflows.services import options_for


@login_required
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to act for an organisation."""
    organisation = get_object_or_404(organisations_listed(), pk=pk)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.claim_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        except Blocked as refusal:
            form.add_error(None, str(refusal))
        else:
            if asked.state == ClaimState.ALLOWED:
                messages.success(request, _("Your address shows that you work there: you now act for it."))
                return redirect(organisation)
            messages.success(request, _("Your request is sent. We will write to you when it is decided."))
            return redirect(asked)
    context = {
        "form": form,
        "organisation": organisation,
        "is_proved": services.proves_membership(request.user, organisation),
        "is_locked_out": is_locked_out(organisation),
    }
    return render(request, "grants/organisations/claim.html", context, status=400 if form.errors else 200)


@login_required
def claim_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a request; who may decide does it here."""
    asked = get_object_or_404(claims_visible_to(request.user), pk=pk)
    may_decide = can_decide_claim(request.user, asked)
    form = None
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        form = ClaimDecisionForm(request.POST)
        if form.is_valid():
            try:
                decide(request, asked, form)
            except Blocked as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(asked)
    elif may_decide and asked.state == ClaimState.ASKED:
        form = ClaimDecisionForm(initial={"seen_version": asked.version})
    context = {
        "claim": asked,
        "form": form,
        "addresses": sorted(verified_addresses(asked.user)),
        "history": history_of(asked.case_id, with_reasons=True),
        "is_own": asked.user_id == request.user.pk,
        "is_waiting": asked.state == ClaimState.ASKED,
        "obstacles": _in_the_way_of_allowing(asked, request.user) if form else [],
    }
    return render(
        request, "grants/organisations/claim_detail.html", context, status=400 if form and form.errors else 200
    )


def _in_the_way_of_allowing(asked: OrganisationClaim, user: Any) -> list[Obstacle]:
    """Why the request cannot be allowed now; said before somebody tries."""
    options = options_for([asked], user)[asked.pk]
    return [obstacle for option in options if option.name == "allow" for obstacle in option.obstacles]


def decide(request: HttpRequest, asked: OrganisationClaim, form: ClaimDecisionForm) -> None:
    """Take the decision that the form holds; raises what the engine refuses."""
    data = form.cleaned_data
    common = {"claim": asked, "by": request.user, "note": data["note"], "seen_version": data["seen_version"]}
    if data["decision"] == ClaimDecisionForm.ALLOW:
        services.allow_claim(role=data["role"], **common)
        messages.success(request, _("The person now acts for the organisation."))
    else:
        services.decline_claim(**common)
        messages.success(request, _("The request is declined; the person gets a letter."))
