"""The coordinator's pages: who evaluates what, the ranked table, decisions from draft to letter."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from grants.calls.models import Call
from grants.calls.selectors import calls_visible_to_staff
from grants.projects.states import ProjectState
from grants.selection.forms import AnnounceForm, DecisionForm, EvaluatorForm
from grants.selection.models import ConflictDeclaration, Decision, Review
from grants.selection.permissions import can_confirm, can_manage_selection, can_view_ranking
from grants.selection.ranking import Ranking, Row, ranking_of
from grants.selection.selectors import decisions_visible_to, evaluators_of, projects_in_selection
from grants.selection.services import (
    add_evaluator,
    announce_decisions,
    assign_review,
    confirm_decisions,
    draft_decision,
    propose_decisions,
)
from grants.selection.services.decisions import letter_context
from grants.selection.states import DecisionOutcome, DecisionState
from workflows.exceptions import NotPermitted, Refused
from workflows.messages import message_kind
from workflows.services.mail_text import render as render_words


def _call(request: HttpRequest, pk: int, *, manage: bool = True) -> Call:
    """The call, as far as the person may see it as staff; 403 for staff without a part in selection."""
    call = get_object_or_404(calls_visible_to_staff(request.user), pk=pk)
    if not (can_manage_selection if manage else can_view_ranking)(request.user, call):
        raise NotPermitted
    return call


@login_required
def evaluators(request: HttpRequest, pk: int) -> HttpResponse:
    """The pool of the call and the matrix of who reviews what."""
    call = _call(request, pk)
    form = EvaluatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = add_evaluator(
            call=call, user=data["email"], by=request.user, is_chair=data["is_chair"], capacity=data["capacity"]
        )
        messages.success(request, _("%(person)s is in the pool.") % {"person": person})
        return redirect("selection:evaluators", pk=call.pk)
    pool = list(evaluators_of(call))
    projects = list(projects_in_selection(call, request.user).filter(state=ProjectState.SELECTION))
    context = {
        "call": call, "form": form, "pool": pool, "matrix": _matrix(projects, pool),
        "wanted": call.terms.part("scoring", "evaluators_per_application"),
    }  # fmt: skip
    return render(request, "grants/selection/evaluators.html", context, status=400 if form.errors else 200)


def _matrix(projects: list[Any], pool: list[Any]) -> list[dict[str, Any]]:
    """Each project with a cell for each evaluator: the review, the conflict, or nothing yet."""
    reviews = {(r.project_id, r.user_id): r for r in Review.objects.filter(project__in=projects)}
    conflicts = {(c.project_id, c.user_id): c for c in ConflictDeclaration.objects.filter(project__in=projects)}
    rows = []
    for project in projects:
        cells = [
            {
                "evaluator": person,
                "review": reviews.get((project.pk, person.user_id)),
                "conflict": conflicts.get((project.pk, person.user_id)),
            }
            for person in pool
        ]
        rows.append({"project": project, "cells": cells})
    return rows


@login_required
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the ticked applications to the ticked evaluators; what cannot be is said by name."""
    call = _call(request, pk)
    pool = {str(person.pk): person for person in evaluators_of(call)}
    projects = {str(p.pk): p for p in projects_in_selection(call, request.user).select_related("call", "organisation")}
    made = 0
    for pair in request.POST.getlist("pair"):
        project_id, _dash, person_id = pair.partition("-")
        if project_id not in projects or person_id not in pool:
            raise Http404
        try:
            assign_review(project=projects[project_id], evaluator=pool[person_id], by=request.user)
            made += 1
        except NotPermitted:
            messages.error(request, _("You cannot give an application to yourself."))
        except Refused as refusal:
            for obstacle in refusal.obstacles:
                messages.error(request, str(obstacle))
    if made:
        text = ngettext("%(n)d assignment is made.", "%(n)d assignments are made.", made)
        messages.success(request, text % {"n": made})
    return redirect("selection:evaluators", pk=call.pk)


