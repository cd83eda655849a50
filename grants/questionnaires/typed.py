"""What was typed survives an expired session: kept on the way to signing in, shown again afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.accounts.kept_text import keep, take
from grants.questionnaires.services import SaveResult


def signed_in_keeping_text(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Like `login_required`, but a POST of someone who is signed out is kept in the session until they sign in.

    After signing in the view finds it as `request.kept`, a QueryDict for `build_section_form(data=…)`, or None. It is
    shown, not saved: saving stays the person's decision.
    """

    @wraps(view)
    def wrapped(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            keep(request)
            if wants_json(request):
                return JsonResponse(
                    {"signed_out": True, "text": str(_("Not saved. Your text is still here."))}, status=401
                )
            return redirect_to_login(request.path)
        request.kept = take(request)
        return view(request, *args, **kwargs)

    return wrapped


def wants_json(request: HttpRequest) -> bool:
    """Whether the script saves in the background and wants an answer it can read."""
    return request.headers.get("X-Autosave") == "1"


def autosave_response(result: SaveResult) -> JsonResponse:
    """The answer to a background save: when, what it may say aloud, the new tokens, problems, and both texts.

    200 when everything is kept, 409 when somebody else changed an answer meanwhile (the rest is kept all the same).
    """
    at = timezone.localtime(result.at)
    answer = {
        "saved_at": result.at.isoformat(),
        "text": _("Saved %(time)s") % {"time": f"{at:%H:%M}"},
        "tokens": result.tokens if not result.conflicts else {
            key: token for key, token in result.tokens.items() if key not in result.conflicts
        },
        "problems": [{"target": line.target, "message": str(line.message), "missing": line.missing}
                     for line in result.problems],
        "conflicts": [
            {"key": c.key, "theirs": c.theirs_text, "saved_by": c.saved_by, "saved_at": c.saved_at.isoformat(),
             "text": _("%(person)s changed this answer meanwhile. Your text is still here; save the page to see both.")
             % {"person": c.saved_by}}
            for c in result.conflicts.values()
        ],
    }  # fmt: skip
    return JsonResponse(answer, status=409 if result.conflicts else 200)
