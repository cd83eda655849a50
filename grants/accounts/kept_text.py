"""What was typed survives an expired session: kept on the way to signing in, given back on the page it came from.

A form that can show it again in its own fields takes it (`take`); on any other page the texts stand above the form.
Only the person who typed gets it back: a browser remembers, signed, who was the last to send something while signed in.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import SimpleLazyObject

from grants.accounts.addresses import is_inside

KEPT = "typed_before_signing_in"
WRITER = "writer"
REMEMBERED_SECONDS = 60 * 60 * 24 * 60
"""Longer than any session lasts."""
MOST_KEPT = 400_000
"""Characters; a longer text would only fill the table of sessions."""
SECRET = re.compile(r".*password.*|code|credential|csrfmiddlewaretoken", re.IGNORECASE)
"""The names of fields whose content is written down nowhere."""


def keep(request: HttpRequest) -> None:
    """Keep what a signed-out person has sent in their session, with the page on which they had typed it."""
    typed = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if not SECRET.fullmatch(name):
            typed.setlist(name, values)
    text = typed.urlencode()
    if text and len(text) <= MOST_KEPT:
        request.session[KEPT] = {
            "path": request.path, "page": _page_of(request), "text": text, "writer": _writer_known(request),
        }  # fmt: skip


def is_kept(request: HttpRequest) -> bool:
    """Whether something typed waits for its owner to sign in."""
    return KEPT in request.session


def take(request: HttpRequest) -> QueryDict | None:
    """What was sent to this very address, for a form that shows it in its own fields; once."""
    return _given_back(request, "path")


def _given_back(request: HttpRequest, place: str) -> QueryDict | None:
    """What was kept for this address or page, once; to another person than its writer it is never shown."""
    kept = request.session.get(KEPT)
    if request.method != "GET" or not kept or kept.get(place) != request.path:
        return None
    del request.session[KEPT]
    return QueryDict(kept["text"]) if kept.get("writer", "") in ("", str(request.user.pk)) else None


def texts_left(request: HttpRequest) -> list[str]:
    """The texts of two words and more that were typed on this page and that no form has taken; once."""
    user, session = getattr(request, "user", None), getattr(request, "session", None)
    if session is None or user is None or not user.is_authenticated:
        return []
    typed = _given_back(request, "page") or QueryDict()
    return [value for _name, values in typed.lists() for value in values if len(value.split()) > 1]


def kept_texts(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: what was typed there before the session ended."""
    return {"kept_texts": SimpleLazyObject(lambda: texts_left(request))}


def _page_of(request: HttpRequest) -> str:
    """The page where the form stood: a button may send to an address that is no page at all."""
    address = request.headers.get("Referer", "")
    return urlsplit(address).path if address and is_inside(request, address) else request.path


def _writer_known(request: HttpRequest) -> str:
    """The key of the person who last sent something from this browser while signed in; empty where nobody did."""
    return str(request.get_signed_cookie(WRITER, default="", salt=WRITER, max_age=REMEMBERED_SECONDS))


def _remember_writer(request: HttpRequest, response: HttpResponse) -> None:
    """Signing in is sending something, so that the cookie is there before anything can be typed."""
    writer = str(request.user.pk)
    if _writer_known(request) != writer:
        response.set_signed_cookie(
            WRITER, writer, salt=WRITER, max_age=REMEMBERED_SECONDS, httponly=True, samesite="Lax",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )  # fmt: skip


class KeptTextMiddleware:
    """Keeps what was sent by somebody whose session has ended, and leads back to the page where it was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; look whether it was sent on to sign in."""
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and _asks_to_sign_in(request, response):
            keep(request)
            response["Location"] = redirect_to_login(_page_of(request)).url
        elif request.method == "POST" and request.user.is_authenticated:
            _remember_writer(request, response)
        return response


def _asks_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    following = parse_qs(urlsplit(response["Location"]).query).get("next", [""])[0]
    return not request.user.is_authenticated and urlsplit(following).path == request.path
