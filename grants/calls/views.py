"""Pages of calls."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from grants.calls.selectors import calls_visible_to


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one call, for everybody."""
    call = get_object_or_404(calls_visible_to(request.user), pk=pk)
    return render(request, "grants/calls/detail.html", {"call": call})
