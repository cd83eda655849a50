"""Every page of the world as a suitable person sees it, put before a real browser without a server between.

    reader = Reader(unserved_page, world)
    for sheet in reader.sheets():
        html = reader.show(sheet, "lt")     # and the page is open: use tests.journeys.looks

The page is made in this process; the browser asks for it and for its files at an address that leads nowhere else.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.views import serve
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from config import starting_over
from grants.accounts.models import User
from tests.grants.addresses import address, routes
from tests.grants.walking import quiet_refusals, signed_in
from tests.scenarios.world import World
from workflows.exceptions import Blocked
from workflows.obstacles import Obstacle

MATRIX = Path(__file__).parents[1] / "grants" / "url_matrix.csv"
PREFERRED = (
    "admin", "coordinator", "head", "finance", "administrator", "auditor", "evaluator_cleared", "evaluator_asked",
    "nobody", "signed_out",
)  # fmt: skip
"""Of those who may open an address: whose page says most."""
HOMES = (
    "signed_out", "nobody", "admin", "evaluator_cleared", "coordinator", "finance", "head", "auditor", "administrator",
)  # fmt: skip
LOOKING = ("admin", "coordinator", "evaluator_cleared", "administrator")
"""Who looks at a thing in each of its situations."""
OWN = (
    "account_email", "account_change_password", "account_logout", "account_reauthenticate", "mfa_index",
    "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list",
)  # fmt: skip
"""Pages of one's own account, some of which open only to who has just said the password again."""
STRANGERS = (
    "account_login", "account_signup", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done", "account_inactive", "design", "start_over",
)  # fmt: skip
PASSWORD = "slaptas-žodis-2027"
NEWCOMER = {"email": "nauja@example.org", "password1": PASSWORD, "full_name": "Nauja Naujokė", "language": "lt"}
EXTENDS = re.compile(r'{% extends "([^"]+)"')
LAYOUTS = {"allauth/layouts/entrance.html", "allauth/layouts/manage.html"}
"""What pages of the accounts' package extend; these pages are its own."""
REFUSALS = ("400", "403", "403_csrf", "404", "409", "410", "429", "500", "503")
"""Pages of what went wrong, which no address shows at will."""
REFUSED = Blocked([Obstacle("bank", "The bank account is not confirmed", "/")])


def show_everything(settings: Any, var: Path) -> None:
    """Let the pages exist that only a demonstration has: of all parts, and of one that is being started over."""
    settings.DEMO = settings.DEMO_CAN_START_OVER = True
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
    settings.VAR_DIR = var
    (var / "run").mkdir()
    starting_over.ask(var)


@dataclass(frozen=True)
class Sheet:
    """One page: who reads it, where it is, and which templates made it."""

    role: str
    where: str
    templates: tuple[str, ...]

    @property
    def template(self) -> str:
        """The page's own template: parts and letters that it shows may have been made before it."""
        return next((name for name in self.templates if name in pages_of_the_product()), self.templates[0])

    def __str__(self) -> str:
        return f"{self.where} as {self.role} ({self.template})"


@cache
def pages_of_the_product() -> frozenset[str]:
    """The templates that are pages: those that extend another and that none extends."""
    root = Path(settings.BASE_DIR) / "templates"
    texts = {str(path.relative_to(root)): path.read_text("utf-8") for path in root.rglob("*.html")}
    parents = {found[1] for text in texts.values() if (found := EXTENDS.search(text))}
    return frozenset(name for name, text in texts.items() if EXTENDS.search(text) and name not in parents) - LAYOUTS


def readers() -> dict[str, str]:
    """Route -> of those who may read it, the one whose page says most."""
    with MATRIX.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["method"] == "GET"]
    found = {row["route"]: [role for role in PREFERRED if row[role] == "200"] for row in rows}
    return {route: roles[0] for route, roles in found.items() if roles}


def places(world: World) -> Iterator[tuple[str, str]]:
    """(role, address) of all that is worth looking at: homes, each route, each thing in each of its situations."""
    yield from ((role, "/") for role in HOMES)
    words = routes()
    yield from ((role, address(world, route, words[route])) for route, role in sorted(readers().items()))
    yield from (("nobody", reverse(name)) for name in OWN)
    yield from (("signed_out", reverse(name)) for name in STRANGERS)
    yield "newcomer", reverse("account_email_verification_sent")
    yield "head", f"{world.thing('impactreport', 'published').get_absolute_url()}?table=projects"
    for thing in world.things.values():
        if hasattr(thing, "get_absolute_url"):
            yield from ((role, thing.get_absolute_url()) for role in LOOKING)


class Reader:
    """One page of a browser, before which the pages of the world are put."""

    def __init__(self, page: Any, world: World) -> None:
        self.page, self.world = page, world
        self.clients: dict[str, Client] = {}
        self.open: tuple[int, dict[str, str], bytes] = (404, {}, b"")
        page.route("**/*", self._answer)

    def sheets(self) -> list[Sheet]:
        """Each page that is made of other templates than those before it, and each refusal."""
        found: dict[tuple[str, ...], Sheet] = {}
        for role, where in dict.fromkeys(places(self.world)):
            answer = self._asked(role, where, "en")
            told = answer.getvalue()  # files are open until they are read
            if answer.status_code == 200 and told and "html" in answer.headers.get("Content-Type", ""):
                names = tuple(dict.fromkeys(one.name for one in answer.templates if one.name))
                found.setdefault(tuple(sorted(names)), Sheet(role, where, names))
        return [*found.values(), *(Sheet("signed_out", f"/{name}", (f"{name}.html",)) for name in REFUSALS)]

    def show(self, sheet: Sheet, language: str) -> str:
        """Open the page in the browser in "lt" or "en"; return its HTML as it was sent."""
        name = sheet.template
        if name.removesuffix(".html") in REFUSALS:
            with translation.override(language):
                html = render_to_string(name, {"exception": REFUSED})
            self.open = (200, {"Content-Type": "text/html; charset=utf-8"}, html.encode())
        else:
            answer = self._asked(sheet.role, sheet.where, language)
            self.open = (answer.status_code, dict(answer.headers), answer.getvalue())
        self.page.goto(sheet.where)
        return self.open[2].decode()

    def _asked(self, role: str, where: str, language: str) -> Any:
        if role not in self.clients:
            self.clients[role] = self._client(role)
        if role in self.world.people and role != "signed_out":
            User.objects.filter(pk=self.world.people[role].pk).update(language=language)
        self.clients[role].cookies[settings.LANGUAGE_COOKIE_NAME] = language
        with quiet_refusals():
            return self.clients[role].get(where)

    def _client(self, role: str) -> Client:
        """A browser of the role; nobody in particular has just said the password, a newcomer is asked for a code."""
        if role == "newcomer":
            client = Client()
            assert client.post(reverse("account_signup"), NEWCOMER).status_code == 302
            return client
        if role == "nobody":
            person = self.world.person(role)
            person.set_password(PASSWORD)
            person.save()
        client = signed_in(self.world, role)
        if role == "nobody":
            client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    def _answer(self, route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith(settings.STATIC_URL):
            name = path.removeprefix(settings.STATIC_URL)
            served = serve(RequestFactory().get(path), name, insecure=True)
            route.fulfill(status=200, headers=dict(served.headers), body=served.getvalue())
            served.close()
            return
        status, headers, body = self.open
        route.fulfill(status=status, headers=headers, body=body)
