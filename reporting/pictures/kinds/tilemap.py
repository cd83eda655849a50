"""The tile map: every municipality a square of the same size, near where it lies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.pictures.marks import Drawing, bar, label
from reporting.pictures.picture import Key, Picture
from reporting.tables import Cell, Column, Table
from workflows.formatting import euro, number

SIDE, STEP = 44, 46
SHADES = ("q0", "q1", "q2", "q3")


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality: its place (rows and columns from 0), the letters on it, and how many projects and euros."""

    label: str
    name: str
    row: int
    column: int
    projects: int
    money: Decimal
    url: str = ""


def tile_picture(tiles: Sequence[Tile], *, title: str, unit: str, money: bool, name: str = "map") -> Picture:
    """The map of counts, or of sums where `money`; a municipality with projects leads to their list.

    tiles: in the order of the table, every municipality once.
    """
    limits = breaks([_value(tile, money) for tile in tiles])
    width = max((tile.column for tile in tiles), default=0) + 1
    height = max((tile.row for tile in tiles), default=0) + 1
    drawing = Drawing(width * STEP, height * STEP)
    for tile in tiles:
        _draw(drawing, tile, shade(_value(tile, money), limits))
    most = sorted((tile for tile in tiles if tile.projects), key=lambda tile: -_value(tile, money))[:3]
    told = _("Most: %(places)s. The table has every municipality.")
    places = ", ".join(f"{tile.name} {number(_value(tile, money))}" for tile in most)
    return Picture(
        id=name, title=title, unit=unit, description=told % {"places": places or _("none yet")}, table=_table(tiles),
        wide=drawing, legend=tuple(_legend(limits)), linked=any(tile.url for tile in tiles),
    )  # fmt: skip


def _value(tile: Tile, money: bool) -> Decimal:
    return tile.money if money else Decimal(tile.projects)


def breaks(values: Sequence[Decimal]) -> list[Decimal]:
    """Where the second and the third shade begin: thirds of the different values above nothing, whole numbers.

    One value above nothing gives one shade, two give two.
    """
    above = sorted({value.to_integral_value() for value in values if value > 0})
    if len(above) < 2:
        return []
    if len(above) == 2:
        return [above[1]]
    return [above[len(above) // 3], above[len(above) * 2 // 3]]


def shade(value: Decimal, limits: Sequence[Decimal]) -> str:
    """The shade of a value: none, and the darker the more."""
    if value <= 0:
        return SHADES[0]
    passed = sum(1 for limit in limits if value >= limit)
    return SHADES[3 - len(limits) + passed] if limits else SHADES[3]


def _draw(drawing: Drawing, tile: Tile, look: str) -> None:
    x, y = tile.column * STEP, tile.row * STEP
    drawing.add(
        bar(f"tile {look}", x + 1, y + 1, SIDE, SIDE, rx=4, said=said_of(tile), url=tile.url),
        label(f"tile-t {look}-t t-mid", x + STEP / 2, y + STEP / 2 + 5, tile.label),
    )


def said_of(tile: Tile) -> str:
    """What a tile tells whoever points at it or comes to it by keyboard."""
    if not tile.projects:
        return _("%(name)s: no project") % {"name": tile.name}
    if not tile.money:
        words = ngettext("%(name)s: %(n)s project", "%(name)s: %(n)s projects", tile.projects)
    else:
        words = ngettext("%(name)s: %(n)s project, %(money)s", "%(name)s: %(n)s projects, %(money)s", tile.projects)
    return words % {"name": tile.name, "n": number(tile.projects), "money": euro(tile.money)}


def _legend(limits: Sequence[Decimal]) -> Iterator[Key]:
    yield Key("tile", "q0", _("none"))
    if not limits:
        yield Key("tile", "q3", _("some"))
        return
    ends = [*limits, None]
    start: Decimal | None = None
    for at, limit in enumerate(ends):
        look = SHADES[3 - len(limits) + at]
        if start is None:
            words = _("less than %(limit)s") % {"limit": number(limit)}
        elif limit is None:
            words = _("%(start)s and more") % {"start": number(start)}
        else:
            words = _("%(start)s to less than %(limit)s") % {"start": number(start), "limit": number(limit)}
        yield Key("tile", look, words)
        start = limit


def _table(tiles: Sequence[Tile]) -> Table:
    columns = [Column(_("Municipality")), Column(_("Projects"), True), Column(_("Awarded, EUR"), True)]
    rows = [
        [Cell(tile.name, tile.url), Cell(number(tile.projects), raw=tile.projects),
         Cell(number(tile.money), raw=tile.money)]
        for tile in tiles
    ]  # fmt: skip
    return Table("municipalities", _("Funded projects by municipality"), columns, rows)
