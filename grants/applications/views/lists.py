"""Lists: the applications of one's own organisations, and those that a call has received."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from grants.applications.filters import ApplicationFilter
from grants.applications.listing import calls_with_applications, draft_count, listed, with_latest_version
from grants.applications.selectors import applications_for_staff, applications_of_team, may_start_for
from grants.calls.selectors import accepting_calls, calls_visible_to_staff
from workflows import clock

PAGE = 25


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For a team its drafts and what it submitted; for the funder's people the calls with applications."""
    own = with_latest_version(applications_of_team(request.user)).order_by(
        "-project__call__closes_at", "project__ordinal"
    )
    page = Paginator(own, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": listed(page.object_list), "may_start": bool(may_start_for(request.user)),
        "calls": accepting_calls().select_related("programme")[:PAGE], "now": clock.now(),
        "staff_calls": calls_with_applications(request.user),
    }  # fmt: skip
    return render(request, "grants/applications/index.html", context)


@login_required
@require_safe
def of_call(request: HttpRequest, pk: int) -> HttpResponse:
    """What one call has received, for the funder's people."""
    call = get_object_or_404(calls_visible_to_staff(request.user), pk=pk)
    received = applications_for_staff(request.user).filter(project__call=call).order_by("project__ordinal")
    filterset = ApplicationFilter(request.GET or None, queryset=with_latest_version(received))
    page = Paginator(filterset.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "call": call, "filterset": filterset, "page": page, "rows": listed(page.object_list),
        "drafts": draft_count(request.user, call), "crumbs": [(call.title, call.get_absolute_url())],
    }  # fmt: skip
    return render(request, "grants/applications/of_call.html", context)
