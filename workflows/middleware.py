"""One clock reading and one policy memory per request; refusals become pages, not errors."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from workflows import clock, policy
from workflows.exceptions import NotPermitted, Refused, Stale

LARGEST_KEY = 2**63 - 1
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ClockMiddleware:
    """Keeps the first reading of the database's clock for the whole request.

    Reads remember policy answers; writes do not, since a step may change them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request under one reading."""
        with clock.reading():
            if request.method in {"GET", "HEAD"}:
                with policy.remembering():
                    return self.get_response(request)
            return self.get_response(request)


class PrivacyMiddleware:
    """What is made for one signed-in person is kept by no cache on the way, nor by the browser after signing out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, and say that the answer is private where it is."""
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class RefusalMiddleware:
    """Shows a refusal that a view did not handle: 403 for no right, 409 for a late-comer or an obstacle."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Answer 404 for a number in the address that no key of a database can be."""
        if any(isinstance(value, int) and value > LARGEST_KEY for value in kwargs.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a page for a refusal; leave every other exception alone."""
        if isinstance(exception, NotPermitted):
            return render(request, "403.html", {"exception": exception}, status=403)
        if isinstance(exception, Refused):
            context = {"exception": exception, "stale": exception if isinstance(exception, Stale) else None}
            return render(request, "409.html", context, status=409)
        return None
