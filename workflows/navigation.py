"""What the frame of every page shows, told by those who own it: the items of the menu and of the foot.

A slice registers in its AppConfig.ready (or a module imported there); the frame knows no slice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise


def everybody(user: Any) -> bool:
    """Let every reader see it, signed in or not."""
    return True


def signed_in(user: Any) -> bool:
    """Let every signed-in user see it."""
    return bool(user and user.is_authenticated)


def strangers(user: Any) -> bool:
    """Let only those see it who have not signed in."""
    return not signed_in(user)


def nobody(user: Any) -> bool:
    """Put it first for nobody: its order alone decides whether the menu has room."""
    return False


@dataclass(frozen=True)
class NavItem:
    """One item of the menu at the top."""

    key: str
    label: str | Promise
    url_name: str
    visible: Callable[[Any], bool] = everybody
    order: int = 100
    first_for: Callable[[Any], bool] = nobody

    @property
    def url(self) -> str:
        """Address of the item."""
        return address(self.url_name)


def address(url_name: str) -> str:
    """Return the address of a page of the frame, which every page asks for anew; raises NoReverseMatch."""
    return _address(url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@cache
def _address(url_name: str, urlconf: str, _prefix: str) -> str:
    """Looking up the thirty addresses of the frame costs as much as a query; they change only with the last two."""
    return reverse(url_name, urlconf)


@dataclass(frozen=True)
class Menu:
    """The menu of one reader: what stands in the bar, and what opens below it."""

    bar: list[NavItem]
    more: list[NavItem]


BAR = 5  # a menu that is longer is not read, it is searched
_items: dict[str, NavItem] = {}
_foot: dict[str, NavItem] = {}


def register_nav(
    key: str,
    label: str | Promise,
    url_name: str,
    visible: Callable[[Any], bool] = everybody,
    order: int = 100,
    first_for: Callable[[Any], bool] = nobody,
) -> None:
    """Add an item to the menu. The same key again replaces it; `order` sorts, smaller first.

    The bar has room for five: first those that are `first_for` this reader, then by order; the rest opens below it.
    """
    _items[key] = NavItem(key, label, url_name, visible, order, first_for)


def register_foot(
    key: str, label: str | Promise, url_name: str, visible: Callable[[Any], bool] = everybody, order: int = 100
) -> None:
    """Add a link to the foot of every page: help, words, rules. The same key again replaces it."""
    _foot[key] = NavItem(key, label, url_name, visible, order)


def _shown(items: dict[str, NavItem], user: Any) -> list[NavItem]:
    return sorted((item for item in items.values() if item.visible(user)), key=lambda item: (item.order, item.key))


def nav_for(user: Any) -> list[NavItem]:
    """Return every item of the menu that this reader may see, in order."""
    return _shown(_items, user)


def menu_for(user: Any) -> Menu:
    """Return the menu of this reader: at most five items in the bar, the rest below it."""
    items = nav_for(user)
    wanted = sorted(items, key=lambda item: not item.first_for(user))[:BAR]
    return Menu([item for item in items if item in wanted], [item for item in items if item not in wanted])


def foot_for(user: Any) -> list[NavItem]:
    """Return the links of the foot that this reader may see, in order."""
    return _shown(_foot, user)


def trail_of(path: str, user: Any) -> list[tuple[Any, str]]:
    """Return the way to a page as (label, address): the room of the menu in which it lies, and of a room the home page.

    The home page and those that stand in the bar themselves need no way.
    """
    rooms = [item for item in nav_for(user) if item.url != "/" and current(item.url, path)]
    room = max(rooms, key=lambda item: len(item.url), default=None)
    if room is not None and path != room.url:
        return [(room.label, room.url)]
    if path == "/" or (room is not None and room in menu_for(user).bar):
        return []
    return [(item.label, item.url) for item in nav_for(user) if item.url == "/"]


def current(item_url: str, path: str) -> str:
    """Return the value of aria-current: "page" on the page itself, "true" below it, else nothing."""
    if path == item_url:
        return "page"
    return "true" if item_url != "/" and path.startswith(item_url.rstrip("/") + "/") else ""
