"""The evaluator's pages: the question of conflict, my reviews, one review beside the application."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.applications.selectors import latest_version
from grants.projects.selectors import projects_visible_to
from grants.questionnaires.display import snapshot_for_display
from grants.selection.forms import ConflictForm, ReviewForm
from grants.selection.models import Review
from grants.selection.selectors import (
    conflicts_visible_to,
    open_questions,
    reviews_of,
    reviews_visible_to,
)
from grants.selection.services import declare, declare_own_conflict, save_review, submit_review
from grants.selection.services.reviews import missing_in
from grants.selection.states import CLEAR_STATES, OPEN_REVIEWS, ConflictState, ReviewState
from workflows.exceptions import Blocked
from workflows.services import options_for


@login_required
def my_reviews(request: HttpRequest) -> HttpResponse:
    """What I review: one next action, the progress, the list."""
    reviews = list(reviews_of(request.user))
    questions = list(open_questions(request.user))
    done = sum(1 for review in reviews if review.state == ReviewState.SUBMITTED)
    waiting = [review for review in reviews if review.state in OPEN_REVIEWS]
    context = {"reviews": reviews, "questions": questions, "done": done, "next": waiting[0] if waiting else None}
    return render(request, "grants/selection/my_reviews.html", context)


@login_required
def conflicts(request: HttpRequest) -> HttpResponse:
    """Every open question of conflict, one after another; only title, applicant and partners are shown."""
    questions = list(open_questions(request.user))
    if len(questions) == 1:
        return redirect(questions[0])
    return render(request, "grants/selection/conflicts.html", {"questions": questions})


@login_required
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """One question of conflict and its answer."""
    question = get_object_or_404(
        conflicts_visible_to(request.user).select_related("project__call", "project__organisation", "user"), pk=pk
    )
    own = question.user_id == request.user.pk
    call = question.project.call
    form = ConflictForm(request.POST or None, call=call) if own and question.state == ConflictState.ASKED else None
    if request.method == "POST" and form is not None and form.is_valid():
        declare(
            conflict=question, answer=form.cleaned_data["answer"], by=request.user, ground=form.cleaned_data["text"]
        )
        messages.success(request, _("Thank you. Your answer is recorded."))
        return redirect(_after_answer(request.user))
    context = {
        "question": question, "form": form, "own": own,
        "options": [] if form else options_for([question], request.user)[question.pk],
    }  # fmt: skip
    return render(request, "grants/selection/conflict.html", context, status=400 if form and form.errors else 200)


def _after_answer(user: Any) -> str:
    """The next question, or the list of reviews."""
    left = open_questions(user).first()
    return left.get_absolute_url() if left else reverse("selection:my_reviews")


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The application on the left, the review on the right; saved as often as wanted, submitted once."""
    found = get_object_or_404(reviews_visible_to(request.user).select_related("project__call", "user"), pk=pk)
    own = found.user_id == request.user.pk
    if own and not found.project.conflicts.filter(user_id=request.user.pk, state__in=CLEAR_STATES).exists():
        return redirect("selection:conflicts")
    if not own:
        get_object_or_404(projects_visible_to(request.user), pk=found.project_id)
    editable = own and found.state in OPEN_REVIEWS
    form = ReviewForm(request.POST or None, review=found) if editable else None
    if request.method == "POST" and form is not None and form.is_valid():
        answer = _save_or_submit(request, found, form)
        if answer is not None:
            return answer
    context = {
        "review": found, "form": form, "own": own, "sections": _content(found), "key": secrets.token_urlsafe(16),
        "missing": missing_in(found) if editable and found.saved_at else [],
        "options": options_for([found], request.user)[found.pk] if not own else [],
        "scores": [] if editable else list(found.scores.select_related("criterion")),
    }  # fmt: skip
    return render(request, "grants/selection/review.html", context, status=400 if form and form.errors else 200)


def _save_or_submit(request: HttpRequest, found: Review, form: ReviewForm) -> HttpResponse | None:
    """Save always; submit where asked. What is missing becomes errors beside the fields, and everything stays."""
    save_review(review=found, content=form.content(), by=request.user)
    if "submit" not in request.POST:
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect(found)
    for item in missing_in(found):
        form.add_error(item.key if item.key in form.fields else None, item.message)
    if form.errors:
        return None
    try:
        submit_review(review=found, by=request.user, key=request.POST.get("key") or None)
    except Blocked as refusal:
        for obstacle in refusal.obstacles:
            form.add_error(None, str(obstacle))
        return None
    messages.success(request, _("Your review of %(project)s is submitted.") % {"project": found.project.number})
    return redirect("selection:my_reviews")


def _content(found: Review) -> list[Any]:
    """The submitted version as the applicant wrote it, section by section."""
    version = latest_version(found.project.application) if hasattr(found.project, "application") else None
    if version is None:
        return []
    return snapshot_for_display(version.snapshot["content"], found.project.call.questionnaire)


@login_required
def step_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict of one's own with a project, asked or not; also when it is discovered on the way."""
    project = get_object_or_404(projects_visible_to(request.user).select_related("call"), pk=pk)
    form = ConflictForm(request.POST or None, call=project.call, initial={"answer": "conflict"})
    form.fields["answer"].choices = [("conflict", _("Yes: give it to somebody else"))]  # type: ignore[attr-defined]
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
    }  # fmt: skip
    return render(request, "confirm.html", context, status=400 if form.errors else 200)
