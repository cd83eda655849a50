"""Pages for reading: the home page that everybody may open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from workflows import clock
from workflows.formatting import date_long
from workflows.navigation import home_blocks_for


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is and, in blocks that the slices register, what is going on for this reader."""
    context = {"blocks": home_blocks_for(request.user), "today": date_long(clock.now(), weekday=True)}
    return render(request, "reporting/home.html", context)
