"""A walk over everything that a person can reach: linked pages, files, tables, and addresses that nobody links to."""

import io
import logging
import re
from collections import deque
from contextlib import contextmanager, suppress
from html import unescape
from urllib.parse import urldefrag, urlsplit

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from tests.grants.addresses import address, routes
from tests.scenarios.world import World

LINK = re.compile(r'(?:href|src)="([/?][^"]*)"')
SKIPPED = (
    "/static/",
    "/health",
    "/account/logout",
    "/account/2fa",
    "/account/sessions",
    "/account/email",
    "/account/password",
)
"""What the accounts' package says is about the reader alone."""


@contextmanager
def quiet_refusals():
    """Refusals are what is asked for; writing each of them down with its traceback costs more than the page."""
    told = logging.getLogger("django.request")
    level = told.level
    told.setLevel(logging.ERROR)
    yield
    told.setLevel(level)


def signed_in(world: World, role: str) -> Client:
    """A browser in which the person of this role is signed in."""
    client = Client()
    if role != "signed_out":
        client.force_login(world.person(role))
    return client


def starts(world: World) -> list[str]:
    """The addresses of everything there is, linked or not."""
    found = ["/", *(address(world, route, words) for route, words in routes().items() if route != "workflows:health")]
    return list(dict.fromkeys(urldefrag(one).url for one in [*found, *things(world)]))


def things(world: World) -> list[str]:
    """The address of each thing there is, and of the log of each organisation."""
    found = [thing.get_absolute_url() for thing in world.things.values() if hasattr(thing, "get_absolute_url")]
    found += [
        reverse("organisations:log", args=[thing.pk]) for (kind, _which), thing in world.things.items()
        if kind == "organisation"
    ]  # fmt: skip
    return list(dict.fromkeys(urldefrag(one).url for one in found))


def text_of(answer) -> str:
    """What an answer tells: its headers and its text; of a PDF the words and what it says about itself."""
    content = answer.getvalue()
    told = content.decode(errors="replace")
    if "pdf" in answer.headers.get("Content-Type", ""):
        with suppress(PdfReadError):  # the story's annexes are PDFs by name only: their bytes are what they tell
            reader = PdfReader(io.BytesIO(content))
            told = f"{reader.metadata}\n" + "\n".join(page.extract_text() for page in reader.pages)
    return f"{dict(answer.headers)}\n{told}"


def body_of(answer) -> bytes:
    """An answer without what is new in every answer: nonces, tokens, the address itself."""
    new = rb'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"|name="key" value="[^"]+"'
    return re.sub(rb'(name="next" value|href|action)="[^"]*"', b"", re.sub(new, b"", answer.getvalue()))


def walk(world: World, role: str, most: int, begin: list[str] | None = None) -> dict[str, str]:
    """Address -> what it answered, for at most so many answers; of one list with many filters each is a page.

    begin: where to begin, else at every address of the product and every thing.
    """
    client, met, waiting = signed_in(world, role), {}, deque(begin or starts(world))
    with quiet_refusals():
        while waiting and len(met) < most:
            where = waiting.popleft()
            if where in met or where.startswith(SKIPPED):
                continue
            answer = client.get(where, headers={"accept-language": "lt"})
            met[where] = text_of(answer)
            if "html" in answer.headers.get("Content-Type", ""):
                waiting += [link for link in links_in(met[where], where) if link not in met]
    return met


def links_in(page: str, where: str) -> list[str]:
    """Addresses that a page leads to, in its order; those that begin with ? belong to the page itself."""
    found = (unescape(link) for link in LINK.findall(page))
    whole = (f"{urlsplit(where).path}{link}" if link.startswith("?") else link for link in found)
    return [urldefrag(link).url for link in dict.fromkeys(whole)]
