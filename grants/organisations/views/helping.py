"""The funder's help for an organisation without administrators, and the log of who let whom in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.organisations.forms import HelpForm
from grants.organisations.permissions import can_help
from grants.organisations.selectors import events_of, organisations_with_members_visible_to
from grants.organisations.services.help import help_organisation
from grants.organisations.views.organisations import page_of
from workflows.exceptions import Blocked


@login_required
def help_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody of an organisation that nobody can manage, with the reason."""
    organisation = get_object_or_404(organisations_with_members_visible_to(request.user), pk=pk)
    if not can_help(request.user, organisation):
        raise PermissionDenied(_("The funder may help only an organisation that has no administrator left."))
    form = HelpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = help_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        except Blocked as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The invitation to %(address)s is on its way.") % {"address": sent.email})
            return redirect("organisations:log", pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "grants/organisations/help.html", context, status=400 if form.errors else 200)


@login_required
@require_safe
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Who joined and left, who let them in, and every help of the funder with its reason."""
    organisation = get_object_or_404(organisations_with_members_visible_to(request.user), pk=pk)
    page = page_of(request, events_of(organisation))
    return render(request, "grants/organisations/log.html", {"organisation": organisation, "page": page})
