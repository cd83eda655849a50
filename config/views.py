"""Pages of the house itself, which belong to no slice: the choice of light or dark, and the page of components."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from config import design
from grants.accounts.addresses import next_inside

YEAR = 365 * 24 * 60 * 60
RETRY_AFTER = 30
"""Seconds after which it is worth asking again when the database does not answer."""


def failure_page(request: HttpRequest) -> HttpResponse:
    """Answer what nobody foresaw: 503 where the database does not answer, which passes by itself, else 500.

    Django calls it while it handles the exception.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        answer = HttpResponse(render_to_string("503.html"), status=503)
        answer["Retry-After"] = str(RETRY_AFTER)
        return answer
    return HttpResponse(render_to_string("500.html"), status=500)


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark in a cookie for a year; anything else goes back to the system's choice."""
    response = HttpResponseRedirect(next_inside(request))
    chosen = request.POST.get("theme", "")
    if chosen in ("light", "dark"):
        response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie("theme")
    return response


@require_GET
def design_page(request: HttpRequest) -> HttpResponse:
    """Show every component in its states; only where the product is being built or shown, else 404."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "design.html", design.examples(request))
