"""The frame of every page, `{% load frame %}`: light or dark, the menu at the top, the links at the foot."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString

from workflows import navigation, text

register = template.Library()
THEMES = ("light", "dark")


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> SafeString | str:
    """Return the data-theme attribute of the reader's own choice (a cookie), else nothing: the system decides."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme") if request else None
    return format_html(' data-theme="{}"', chosen) if chosen in THEMES else ""


def placed(items: Iterable[navigation.NavItem], path: str) -> list[dict[str, Any]]:
    """Return items of the menu, each with what tells that one is there."""
    return [{"item": item, "current": navigation.current(item.url, path)} for item in items]


def address_or_nothing(name: str) -> str:
    """Return the address of a named page, or nothing where the product runs without that slice."""
    try:
        return navigation.address(name)
    except NoReverseMatch:
        return ""


def _reader(request: HttpRequest | None) -> Any:
    """Who reads the page; nobody in particular where the request was refused before anybody asked who sends it."""
    return getattr(request, "user", None) or AnonymousUser()


def way_back(request: HttpRequest | None) -> str:
    """Return where one stands, for a switch that comes back: the address, or the page whose form has been refused.

    What answers a POST may not answer a GET; the page from which it was sent does.
    """
    if request is None:
        return "/"
    if request.method == "GET":
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or not came_from.path.startswith("/"):
        return "/"
    return urlunsplit(("", "", came_from.path, came_from.query, ""))


@register.inclusion_tag("components/site_header.html", takes_context=True)
def site_header(context: template.Context) -> dict[str, Any]:
    """Show the name, the menu, the language switch and the account. Works on error pages, which have no request."""
    request = context.get("request")
    user = _reader(request)
    path = request.path if request else ""
    language = text.current_language()
    menu = navigation.menu_for(user) if request else navigation.Menu([], [])
    return {
        "items": placed(menu.bar, path),
        "more": placed(menu.more, path),
        "user": user,
        "next": way_back(request),
        "language_url": address_or_nothing("accounts:language"),
        "other_language": "en" if language == "lt" else "lt",
        "sign_in_url": address_or_nothing("account_login"),
        "sign_out_url": address_or_nothing("account_logout"),
        "account_url": address_or_nothing("accounts:profile"),
        "search_url": address_or_nothing("search"),
        "searching": navigation.current(address_or_nothing("search"), path),
    }


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def trail(context: template.Context) -> dict[str, Any]:
    """Show the way to a page that names none itself: the room of the menu it lies in, else the home page."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return {"crumbs": navigation.trail_of(request.path, user) if request and user is not None else []}


@register.inclusion_tag("components/site_footer.html", takes_context=True)
def site_footer(context: template.Context) -> dict[str, Any]:
    """Show the foot of the page: links that every page needs, and the choice of light or dark."""
    request = context.get("request")
    return {
        "links": navigation.foot_for(_reader(request)) if request else [],
        "theme_url": address_or_nothing("theme"),
        "chosen": request.COOKIES.get("theme", "") if request else "",
        "next": way_back(request),
        "demo": settings.DEMO,
    }
