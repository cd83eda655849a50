"""The coordinator's pages: who evaluates what, and the ranked table."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from grants.calls.models import Call
from grants.calls.selectors import calls_visible_to_staff
from grants.projects.states import ProjectState
from grants.selection.completeness import Wanted
from grants.selection.forms import EvaluatorForm, ReasonForm
from grants.selection.models import ConflictDeclaration, Evaluator, Review
from grants.selection.permissions import can_manage_selection, can_view_ranking
from grants.selection.ranking import ranking_of
from grants.selection.selectors import evaluators_of, open_reviews_of, projects_in_selection
from grants.selection.services import add_evaluator, assign_review, remove_evaluator
from grants.selection.states import COUNTED_REVIEWS
from grants.selection.views.crumbs import crumbs_to_call, crumbs_to_evaluators
from workflows.exceptions import NotPermitted, Refused
from workflows.panels import panels_for

PANELS = "selection.ranking"
"""Place for panels (workflows.panels.Panel) of later rooms above the ranked table; they are given the ranking."""


def call_of(request: HttpRequest, pk: int, *, manage: bool = True) -> Call:
    """The call, as far as the person may see it as staff; 403 for staff without a part in selection."""
    call = get_object_or_404(calls_visible_to_staff(request.user), pk=pk)
    if not (can_manage_selection if manage else can_view_ranking)(request.user, call):
        raise NotPermitted
    return call


@login_required
def evaluators(request: HttpRequest, pk: int) -> HttpResponse:
    """The pool of the call and the matrix of who reviews what."""
    call = call_of(request, pk)
    form = EvaluatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = add_evaluator(
            call=call, user=data["email"], by=request.user, is_chair=data["is_chair"], capacity=data["capacity"]
        )
        messages.success(request, _("%(person)s is in the pool.") % {"person": person})
        return redirect("selection:evaluators", pk=call.pk)
    everybody = list(evaluators_of(call))
    pool = [person for person in everybody if person.left_at is None]
    projects = list(projects_in_selection(call, request.user).filter(state=ProjectState.SELECTION))
    context = {
        "call": call, "crumbs": crumbs_to_call(call), "form": form, "pool": pool,
        "gone": [one for one in everybody if one.left_at is not None],
        "matrix": _matrix(call, projects, pool),
    }  # fmt: skip
    return render(request, "grants/selection/evaluators.html", context, status=400 if form.errors else 200)


def _matrix(call: Call, projects: list[Any], pool: list[Any]) -> list[dict[str, Any]]:
    """Each project with a cell for each evaluator: the review, the conflict, or nothing yet; and how many it wants."""
    wanted = Wanted(call)
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
        given = sum(1 for cell in cells if cell["review"] and cell["review"].state in COUNTED_REVIEWS)
        rows.append({"project": project, "cells": cells, "given": given, "wanted": wanted.of(project)})
    return rows


@login_required
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the ticked applications to the ticked evaluators; what cannot be is said by name."""
    call = call_of(request, pk)
    pool = {str(person.pk): person for person in evaluators_of(call).filter(left_at__isnull=True)}
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
def remove(request: HttpRequest, pk: int, evaluator_pk: int) -> HttpResponse:
    """Take somebody out of the pool, with a reason; what happens to their reviews is said before."""
    call = call_of(request, pk)
    person = get_object_or_404(
        Evaluator.objects.select_related("call", "user"), pk=evaluator_pk, call=call, left_at__isnull=True
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove_evaluator(evaluator=person, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("%(person)s has left the pool.") % {"person": person})
        return redirect("selection:evaluators", pk=call.pk)
    open_ones = open_reviews_of(person).count()
    cancelled = ngettext("%(n)d open review is cancelled.", "%(n)d open reviews are cancelled.", open_ones)
    context = {
        "title": _("Take %(person)s out of the pool") % {"person": person}, "lead": call.title, "form": form,
        "consequences": [cancelled % {"n": open_ones}, _("Reviews that are submitted count on.")],
        "action_label": _("Take out of the pool"), "action_kind": "danger",
        "back_url": reverse("selection:evaluators", args=[call.pk]), "crumbs": crumbs_to_evaluators(call, request.user),
    }  # fmt: skip
    return render(request, "confirm.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranked table with the money line."""
    call = call_of(request, pk, manage=False)
    ranked = ranking_of(call, request.user)
    context = {
        "call": call,
        "crumbs": crumbs_to_call(call),
        "ranking": ranked,
        "panels": panels_for(PANELS, ranked, request.user),
        "may_manage": can_manage_selection(request.user, call),
    }
    return render(request, "grants/selection/ranking.html", context)
