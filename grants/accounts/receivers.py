"""What follows from signing in and from changes of a second factor."""

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.accounts.models import User
from grants.accounts.permissions import can_view_roles, has_role, holds, roles_of
from grants.accounts.selectors import people_with_role
from grants.accounts.states import SECOND_FACTOR_ADVISED, Role
from workflows.navigation import register_nav
from workflows.policy import register_audiences


@receiver(authenticator_added, dispatch_uid="grants.accounts.end_other_sessions_added")
@receiver(authenticator_removed, dispatch_uid="grants.accounts.end_other_sessions_removed")
def end_other_sessions(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Sign the person out everywhere else: who sat in an old session must not outlive the change."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()


@receiver(user_logged_in, dispatch_uid="grants.accounts.speak_their_language")
def speak_their_language(sender: Any, user: User, **kwargs: Any) -> None:
    """Go on in the person's own language: the page of signing in may have been in another one."""
    translation.activate(user.language)


@receiver(user_logged_in, dispatch_uid="grants.accounts.advise_second_factor")
def advise_second_factor(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Tell who holds a powerful role, and signs in with a password alone, where to add a second factor."""
    if has_role(user, *SECOND_FACTOR_ADVISED) and not is_mfa_enabled(user):
        link = format_html('<a href="{}">{}</a>', reverse("mfa_index"), _("Add a second factor"))
        words = format_html("{} {}", _("Your role should be guarded by more than a password."), link)
        messages.warning(request, words)


register_audiences(
    "role",
    of=lambda user: {f"role:{role}" for role in roles_of(user)},
    people=lambda value: people_with_role(value),
)
register_nav(
    "roles",
    gettext_lazy("Roles"),
    "accounts:roles",
    visible=can_view_roles,
    order=95,
    first_for=holds(Role.ADMINISTRATOR),
)
