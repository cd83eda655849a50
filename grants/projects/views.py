"""Pages of projects."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from grants.projects.selectors import projects_visible_to


@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one project."""
    project = get_object_or_404(projects_visible_to(request.user).select_related("organisation", "call"), pk=pk)
    return render(request, "grants/projects/detail.html", {"project": project})
