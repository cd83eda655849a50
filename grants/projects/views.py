"""Pages of projects: lists, one project, and the steps that ask for more than a reason."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.calls.pages import refusal_into
from grants.projects import pages, services
from grants.projects.filters import ProjectFilter
from grants.projects.forms import AllocateForm, InviteForm
from grants.projects.models import Project
from grants.projects.permissions import can_coordinate, can_overrule
from grants.projects.selectors import projects_of_team, projects_visible_to
from workflows.exceptions import Blocked, IllegalMove

PAGE = 25


def _list(request: HttpRequest, projects: QuerySet[Project], *, title: str, own: bool) -> HttpResponse:
    ordered = pages.with_shown(projects).order_by("-call__opens_at", "call_id", "ordinal")
    shown = ProjectFilter(request.GET, queryset=ordered, request=request)
    page = Paginator(shown.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": shown, "page": page, "rows": pages.rows_of(list(page.object_list), request.user), "title": title,
        "own": own, "narrowed": any(request.GET.get(name) for name in ProjectFilter.base_filters),
    }  # fmt: skip
    return render(request, "grants/projects/list.html", context)


@login_required
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """Every project that the reader may see."""
    return _list(request, projects_visible_to(request.user), title=_("Projects"), own=False)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The projects of the reader's own organisations."""
    return _list(request, projects_of_team(request.user), title=_("Our projects"), own=True)


def _project(request: HttpRequest, pk: int) -> Project:
    return get_object_or_404(pages.with_shown(projects_visible_to(request.user)), pk=pk)


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: whose turn it is, its stage, what can be done, facts, parts of later rooms, history."""
    whole = request.GET.get("history") == "all"
    context = pages.project_page(_project(request, pk), request.user, whole_history=whole)
    context["crumbs"] = [_to_list()]
    return render(request, "grants/projects/detail.html", context)


def _to_list() -> tuple[str, str]:
    return _("Projects"), reverse("projects:list")


def _form_page(request: HttpRequest, project: Project, form: Any, title: str) -> HttpResponse:
    back = project.get_absolute_url()
    context = {
        "form": form, "title": title, "action_label": title, "back_url": back,
        "crumbs": [_to_list(), (str(project), back)],
    }  # fmt: skip
    return render(request, "confirm.html", context, status=400 if form.errors else 200)


@login_required
def allocate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a project money without a competition, where the call's rules have that."""
    project = _project(request, pk)
    if not can_overrule(request.user, project):
        raise PermissionDenied
    form = AllocateForm(request.POST or None, initial={"key": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.allocate_project(
                project=project, by=request.user, amount=data["amount"], note=data["note"], key=data["key"] or None
            )
        except (Blocked, IllegalMove) as refusal:
            refusal_into(form, refusal)
        else:
            messages.success(request, _("The money is allocated."))
            return redirect(project)
    return _form_page(request, project, form, _("Allocate"))


@login_required
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a full proposal until a moment, where the call has two stages."""
    project = _project(request, pk)
    if not can_coordinate(request.user, project):
        raise PermissionDenied
    form = InviteForm(request.POST or None, zone=project.call.time_zone, initial={"key": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.invite_full_proposal(
                project=project, by=request.user, submit_until=data["submit_until"], note=data["note"],
                key=data["key"] or None,
            )  # fmt: skip
        except (Blocked, IllegalMove) as refusal:
            refusal_into(form, refusal)
        else:
            messages.success(request, _("The applicant is invited to write a full proposal."))
            return redirect(project)
    return _form_page(request, project, form, _("Invite a full proposal"))
