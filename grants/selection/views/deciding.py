"""Decisions from draft to letter: beside the ranking, proposed, confirmed by another, announced all at once."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.calls.models import Call
from grants.projects.states import ProjectState
from grants.selection.completeness import doubts_about
from grants.selection.forms import AnnounceForm, DecisionForm
from grants.selection.models import Decision
from grants.selection.permissions import can_confirm, can_manage_selection
from grants.selection.ranking import Ranking, Row, ranking_of
from grants.selection.selectors import decisions_visible_to
from grants.selection.services import announce_decisions, confirm_decisions, draft_decision, propose_decisions
from grants.selection.services.decisions import letter_context, list_mark
from grants.selection.states import DecisionOutcome, DecisionState
from grants.selection.views.coordinator import call_of
from workflows.exceptions import NotPermitted, Refused, Stale
from workflows.messages import message_kind
from workflows.services import options_for
from workflows.services.mail_text import Words
from workflows.services.mail_text import render as render_words

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
    context = {
        "call": call, "ranking": table, "forms": forms, "form_list": [form for _row, form in forms],
        "may_manage": may_manage, "doubts": _doubts(call, table) if may_manage else [],
        "may_confirm": any(d.state == DecisionState.PROPOSED and can_confirm(request.user, d) for d in known),
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
    return doubts_about(call, drafts, {row.project.pk: row for row in table.rows}) if drafts else []


def _draft(row: Row) -> Decision:
    decision = row.decision or Decision(outcome=row.suggestion)
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
    initial = {"outcome": outcome, "amount": amount, "reason": decision.reason if decision else ""}
    data = request.POST if request.method == "POST" else None
    prefix = f"p{row.project.pk}"
    return DecisionForm(data, call=call, initial=initial, prefix=prefix, from_reserve=from_reserve)


def _save_drafts(request: HttpRequest, call: Call, forms: Pairs) -> bool:
    """Save every row; propose them all where that button was pressed. An obstacle becomes an error of its row."""
    drafts = []
    for row, form in forms:
        data = form.cleaned_data
        try:
            drafts.append(
                draft_decision(
                    project=row.project, outcome=data["outcome"], amount=data.get("amount"), reason=data["reason"],
                    by=request.user,
                )
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return False
    if "propose" in request.POST and drafts:
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
    """Confirm every proposed decision of the call that somebody else proposed."""
    call = call_of(request, pk)
    proposed = decisions_visible_to(request.user).filter(project__call=call, state=DecisionState.PROPOSED)
    chosen = [decision for decision in proposed if can_confirm(request.user, decision)]
    if not chosen:
        raise NotPermitted(_("There is nothing here that you may confirm: nobody confirms a proposal of their own."))
    confirm_decisions(call=call, by=request.user, decisions=chosen)
    messages.success(request, _("The decisions are confirmed. They can be announced now."))
    return redirect("selection:decisions", pk=call.pk)


@login_required
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview: how many of what, the money, each letter; then, with the number typed, all of it at once."""
    call = call_of(request, pk)
    chosen = list(
        decisions_visible_to(request.user).filter(project__call=call, state=DecisionState.CONFIRMED)
        .select_related("project__call", "project__organisation", "case")
    )  # fmt: skip
    form = AnnounceForm(request.POST or None, initial={"seen": list_mark(chosen)})
    if request.method == "POST" and form.is_valid() and _announced(request, call, chosen, form):
        return redirect("selection:decisions", pk=call.pk)
    context = {
        "call": call, "chosen": [{"decision": d, "options": []} for d in chosen], "form": form,
        "counts": _counts(chosen), "letters": _letters(chosen),
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
        return False
    messages.success(request, _("The decisions are announced. The letters are on their way."))
    return True


def _counts(chosen: list[Decision]) -> list[tuple[Any, int]]:
    return [(o.label, n) for o in DecisionOutcome if (n := sum(1 for d in chosen if d.outcome == o))]


def _letters(chosen: list[Decision]) -> list[dict[str, Any]]:
    """One sample letter of each kind, as the first applicant of that kind will read it, in each language."""
    samples: dict[str, dict[str, Any]] = {}
    for decision in chosen:
        if decision.outcome not in samples:
            words = [(name, language, _letter(decision, language)) for language, name in settings.LANGUAGES]
            samples[decision.outcome] = {"decision": decision, "words": words}
    return list(samples.values())


def _letter(decision: Decision, language: str) -> Words:
    context = {"person": None, "case": decision.case, **letter_context(decision)}
    return render_words(message_kind(f"decision_{decision.outcome}"), language, context)
