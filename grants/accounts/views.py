"""Pages about oneself and about who holds which role."""

from copy import copy
from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from grants.accounts import services
from grants.accounts.addresses import next_inside
from grants.accounts.demo import PASSWORD, demo_accounts
from grants.accounts.forms import GrantRoleForm, LanguageForm, ProfileForm, RevokeRoleForm
from grants.accounts.kept_text import is_kept
from grants.accounts.permissions import can_change_roles, can_view_roles, has_role
from grants.accounts.selectors import past_grants, role_grants_visible_to, staff_with_roles
from grants.accounts.states import SECOND_FACTOR_ADVISED


class SignInView(LoginView):
    """The page for signing in; says what comes back afterwards, and in a demonstration offers its people."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What allauth shows, whether a text waits, and the demonstration's accounts with their common password."""
        ours = {"demo_accounts": demo_accounts(), "demo_password": PASSWORD, "text_is_kept": is_kept(self.request)}
        return super().get_context_data(**kwargs, **ours)


@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages and stay on the page; who is signed in keeps it everywhere."""
    response = HttpResponseRedirect(next_inside(request))
    form = LanguageForm(request.POST)
    if form.is_valid():
        language = form.cleaned_data["language"]
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
        if request.user.is_authenticated:
            services.change_language(person=request.user, language=language, by=request.user)
    return response


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own name, language and zone, with the way to what guards the account."""
    person = request.user
    form = ProfileForm(request.POST or None, instance=copy(person))
    if request.method == "POST" and form.is_valid():
        services.change_profile(person=person, by=person, **form.cleaned_data)
        translation.activate(person.language)
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "grants": role_grants_visible_to(person).filter(user=person, until__isnull=True),
        "second_factor_missing": has_role(person, *SECOND_FACTOR_ADVISED) and not is_mfa_enabled(person),
    }
    return render(request, "grants/accounts/profile.html", context, status=400 if form.errors else 200)


@login_required
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds which role; an administrator gives one here."""
    if not can_view_roles(request.user):
        raise PermissionDenied
    may_change = can_change_roles(request.user)
    form = GrantRoleForm(request.POST or None, by=request.user) if may_change else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            data = form.cleaned_data
            services.grant_role(person=form.person, role=data["role"], reason=data["reason"], by=request.user)
            messages.success(request, _("%(person)s now holds the role.") % {"person": form.person})
            return redirect("accounts:roles")
    try:
        past = Paginator(past_grants(), 25).page(request.GET.get("page") or 1)
    except InvalidPage:
        raise Http404 from None
    context = {"people": staff_with_roles(), "past": past, "form": form, "may_change": may_change}
    return render(request, "grants/accounts/roles.html", context, status=400 if form and form.errors else 200)


@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role, with a reason, on a page of its own."""
    grant = get_object_or_404(role_grants_visible_to(request.user), pk=pk)
    if not can_change_roles(request.user, grant.user):
        raise PermissionDenied
    form = RevokeRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.revoke_role(grant=grant, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The role has ended."))
        return redirect("accounts:roles")
    context = {"form": form, "grant": grant}
    return render(request, "grants/accounts/revoke.html", context, status=400 if form.errors else 200)
