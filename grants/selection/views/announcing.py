"""The last look before decisions come into force: the money, the list, each letter word for word; then all at once."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.calls.models import Call
from grants.selection.forms import AnnounceForm
from grants.selection.models import Decision
from grants.selection.ranking import ranking_of
from grants.selection.selectors import decisions_visible_to
from grants.selection.services import announce_decisions, letters_of
from grants.selection.services.decisions import list_mark
from grants.selection.states import DecisionOutcome, DecisionState
from grants.selection.views.coordinator import call_of
from grants.selection.views.crumbs import crumbs_to_decisions
from workflows.exceptions import Refused, Stale

SHOWN_WITH = ("project__call", "project__organisation", "project__nomination", "case", "proposed_by", "confirmed_by")


@login_required
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview: how many of what, the money, the way to each letter; then, with the number typed, all at once."""
    call = call_of(request, pk)
    known = decisions_visible_to(request.user).filter(project__call=call).select_related(*SHOWN_WITH)
    chosen = list(known.filter(state=DecisionState.CONFIRMED))
    if request.method == "POST" and not chosen and known.filter(state=DecisionState.ANNOUNCED).exists():
        return redirect("selection:decisions", pk=call.pk)  # the second half of a double click
    form = AnnounceForm(request.POST or None, initial={"seen": list_mark(chosen)})
    if request.method == "POST" and form.is_valid() and _announced(request, call, chosen, form):
        return redirect("selection:decisions", pk=call.pk)
    context = {
        "call": call, "chosen": [{"decision": d, "options": []} for d in chosen], "form": form,
        "counts": _counts(chosen), "crumbs": crumbs_to_decisions(call),
        "total": sum((d.amount or Decimal(0) for d in chosen), Decimal(0)), "ranking": ranking_of(call, request.user),
    }  # fmt: skip
    return render(request, "grants/selection/announce.html", context, status=400 if form.errors else 200)


def _announced(request: HttpRequest, call: Call, chosen: list[Decision], form: AnnounceForm) -> bool:
    """Put all into force, or say why nothing happened."""
    data = form.cleaned_data
    try:
        announce_decisions(
            call=call, by=request.user, decisions=chosen, expected=data["expected"], seen=data["seen"] or None
        )
    except Stale:
        raise
    except Refused as refusal:
        for obstacle in refusal.obstacles:
            form.add_error(None, str(obstacle))
        form.show_list_again(list_mark(chosen))
        return False
    messages.success(request, _("The decisions are announced. The letters are on their way."))
    return True


def _counts(chosen: list[Decision]) -> list[tuple[Any, int]]:
    counts = Counter(decision.outcome for decision in chosen)
    labels = {decision.outcome: decision.outcome_label for decision in chosen}
    return [(labels[outcome], counts[outcome]) for outcome in DecisionOutcome if counts[outcome]]


@login_required
@require_safe
def letters(request: HttpRequest, pk: int, decision_pk: int) -> HttpResponse:
    """The letters of one decision, word for word as each recipient will read theirs."""
    call = call_of(request, pk, manage=False)
    known = decisions_visible_to(request.user).filter(project__call=call).exclude(state=DecisionState.ANNOUNCED)
    decision = get_object_or_404(known.select_related(*SHOWN_WITH), pk=decision_pk)
    context = {
        "call": call, "decision": decision, "letters": letters_of(decision), "crumbs": crumbs_to_decisions(call),
    }  # fmt: skip
    return render(request, "grants/selection/letters.html", context)
