"""The map: funded projects by municipality, as narrowed by the same filters as the list."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.organisations.folding import alphabetical
from grants.organisations.models import Municipality
from grants.projects.models import Project
from reporting.pictures import Ask, Picture
from reporting.pictures.kinds.tilemap import Tile, tile_picture
from reporting.pictures.sources import as_of_now, csv_address
from reporting.showcase.filters import FundedFilter
from reporting.showcase.selectors import funded_projects
from workflows.formatting import number

KIND, ALL = "map", "all"
WITHOUT = ("municipality", "page", "order")
"""What the map does not follow: it shows every municipality, whichever the list is narrowed to."""


def picture(user: Any, key: str, query: Mapping[str, str]) -> Picture | None:
    """The map of what was funded, narrowed by the filters in the query."""
    if key != ALL:
        return None
    kept = {name: value for name, value in query.items() if name in FundedFilter.base_filters and name not in WITHOUT}
    narrowed = FundedFilter(kept, queryset=funded_projects())
    return of_projects(narrowed.qs if narrowed.is_valid() else narrowed.queryset.none(), kept)


def of_projects(projects: QuerySet[Project], kept: Mapping[str, str]) -> Picture:
    """The map of these projects; every tile with projects leads to their list. Two queries."""
    rows = (
        projects.order_by().values_list("organisation__municipality").annotate(n=Count("pk"), sum=Sum("awarded_amount"))
    )
    counts = {code: (n, total or Decimal(0)) for code, n, total in rows}
    places = sorted(Municipality.objects.all(), key=lambda place: alphabetical(place.name_lt))
    top = min((place.tile_row for place in places), default=0)
    left = min((place.tile_col for place in places), default=0)
    tiles = [_tile(place, counts.get(place.pk, (0, Decimal(0))), kept, top, left) for place in places]
    reached = sum(1 for tile in tiles if tile.projects)
    title = ngettext("Projects were funded in %(reached)s of %(all)s municipalities",
                     "Projects were funded in %(reached)s of %(all)s municipalities", reached)  # fmt: skip
    shown = tile_picture(
        tiles, title=title % {"reached": number(reached), "all": number(len(tiles))}, money=False, name=KIND,
        unit=_("Funded projects; every municipality is one square, near where it lies."),
    )  # fmt: skip
    formula = _("Each project with an announced award or recognition counts once, where its library stands.")
    query = urlencode(kept)
    ask = Ask(formula, as_of_now(), _("the list of these projects"), _list(kept))
    return shown.with_source(ask, csv_address(KIND, ALL, query))


def _tile(
    place: Municipality, counted: tuple[int, Decimal], kept: Mapping[str, str], top: int, left: int
) -> Tile:  # fmt: skip
    url = _list({**kept, "municipality": place.pk}) if counted[0] else ""
    return Tile(place.tile_label, place.name_lt, place.tile_row - top, place.tile_col - left, *counted, url)


def _list(query: Mapping[str, str]) -> str:
    url = reverse("showcase:list")
    return f"{url}?{urlencode(query)}#projects" if query else f"{url}#projects"