@login_required
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranked table with the money line."""
    call = _call(request, pk, manage=False)
    context = {
        "call": call,
        "ranking": ranking_of(call, request.user),
        "may_manage": can_manage_selection(request.user, call),
    }
    return render(request, "grants/selection/ranking.html", context)


@login_required
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts row by row beside the ranking; proposing, confirming, and the way to announcing."""
    call = _call(request, pk, manage=False)
    table = ranking_of(call, request.user)
    waiting = [row for row in table.rows if _decidable(row)]
    forms = [(row, _decision_form(request, call, row)) for row in waiting]
    if request.method == "POST":
        if not can_manage_selection(request.user, call):
            raise NotPermitted
        if all(form.is_valid() for _row, form in forms) and _save_drafts(request, call, forms):
            return redirect("selection:decisions", pk=call.pk)
    found = list(decisions_visible_to(request.user).filter(project__call=call).select_related("project__organisation"))
    context = {
        "call": call, "ranking": table, "forms": forms,
        "form_list": [form for _row, form in forms],
        "proposed": [d for d in found if d.state == DecisionState.PROPOSED],
        "confirmed": [d for d in found if d.state == DecisionState.CONFIRMED],
        "announced": [d for d in found if d.state == DecisionState.ANNOUNCED],
        "may_manage": can_manage_selection(request.user, call),
        "may_confirm": any(d.state == DecisionState.PROPOSED and can_confirm(request.user, d) for d in found),
    }  # fmt: skip
    failed = any(form.errors for _row, form in forms)
    return render(request, "grants/selection/decisions.html", context, status=400 if failed else 200)


def _decidable(row: Row) -> bool:
    draft = row.decision is None or row.decision.state == DecisionState.DRAFT
    return row.project.state == ProjectState.SELECTION and draft


def _decision_form(request: HttpRequest, call: Call, row: Row) -> DecisionForm:
    decision = row.decision
    initial = {
        "outcome": decision.outcome if decision else row.suggestion,
        "amount": decision.amount if decision else (row.proposed if row.suggestion == DecisionOutcome.AWARD else None),
        "reason": decision.reason if decision else "",
    }
    data = request.POST if request.method == "POST" else None
    return DecisionForm(data, call=call, initial=initial, prefix=f"p{row.project.pk}")


def _save_drafts(request: HttpRequest, call: Call, forms: list[tuple[Row, DecisionForm]]) -> bool:
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
    if "propose" not in request.POST:
        messages.success(request, _("The drafts are saved. Applicants see nothing of them."))
        return True
    try:
        propose_decisions(call=call, by=request.user, decisions=drafts)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return True
    messages.success(request, _("The decisions are proposed. Somebody else must confirm them."))
    return True


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm every proposed decision of the call that somebody else proposed."""
    call = _call(request, pk)
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
    call = _call(request, pk)
    chosen = list(
        decisions_visible_to(request.user).filter(project__call=call, state=DecisionState.CONFIRMED)
        .select_related("project__call", "project__organisation", "case")
    )  # fmt: skip
    form = AnnounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            announce_decisions(call=call, by=request.user, decisions=chosen, expected=form.cleaned_data["expected"])
        except Refused as refusal:
            for obstacle in refusal.obstacles:
                form.add_error(None, str(obstacle))
        else:
            messages.success(request, _("The decisions are announced. The letters are on their way."))
            return redirect("selection:decisions", pk=call.pk)
    context = {"call": call, "chosen": chosen, "form": form, "counts": _counts(chosen), "letters": _letters(chosen),
               "total": sum((d.amount or Decimal(0) for d in chosen), Decimal(0)),
               "ranking": _budget(call, request)}  # fmt: skip
    return render(request, "grants/selection/announce.html", context, status=400 if form.errors else 200)


def _budget(call: Call, request: HttpRequest) -> Ranking:
    return ranking_of(call, request.user)


def _counts(chosen: list[Decision]) -> list[tuple[Any, int]]:
    return [(o.label, n) for o in DecisionOutcome if (n := sum(1 for d in chosen if d.outcome == o))]


def _letters(chosen: list[Decision]) -> list[dict[str, Any]]:
    """One sample letter of each kind, as the first applicant of that kind will read it."""
    samples: dict[str, dict[str, Any]] = {}
    for decision in chosen:
        if decision.outcome not in samples:
            kind = message_kind(f"decision_{decision.outcome}")
            context = {"person": None, "case": decision.case, **letter_context(decision)}
            samples[decision.outcome] = {"decision": decision, "words": render_words(kind, "lt", context)}
    return list(samples.values())
