"""The page on which a demonstration is begun anew; it exists only where `make run` can do that."""

import time

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config import starting_over

STOP_ASKING = 286
"""The answer after which htmx does not ask again."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start_over(request: HttpRequest) -> HttpResponse:
    """Ask first, then show how far it is; whoever is signed in with an account of the demonstration may ask for it.

    How far it is everybody may read: the one who asked is signed out when it is done. 404 where nobody could do it.
    """
    if not settings.DEMO_CAN_START_OVER:
        raise Http404
    progress = starting_over.progress_of(settings.VAR_DIR)
    part = request.headers.get("HX-Request") == "true"
    if part or (progress is not None and progress.is_under_way and request.method != "POST"):
        return _how_far(request, progress, part=part)
    if not request.user.is_authenticated:
        if progress is not None and progress.state == "done" and request.method != "POST":
            return _how_far(request, progress, part=False)
        return redirect_to_login(request.get_full_path())
    if not request.user.is_demo:
        raise PermissionDenied
    if request.method == "POST":
        starting_over.ask(settings.VAR_DIR)
        return HttpResponseRedirect(reverse("start_over"))
    return _question(request, failed=progress is not None and progress.state == "failed")


def _question(request: HttpRequest, *, failed: bool) -> HttpResponse:
    context = {
        "title": _("Start the demonstration over?"),
        "lead": _("The last attempt did not end well and changed nothing. You can try again; it takes about a minute.")
        if failed
        else _("A fresh demonstration is loaded beside this one, which takes a minute; then it takes its place."),
        "consequences": [
            _("Everything that anybody did in it is gone: drafts, scores, decisions, payments, files and letters."),
            _("Everybody is signed out, you too; accounts and passwords are the same as at the beginning."),
            _("Until then everybody can go on looking around, but nothing done meanwhile is kept."),
        ],
        "action_label": _("Start over"),
        "action_kind": "danger",
        "back_url": "/",
        "crumbs": [(_("Home"), "/")],
    }
    return render(request, "confirm.html", context)


def _how_far(request: HttpRequest, progress: starting_over.Progress | None, *, part: bool) -> HttpResponse:
    context = {
        "progress": progress,
        "steps": starting_over.STEPS,
        "seconds": max(0, int(time.time() - progress.since)) if progress else 0,
    }
    ended = progress is None or not progress.is_under_way
    template = "demo/_how_far.html" if part else "demo/how_far.html"
    return render(request, template, context, status=STOP_ASKING if part and ended else 200)
