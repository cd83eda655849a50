"""A request goes on in the language and zone of the person, and behind a second factor where the role asks for it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from grants.accounts.permissions import has_role

OPEN_WITHOUT_SECOND_FACTOR = {"account_logout", "account_reauthenticate", "language"}


class PreferencesMiddleware:
    """Activates the language and time zone of who is signed in; others keep what their browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the person's language and zone."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)


class SecondFactorMiddleware:
    """Holds back who has a role in `MFA_REQUIRED_ROLES` until a second factor is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what is held back is decided where the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send on to the page of second factors, unless the person is there or leaves."""
        if not settings.MFA_REQUIRED_ROLES or not has_role(request.user, *settings.MFA_REQUIRED_ROLES):
            return None
        name = (request.resolver_match.url_name if request.resolver_match else None) or ""
        if name.startswith("mfa_") or name in OPEN_WITHOUT_SECOND_FACTOR or is_mfa_enabled(request.user):
            return None
        messages.warning(request, _("Your role needs a second factor. Set one up to go on."))
        return HttpResponseRedirect(reverse("mfa_index"))


class RefusedFormMiddleware:
    """Answers 400 with a form that is refused, also where a page of accounts' own package shows it again with 200."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; whether a form was refused is known when its page is rendered."""
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Look at the form of the page; such responses come from the package alone."""
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == HTTPStatus.OK and form is not None and form.errors:
            response.status_code = HTTPStatus.BAD_REQUEST
        return response


def zone_of(person: Any) -> ZoneInfo:
    """The time zone of the person; the product's own where the stored name is not known on this machine."""
    try:
        return ZoneInfo(person.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)
