"""Decisions from draft to confirmation: beside the ranking, proposed by one person, confirmed by another."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.calls.models import Call
from grants.projects.states import ProjectState
from grants.selection.completeness import doubts_about
from grants.selection.forms import DecisionForm
from grants.selection.models import Decision
from grants.selection.permissions import can_confirm, can_manage_selection
from grants.selection.ranking import Ranking, Row, ranking_of
from grants.selection.selectors import decisions_visible_to
from grants.selection.services import confirm_decisions, draft_decisions, propose_decisions
from grants.selection.services.decisions import list_mark
from grants.selection.services.drafting import BadRows, draft_mark
from grants.selection.services.drafting import Row as DraftRow
from grants.selection.states import DecisionOutcome, DecisionState
from grants.selection.views.coordinator import call_of
from grants.selection.views.crumbs import crumbs_to_call
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.services import options_for

Pairs = list[tuple[Row, DecisionForm]]


@login_required
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts row by row beside the ranking; proposing, confirming, and the way to announcing."""
    call = call_of(request, pk, manage=False)
    may_manage = can_manage_selection(request.user, call)
    if request.method == "POST" and not may_manage:
        raise NotPermitted
    table = ranking_of(call, request.user)
    forms = [(row, _decision_form(request, call, row)) for row in table.rows if _decidable(row)]
    invalid = [form for _row, form in forms if not form.is_valid()]  # each is looked over, so that all errors are shown
    if request.method == "POST" and not invalid and _save_drafts(request, call, forms):
        return redirect("selection:decisions", pk=call.pk)
    found = decisions_visible_to(request.user).filter(project__call=call)
    known = list(found.select_related("project__organisation", "project__call", "case", "proposed_by"))
    mine = [d for d in known if d.state == DecisionState.PROPOSED and can_confirm(request.user, d)]
    context = {
        "call": call, "ranking": table, "crumbs": crumbs_to_call(call), "forms": forms,
        "form_list": [form for _row, form in forms],
        "may_manage": may_manage, "doubts": _doubts(call, table) if may_manage else [],
        "confirmable": list_mark(mine) if mine else "",
        **_by_state(known, request.user),
    }  # fmt: skip
    failed = any(form.errors for _row, form in forms)
    return render(request, "grants/selection/decisions.html", context, status=400 if failed else 200)


def _by_state(known: list[Decision], user: Any) -> dict[str, list[dict[str, Any]]]:
    """Decisions in three lists, each with what can be done with it (taken back, decided anew)."""
    options = options_for(known, user)
    lists: dict[str, list[dict[str, Any]]] = {"proposed": [], "confirmed": [], "announced": []}
    for decision in known:
        if decision.state in lists:
            possible = [option for option in options[decision.pk] if option.allowed]
            lists[decision.state].append({"decision": decision, "options": possible})
    return lists


def _doubts(call: Call, table: Ranking) -> list[Any]:
    """The doubts about the drafts as they are saved, or as the rules suggest them."""
    drafts = [_draft(row) for row in table.rows if _decidable(row)]
    rows = {row.project.pk: row for row in table.rows}
    return doubts_about(call, drafts, rows, table.budget) if drafts else []


def _draft(row: Row) -> Decision:
    decision = row.decision or Decision(outcome=row.suggestion, amount=row.proposed)
    decision.project = row.project
    return decision


def _decidable(row: Row) -> bool:
    """In selection without a decision beyond the draft, or on the reserve list and decided anew."""
    draft = row.decision is not None and row.decision.state == DecisionState.DRAFT
    if row.project.state == ProjectState.RESERVE:
        return draft
    return row.project.state == ProjectState.SELECTION and (draft or row.decision is None)


def _decision_form(request: HttpRequest, call: Call, row: Row) -> DecisionForm:
    decision, from_reserve = row.decision, row.project.state == ProjectState.RESERVE
    outcome = DecisionOutcome.AWARD if from_reserve else decision.outcome if decision else row.suggestion
    known = decision.amount if decision else None
    amount = known or (row.proposed if outcome == DecisionOutcome.AWARD else None)
    initial = {
        "outcome": outcome, "amount": amount, "reason": decision.reason if decision else "",
        "seen": draft_mark(decision),
    }  # fmt: skip
    data = request.POST if request.method == "POST" else None
    prefix = f"p{row.project.pk}"
    return DecisionForm(data, call=call, initial=initial, prefix=prefix, from_reserve=from_reserve)


def _save_drafts(request: HttpRequest, call: Call, forms: Pairs) -> bool:
    """Save every row or none; propose them all where that button was pressed. An obstacle becomes an error of its
    row."""
    rows = [
        DraftRow(row.project, form.cleaned_data["outcome"], form.cleaned_data.get("amount"),
                 form.cleaned_data["reason"], form.cleaned_data["seen"])
        for row, form in forms
    ]  # fmt: skip
    try:
        drafts = draft_decisions(call=call, by=request.user, rows=rows)
    except BadRows as bad:
        for row, form in forms:
            if row.project.pk in bad.rows:
                form.refused(bad.rows[row.project.pk])
        return False
    if not drafts:
        return True  # the second half of a double click: nothing waits any more
    if "propose" in request.POST:
        _propose(request, call, drafts)
    else:
        messages.success(request, _("The drafts are saved. Applicants see nothing of them."))
    return True


def _propose(request: HttpRequest, call: Call, drafts: list[Decision]) -> None:
    despite = request.POST.get("despite") == "1"
    try:
        propose_decisions(call=call, by=request.user, decisions=drafts, despite_doubts=despite)
    except Stale:
        raise
    except Refused as refusal:
        for obstacle in refusal.obstacles:
            messages.error(request, str(obstacle))
        messages.info(request, _("The drafts are saved, but not proposed."))
    else:
        messages.success(request, _("The decisions are proposed. Somebody else must confirm them."))


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the proposed decisions that the page showed, as far as somebody else proposed them."""
    call = call_of(request, pk)
    known = decisions_visible_to(request.user).filter(project__call=call)
    chosen = [d for d in known.filter(state=DecisionState.PROPOSED) if can_confirm(request.user, d)]
    if not chosen and known.filter(confirmed_by=request.user).exists():
        return redirect("selection:decisions", pk=call.pk)  # the second half of a double click
    if not chosen:
        raise NotPermitted(_("There is nothing here that you may confirm: nobody confirms a proposal of their own."))
    try:
        confirm_decisions(call=call, by=request.user, decisions=chosen, seen=request.POST.get("seen"))
    except Stale:
        raise
    except Refused as refusal:
        for obstacle in refusal.obstacles:
            messages.error(request, str(obstacle))
    else:
        messages.success(request, _("The decisions are confirmed. They can be announced now."))
    return redirect("selection:decisions", pk=call.pk)
