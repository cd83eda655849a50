"""The list of organisations, one's own, and the page of one."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from grants.organisations.filters import OrganisationFilter
from grants.organisations.permissions import can_help, can_manage_members, can_view_members, is_member_of
from grants.organisations.selectors import (
    active_members,
    former_names,
    my_memberships,
    open_invitations,
    organisations_listed,
    waiting_claim,
)
from grants.organisations.states import RECOMMENDED_ADMINS, MemberRole
from workflows import clock

PER_PAGE = 25


def page_of(request: HttpRequest, rows: QuerySet | list) -> Page:
    """The page that the address asks for; 404 where there is none."""
    try:
        return Paginator(rows, PER_PAGE).page(request.GET.get("page") or 1)
    except InvalidPage:
        raise Http404 from None


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """All organisations, found by words, kind and county."""
    found = OrganisationFilter(request.GET, queryset=organisations_listed())
    page = page_of(request, found.qs)
    return render(request, "grants/organisations/list.html", {"filter": found, "page": page})


@login_required
@require_safe
def my_organisations(request: HttpRequest) -> HttpResponse:
    """The organisations for which the person acts."""
    memberships = my_memberships(request.user)
    context = {"memberships": memberships, "recommended": RECOMMENDED_ADMINS}
    return render(request, "grants/organisations/mine.html", context)


@require_safe
def organisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation: facts for everybody, members for those who may see them."""
    organisation = get_object_or_404(organisations_listed(), pk=pk)
    user = request.user
    context = {
        "organisation": organisation,
        "former_names": former_names(organisation),
        "is_member": is_member_of(user, pk),
        "claim": waiting_claim(user, organisation) if user.is_authenticated else None,
    }
    if can_view_members(user, organisation):
        members = list(active_members(organisation))
        admins = sum(member.role == MemberRole.ADMIN and member.user.is_active for member in members)
        context |= {"members": members, "admins": admins, "few_admins": admins < RECOMMENDED_ADMINS, "shown": True}
        context["may_help"] = can_help(user, organisation)
    if can_manage_members(user, organisation):
        context |= {"may_manage": True, "invitations": open_invitations(organisation), "now": clock.now()}
    return render(request, "grants/organisations/detail.html", context)
