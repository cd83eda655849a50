"""The money of a plan: its goals or directions as rows, the years beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from reporting.pictures.marks import Drawing, bar, label
from reporting.pictures.picture import Key, Picture
from reporting.pictures.rows import NARROW, Layout, Rows, Strip
from reporting.pictures.words import width_of
from reporting.tables import Cell, Column, Table
from workflows.formatting import amount, euro, percent

WIDE = Layout(720, 380, True)
"""Goals have long names."""

SHADES = ("m-committed", "q2", "g-fill")
"""Looks of the years, the later the darker; more years than looks take them in turn."""


@dataclass(frozen=True, slots=True)
class Part:
    """One goal or direction with its sum for each year, EUR; the years are those of the picture."""

    code: str
    text: str
    by_year: tuple[Decimal, ...]
    is_goal: bool
    url: str = ""

    @property
    def name(self) -> str:
        """Code and text."""
        return f"{self.code} {self.text}"

    @property
    def total(self) -> Decimal:
        """All years together."""
        return sum(self.by_year, Decimal(0))


def plan_picture(parts: Sequence[Part], years: Sequence[int], *, name: str = "plan") -> Picture:
    """A row for each part; a bar of its years one after another."""
    wide, narrow = (_drawing(parts, years, layout) for layout in (WIDE, NARROW))
    keys = tuple(Key("bar", look_of(at), str(year)) for at, year in enumerate(years))
    return Picture(
        id=name, title=finding(parts), unit=_("Euros planned; the years one after another."),
        description="; ".join(f"{part.name}: {euro(part.total)}" for part in parts if part.is_goal),
        table=_table(parts, years), wide=wide, narrow=narrow, legend=keys,
    )  # fmt: skip


def look_of(at: int) -> str:
    """The look of a year by its place."""
    return SHADES[at % len(SHADES)]


def finding(parts: Sequence[Part]) -> str:
    """The sentence over the picture: the goal with the most money, and what part of all it has."""
    goals = [part for part in parts if part.is_goal]
    whole = sum((goal.total for goal in goals), Decimal(0))
    if not whole:
        return _("The plan has no money yet")
    most = max(goals, key=lambda goal: goal.total)
    words = _("%(share)s of the money is for goal %(goal)s")
    return words % {"share": percent(round(100 * most.total / whole)), "goal": most.code}


def _drawing(parts: Sequence[Part], years: Sequence[int], layout: Layout) -> Drawing:
    most = max((part.total for part in parts), default=Decimal(0)) or Decimal(1)
    stack = Rows(layout, [euro(part.total) for part in parts])
    for part in parts:
        strip = stack.row(part.name, euro(part.total), height=20, look="t-b" if part.is_goal else "", most=6)
        _years(stack, strip, part, years, most)
    return stack.drawing()


def _years(stack: Rows, strip: Strip, part: Part, years: Sequence[int], most: Decimal) -> None:
    left, height = strip.left, 20 if part.is_goal else 12
    for at, (year, value) in enumerate(zip(years, part.by_year, strict=True)):
        if value <= 0:
            continue
        width = float(value / most) * (strip.right - strip.left)
        said = f"{year}: {euro(value)}"
        stack.front.append(bar(look_of(at), left, strip.middle - height / 2, width, height, rx=0, said=said))
        if part.is_goal and width > width_of(amount(value)) + 8:
            look = "t-mid t-on" if look_of(at) == "g-fill" else "t-mid q2-t" if look_of(at) == "q2" else "t-mid"
            stack.front.append(label(look, left + width / 2, strip.middle + 5, amount(value)))
        left += width


def _table(parts: Sequence[Part], years: Sequence[int]) -> Table:
    columns = [
        Column(_("Part of the plan")),
        *(Column(f"{year}, EUR", True) for year in years),
        Column(_("All years, EUR"), True),
    ]
    rows = [
        [Cell(part.name, part.url), *(Cell(amount(value), raw=value) for value in (*part.by_year, part.total))]
        for part in parts
    ]
    return Table("plan", _("Planned money by goal and direction"), columns, rows)
