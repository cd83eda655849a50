"""The front door: for strangers what this is, for everybody else what needs them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.homes.choosing import home_values
from reporting.homes.public import public_values
from workflows import clock
from workflows.formatting import date_long


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this is to strangers, and to those who have signed in the home of their role (`as` chooses one)."""
    now = clock.now()
    if not request.user.is_authenticated:
        return render(request, "reporting/homes/public.html", public_values(request.user, now))
    context = home_values(request.user, now, request.GET.get("as", ""))
    context["today"] = date_long(now, weekday=True)
    return render(request, "reporting/homes/home.html", context)
