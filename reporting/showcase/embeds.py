"""What other pages may show of it: the map and the great numbers, in a constant number of queries."""

from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.showcase.places import of_projects
from reporting.showcase.selectors import funded_projects
from workflows.formatting import euro, number


def funded_block(user: Any) -> dict[str, Any]:
    """Values of `reporting/showcase/_block.html`: the map and at most three figures; empty before anything is funded.

    Three queries. The same for every reader: only what is announced.
    """
    figures = funded_figures()
    return {"picture": of_projects(funded_projects(), {}), "figures": figures} if figures else {}


def funded_figures() -> list[dict[str, str]]:
    """Projects, libraries and euros, each leading to the list; empty before anything is funded. One query."""
    sums = funded_projects().aggregate(
        n=Count("pk"), libraries=Count("organisation", distinct=True), money=Sum("awarded_amount")
    )
    if not sums["n"]:
        return []
    url = reverse("showcase:list")
    found = [
        {"value": number(sums["n"]), "label": ngettext("project funded", "projects funded", sums["n"]), "url": url},
        {"value": number(sums["libraries"]), "label": ngettext("library", "libraries", sums["libraries"]), "url": url},
    ]
    if sums["money"]:
        found.append({"value": euro(sums["money"]), "label": _("awarded"), "url": url})
    return found
