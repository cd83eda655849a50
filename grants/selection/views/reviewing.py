"""One review beside the application: saved as often as wanted, in the background too, and submitted once."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from grants.applications.selectors import latest_version
from grants.projects.permissions import reads_as
from grants.projects.selectors import projects_visible_to
from grants.questionnaires.display import snapshot_for_display
from grants.questionnaires.typed import signed_in_keeping_text, wants_json
from grants.selection.forms import ReviewForm
from grants.selection.models import Review
from grants.selection.panels import due_of
from grants.selection.selectors import last_reason, reviews_visible_to
from grants.selection.services import save_review, submit_review
from grants.selection.services.reviews import edition_of, missing_in
from grants.selection.states import CLEAR_STATES, OPEN_REVIEWS, ReviewState
from grants.selection.views.crumbs import crumbs_to_evaluators, crumbs_to_reviews
from workflows.exceptions import Blocked, NotPermitted, Refused, Stale
from workflows.formatting import moment_text
from workflows.services import options_for

EDITION = "v-review"
"""The hidden field with the edition that the page showed; js/forms.js renews it after each save."""


@signed_in_keeping_text
def review(request: Any, pk: int) -> HttpResponse:
    """The application on the left, the review on the right; nothing typed is ever lost."""
    found = get_object_or_404(reviews_visible_to(request.user).select_related("project__call", "user"), pk=pk)
    own = found.user_id == request.user.pk
    if own and not found.project.conflicts.filter(user_id=request.user.pk, state__in=CLEAR_STATES).exists():
        return redirect("selection:conflicts")
    if not own:
        get_object_or_404(projects_visible_to(request.user), pk=found.project_id)
        if request.method == "POST":
            raise NotPermitted
        return _page(request, found, None)
    if request.method != "POST":
        kept = request.kept if found.state in OPEN_REVIEWS else None
        form = ReviewForm(kept, review=found) if found.state in OPEN_REVIEWS else None
        return _page(request, found, form, kept=kept is not None)
    form = ReviewForm(request.POST, review=found)
    return _in_background(request, found, form) if wants_json(request) else _as_page(request, found, form)


def _as_page(request: HttpRequest, found: Review, form: ReviewForm) -> HttpResponse:
    """Save, and submit where that button was pressed; whatever stands in the way leaves the text where it is."""
    if not form.is_valid():
        return _page(request, found, form, status=400)
    try:
        answer = _save_or_submit(request, found, form)
    except Stale as refusal:
        found.refresh_from_db()
        return _page(request, found, form, status=409, refusal=refusal)
    return answer or _page(request, found, form, status=400)


def _save_or_submit(request: HttpRequest, found: Review, form: ReviewForm) -> HttpResponse | None:
    """Save always; submit where asked. What is missing becomes errors beside the fields, and everything stays."""
    if "submit" in request.POST and found.state == ReviewState.SUBMITTED:
        return redirect("selection:my_reviews")  # the second half of a double click
    save_review(review=found, content=form.content(), by=request.user, seen=request.POST.get(EDITION))
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


def _in_background(request: HttpRequest, found: Review, form: ReviewForm) -> JsonResponse:
    """The answer to js/forms.js: when it was saved and the new edition, or why not; the text stays in the browser."""
    failed = _("Not saved. Your text is still here.")
    if not form.is_valid():
        words = [str(message) for errors in form.errors.values() for message in errors]
        return JsonResponse({"text": " ".join([failed, *words])}, status=400)
    try:
        save_review(review=found, content=form.content(), by=request.user, seen=request.POST.get(EDITION))
    except Stale:
        text = _("This review was saved in another tab meanwhile. Your text is still here; save the page to see both.")
        return JsonResponse({"text": text, "conflicts": [{"text": text}]}, status=409)
    except Refused as refusal:
        return JsonResponse({"text": f"{failed} {refusal}"}, status=400)
    at = moment_text(found.saved_at, found.project.call.time_zone)
    return JsonResponse({"text": _("Saved %(time)s") % {"time": at}, "tokens": {"review": edition_of(found)}})


def _page(
    request: HttpRequest, found: Review, form: ReviewForm | None, *, status: int = 200, kept: bool = False,
    refusal: Stale | None = None,
) -> HttpResponse:  # fmt: skip
    own, editable = found.user_id == request.user.pk, form is not None
    context = {
        "review": found, "form": form, "own": own, "key": secrets.token_urlsafe(16),
        "sections": _content(found, request.user),
        "edition": edition_of(found), "due": due_of(found.project.call), "kept": kept,
        "theirs": _saved_otherwise(found, form) if refusal and form else [], "refusal": refusal,
        "open": found.state in OPEN_REVIEWS,
        "returned": last_reason(found) if editable and found.state == ReviewState.RETURNED else "",
        "missing": missing_in(found) if editable and found.saved_at else [],
        "options": options_for([found], request.user)[found.pk] if not own else [],
        "crumbs": crumbs_to_reviews() if own else crumbs_to_evaluators(found.project.call, request.user),
        "scores": [] if editable else list(found.scores.select_related("criterion")),
    }  # fmt: skip
    return render(request, "grants/selection/review.html", context, status=status)


def _saved_otherwise(found: Review, form: ReviewForm) -> list[dict[str, Any]]:
    """Each field whose saved text differs from what was just typed, with the saved one."""
    saved = ReviewForm(review=found)
    differing = []
    for name, field in saved.fields.items():
        there, here = field.to_python(saved.initial.get(name)), form.cleaned_data.get(name)
        if (there or "") != (here or ""):
            label = _label_of(saved, name)
            shown = dict(getattr(field, "choices", [])).get(there, there)
            differing.append({"label": label, "saved": "" if shown is None else shown})
    return differing


def _label_of(form: ReviewForm, name: str) -> str:
    """Points and comments are named after their criterion too."""
    label = str(form.fields[name].label)
    criterion = next((c.label for c in form.criteria if name in {f"score-{c.key}", f"comment-{c.key}"}), "")
    return f"{criterion}: {label}" if criterion and criterion != label else label


def _content(found: Review, user: Any) -> list[Any]:
    """The submitted version as the applicant wrote it, section by section, as far as it is for this reader."""
    version = latest_version(found.project.application) if hasattr(found.project, "application") else None
    if version is None:
        return []
    reader = reads_as(user, found.project)
    return snapshot_for_display(version.snapshot["content"], found.project.call.questionnaire, reader=reader)
