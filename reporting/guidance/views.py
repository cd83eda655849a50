"""The page of help and the statement of accessibility, for everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What each kind of person does here, step by step, and what to do when something does not work."""
    return render(request, "reporting/guidance/help.html", {"contact": settings.CONTACT})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom the pages work, how that was checked, and what does not work yet."""
    return render(request, "reporting/guidance/accessibility.html", {"contact": settings.CONTACT})
