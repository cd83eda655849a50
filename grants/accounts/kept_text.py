"""What was typed survives an expired session: kept on the way to signing in, given back on the page it came from.

A form that can show it again in its own fields takes it (`take`); on any other page the texts stand above the form.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import SimpleLazyObject

from grants.accounts.addresses import is_inside

KEPT = "typed_before_signing_in"
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
        request.session[KEPT] = {"path": request.path, "page": _page_of(request), "text": text}


def is_kept(request: HttpRequest) -> bool:
    """Whether something typed waits for its owner to sign in."""
    return KEPT in request.session


def take(request: HttpRequest) -> QueryDict | None:
    """What was sent to this very address, for a form that shows it in its own fields; once."""
    kept = request.session.get(KEPT)
    if request.method != "GET" or not kept or kept.get("path") != request.path:
        return None
    del request.session[KEPT]
    return QueryDict(kept["text"])


def texts_left(request: HttpRequest) -> list[str]:
    """The texts of two words and more that were typed on this page and that no form has taken; once."""
    user, session = getattr(request, "user", None), getattr(request, "session", None)
    if request.method != "GET" or session is None or user is None or not user.is_authenticated:
        return []
    kept = session.get(KEPT)
    if not kept or kept.get("page") != request.path:
        return []
    del session[KEPT]
    return [value for _name, values in QueryDict(kept["text"]).lists() for value in values if len(value.split()) > 1]


def kept_texts(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: what was typed there before the session ended."""
    return {"kept_texts": SimpleLazyObject(lambda: texts_left(request))}


def _page_of(request: HttpRequest) -> str:
    """The page where the form stood: a button may send to an address that is no page at all."""
    address = request.headers.get("Referer", "")
    return urlsplit(address).path if address and is_inside(request, address) else request.path


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
        return response


def _asks_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    following = parse_qs(urlsplit(response["Location"]).query).get("next", [""])[0]
    return not request.user.is_authenticated and urlsplit(following).path == request.path
