"""The evaluator's pages: the question of conflict, my reviews, stepping aside."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import HiddenInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.projects.permissions import can_view_as_staff
from grants.projects.selectors import projects_visible_to
from grants.selection.computed import partners_of
from grants.selection.forms import ConflictForm
from grants.selection.panels import progress_of
from grants.selection.selectors import can_view_assigned, conflicts_visible_to, has_stepped_aside, open_questions
from grants.selection.services import declare, declare_own_conflict
from grants.selection.states import ConflictState
from grants.selection.views.crumbs import crumbs_to_evaluators, crumbs_to_reviews
from workflows.exceptions import Blocked, NotPermitted
from workflows.services import options_for


@login_required
@require_safe
def my_reviews(request: HttpRequest) -> HttpResponse:
    """What I review: one next action, the progress, the list with the days left."""
    return render(request, "grants/selection/my_reviews.html", {"mine": progress_of(request.user)})


@login_required
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """Every open question of conflict, one after another; only title, applicant and partners are shown."""
    questions = list(open_questions(request.user))
    if len(questions) == 1:
        return redirect(questions[0])
    context = {"questions": questions, "crumbs": crumbs_to_reviews()}
    return render(request, "grants/selection/conflicts.html", context)


@login_required
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """One question of conflict and its answer."""
    question = get_object_or_404(
        conflicts_visible_to(request.user).select_related("project__call", "project__organisation", "user"), pk=pk
    )
    own = question.user_id == request.user.pk
    call = question.project.call
    form = ConflictForm(request.POST or None, call=call) if own and question.state == ConflictState.ASKED else None
    if request.method == "POST" and form is None:
        if not own:
            raise NotPermitted
        return redirect(question)
    if request.method == "POST" and form is not None and form.is_valid() and _declared(request, question, form):
        return redirect(_after_answer(request.user))
    context = {
        "question": question, "form": form, "own": own, "partners": partners_of(question.project),
        "options": [] if form else options_for([question], request.user)[question.pk],
        "crumbs": crumbs_to_reviews() if own else crumbs_to_evaluators(call, request.user),
    }  # fmt: skip
    return render(request, "grants/selection/conflict.html", context, status=400 if form and form.errors else 200)


def _declared(request: HttpRequest, question: Any, form: ConflictForm) -> bool:
    """Record the answer; what stands in its way becomes an error of the form."""
    data = form.cleaned_data
    try:
        declare(conflict=question, answer=data["answer"], by=request.user, ground=data["text"])
    except Blocked as refusal:
        for obstacle in refusal.obstacles:
            form.add_error("answer", str(obstacle))
        return False
    messages.success(request, _("Thank you. Your answer is recorded."))
    return True


def _after_answer(user: Any) -> str:
    """The next question, or the list of reviews."""
    left = open_questions(user).first()
    return left.get_absolute_url() if left else reverse("selection:my_reviews")


@login_required
def step_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict of one's own with a project, asked or not; also when it is discovered on the way."""
    if request.method == "POST" and has_stepped_aside(request.user, pk):
        return redirect("workflows:my_work")  # the second half of a double click
    project = get_object_or_404(projects_visible_to(request.user).select_related("call"), pk=pk)
    if not (can_view_as_staff(request.user, project) or can_view_assigned(request.user, project)):
        raise NotPermitted
    form = ConflictForm(request.POST or None, call=project.call, initial={"answer": "conflict"})
    form.fields["answer"].choices = [("conflict", "")]  # type: ignore[attr-defined]
    form.fields["answer"].widget = HiddenInput()  # whoever steps aside has given the answer by coming here
    if request.method == "POST" and form.is_valid():
        declare_own_conflict(project=project, by=request.user, ground=form.cleaned_data["text"])
        messages.success(
            request,
            _("You have stepped aside from %(project)s. You will not see it any more.") % {"project": project.number},
        )
        return redirect("workflows:my_work")
    context = {
        "title": _("Step aside from %(project)s") % {"project": project.number},
        "lead": _("From now on you see nothing of this project in any capacity that you hold for the funder."),
        "consequences": [_("Your review of it, if any, no longer counts."), _("A coordinator finds somebody else.")],
        "form": form, "action_label": _("Step aside"), "action_kind": "danger", "back_url": project.get_absolute_url(),
        "crumbs": [(_("Projects"), reverse("projects:list")), (project.number, project.get_absolute_url())],
    }  # fmt: skip
    return render(request, "confirm.html", context, status=400 if form.errors else 200)
