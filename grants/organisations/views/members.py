"""Members of an organisation: inviting, accepting, changing roles, ending."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.organisations.forms import InviteForm, MemberRoleForm
from grants.organisations.models import Membership, Organisation
from grants.organisations.permissions import can_manage_members
from grants.organisations.selectors import (
    invitations_visible_to,
    members_visible_to,
    organisations_with_members_visible_to,
)
from grants.organisations.services import invitations as invitation_services
from grants.organisations.services.members import change_role, end_membership
from workflows.exceptions import Blocked


def managed_or_refuse(user: Any, pk: int) -> Organisation:
    """The organisation whose members the person decides on; 404 for strangers, 403 for its other members."""
    organisation = get_object_or_404(organisations_with_members_visible_to(user), pk=pk)
    if not can_manage_members(user, organisation):
        raise PermissionDenied
    return organisation


def membership_or_404(user: Any, pk: int, user_pk: int) -> Membership:
    """The membership of a person, where the reader may see members; the last one when all ended."""
    if (
        max(pk, user_pk) > BigIntegerField.MAX_BIGINT
    ):  # a foreign key is compared in the database, which would refuse it
        raise Http404
    known = members_visible_to(user).filter(organisation_id=pk, user_id=user_pk)
    membership = known.order_by(F("left_at").desc(nulls_first=True)).first()
    if membership is None:
        raise Http404
    return membership


@login_required
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody by mail."""
    organisation = managed_or_refuse(request.user, pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = invitation_services.invite_member(organisation=organisation, by=request.user, **form.cleaned_data)
        except Blocked as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The invitation to %(address)s is on its way.") % {"address": sent.email})
            return redirect(organisation)
    context = {"form": form, "organisation": organisation}
    return render(request, "grants/organisations/invite.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Make an invitation useless."""
    organisation = get_object_or_404(organisations_with_members_visible_to(request.user), pk=pk)
    invitation = invitations_visible_to(request.user).filter(pk=invitation_pk, organisation=organisation).first()
    if invitation is None and not can_manage_members(request.user, organisation):
        raise PermissionDenied
    if invitation is None:
        raise Http404
    invitation_services.withdraw_invitation(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect(organisation)


def accept(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation is to, for whoever has the link; accepting needs the account of the invited address."""
    invitation = invitation_services.invitation_of(token)
    if invitation is None:
        raise Http404
    user = request.user
    if request.method == "POST" and user.is_authenticated:
        try:
            invitation_services.accept_invitation(invitation=invitation, by=user)
        except Blocked:
            pass  # the page below says what stands in the way
        else:
            messages.success(request, _("You now act for this organisation."))
            return redirect(invitation.organisation)
    if user.is_authenticated and invitation.accepted_by_id == user.pk:
        return redirect(invitation.organisation)
    obstacle = invitation_services.obstacle_of(invitation)
    if obstacle is None and user.is_authenticated:
        obstacle = invitation_services.address_obstacle(invitation, user)
    context = {"invitation": invitation, "obstacle": obstacle, "next": reverse("organisations:accept", args=[token])}
    status = 410 if obstacle and obstacle.code != "other_address" else 200
    return render(request, "grants/organisations/accept.html", context, status=status)


@login_required
def member_role(request: HttpRequest, pk: int, user_pk: int) -> HttpResponse:
    """Give a member another role."""
    organisation = managed_or_refuse(request.user, pk)
    membership = membership_or_404(request.user, pk, user_pk)
    if membership.left_at is not None:
        raise Http404
    form = MemberRoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            change_role(membership=membership, role=form.cleaned_data["role"], by=request.user)
        except Blocked as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The role is changed."))
            return redirect(organisation)
    context = {"form": form, "organisation": organisation, "membership": membership}
    return render(request, "grants/organisations/member_role.html", context, status=400 if form.errors else 200)


@login_required
def end(request: HttpRequest, pk: int, user_pk: int) -> HttpResponse:
    """End a membership, one's own too, on a page of its own."""
    membership = membership_or_404(request.user, pk, user_pk)
    is_own = membership.user_id == request.user.pk
    if not is_own and not can_manage_members(request.user, membership.organisation):
        raise PermissionDenied
    obstacles = []
    if request.method == "POST":
        try:
            end_membership(membership=membership, by=request.user)
        except Blocked as refusal:
            obstacles = refusal.obstacles
        else:
            messages.success(request, _("The membership has ended."))
            return redirect(membership.organisation)
    context = {"membership": membership, "is_own": is_own, "obstacles": obstacles}
    return render(request, "grants/organisations/end.html", context, status=400 if obstacles else 200)
