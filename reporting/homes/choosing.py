"""Which homes a person has, in the order of consequence, and what the chosen one shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count

from reporting.homes import administrator, applicant, auditor, coordinator, evaluator, finance, head
from reporting.homes.parts import Home, Page, block
from reporting.homes.queue import queue_for
from reporting.homes.reader import know
from workflows.policy import audiences_of
from workflows.selectors import my_work

HOMES: Sequence[Home] = (
    head.HOME, coordinator.HOME, finance.HOME, evaluator.HOME, applicant.HOME, auditor.HOME, administrator.HOME,
)  # fmt: skip
"""What others wait for stands first; those who only read or keep the machine stand last."""


def homes_of(user: Any) -> list[Home]:
    """The homes of the roles that the person holds."""
    return [home for home in HOMES if home.holds(user)]


def shares_of(user: Any, homes: Sequence[Home]) -> dict[str, list[str]]:
    """Whose work each home gathers: every audience of the person once, what no home gathers with the first."""
    shares: dict[str, list[str]] = {home.key: [] for home in homes}
    for audience in sorted(audiences_of(user)):
        home = next((home for home in homes if home.gathers(audience)), homes[0])
        shares[home.key].append(audience)
    return shares


def waiting_of(user: Any, shares: Mapping[str, list[str]]) -> dict[str, int]:
    """How many things wait on each home, in one query."""
    counts = dict(my_work(user).order_by().values_list("audience").annotate(n=Count("pk")))
    return {key: sum(counts.get(audience, 0) for audience in audiences) for key, audiences in shares.items()}


def home_values(user: Any, now: datetime, chosen: str) -> dict[str, Any]:
    """What the home page shows to somebody signed in; `chosen` is the key of a home, else the first that waits."""
    know(user)
    homes = homes_of(user)
    if not homes:
        page = Page(main=block("_newcomer", {"new": True}))
        return {"page": page, "queue": queue_for(user, now), "tabs": [], "home": None}
    if len(homes) == 1:
        return {"page": homes[0].build(user, now), "queue": queue_for(user, now), "tabs": [], "home": homes[0]}
    shares = shares_of(user, homes)
    waiting = waiting_of(user, shares)
    first = next((home for home in homes if waiting[home.key]), homes[0])
    home = next((home for home in homes if home.key == chosen), first)
    tabs = [
        {"label": one.label, "url": f"?{urlencode({'as': one.key})}", "current": one is home,
         "count": waiting[one.key] or ""}
        for one in homes
    ]  # fmt: skip
    return {"page": home.build(user, now), "queue": queue_for(user, now, shares[home.key]), "tabs": tabs, "home": home}
