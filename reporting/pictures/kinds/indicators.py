"""Indicators from baseline to target: where things stood, what was promised, what was reached, how sure that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.pictures.marks import Drawing, Mark, bar, dot, line
from reporting.pictures.picture import Key, Picture
from reporting.pictures.rows import BOTH, Layout, Rows, Strip
from reporting.tables import Cell, Column, Table
from workflows.formatting import DASH, number


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator. Numbers are as measured, None where there is none; `texts` are the same as the page writes them.

    share: a share in per cent, drawn on 0 to 100. why_none: why there is no baseline. final: more will not come.
    """

    name: str
    baseline: float | None
    target: float | None
    value: float | None
    texts: tuple[str, str, str]
    low: float | None = None
    high: float | None = None
    share: bool = False
    ascending: bool = True
    why_none: str = ""
    final: bool = True
    url: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the value is at or past the target; None where that cannot be said."""
        if self.value is None or self.target is None:
            return None
        return self.value >= self.target if self.ascending else self.value <= self.target

    @property
    def end(self) -> float:
        """Where the scale of the row ends."""
        if self.share:
            return 100.0
        known = [v for v in (self.baseline, self.target, self.value, self.high) if v is not None and v > 0]
        return max(known, default=1.0) * 1.1


def indicators_picture(rows: Sequence[Measured], *, name: str = "achieved") -> Picture:
    """A row for each indicator: hollow for the baseline, full for what was reached, a stroke for the target."""
    wide, narrow = (_drawing(rows, layout) for layout in BOTH)
    interval = any(row.low is not None for row in rows)
    keys = [Key("dot", "g-hollow", _("baseline")), Key("dot", "g-fill", _("reached"))]
    if interval:
        keys.append(Key("bar", "g-band", _("95 per cent interval")))
    keys.append(Key("tick", "g-target", _("target")))
    return Picture(
        id=name, title=finding(rows), unit=_("Each line has a scale of its own, from zero; shares go to 100 per cent."),
        description="; ".join(_told(row) for row in rows), table=_table(rows), wide=wide, narrow=narrow,
        legend=tuple(keys),
    )  # fmt: skip


def finding(rows: Sequence[Measured]) -> str:
    """The sentence over the picture."""
    known = [row.reached for row in rows if row.reached is not None]
    if not known:
        return _("Nothing is measured yet")
    words = ngettext("%(reached)s of %(n)s indicator reached its target",
                     "%(reached)s of %(n)s indicators reached their targets", len(known))  # fmt: skip
    return words % {"reached": number(sum(known)), "n": number(len(known))}


def _told(row: Measured) -> str:
    before, target, value = row.texts
    words = _("%(name)s: baseline %(before)s, target %(target)s, reached %(value)s")
    return words % {"name": row.name, "before": row.why_none or before, "target": target, "value": value}


def _beside(row: Measured) -> str:
    _before, target, value = row.texts
    if row.value is None:
        return _("not measured; target %(target)s") % {"target": target}
    if row.target is None:
        return value
    return _("%(value)s of %(target)s") % {"value": value, "target": target}


def _drawing(rows: Sequence[Measured], layout: Layout) -> Drawing:
    stack = Rows(layout, [_beside(row) for row in rows])
    for row in rows:
        name = row.name
        if row.baseline is None:
            name = _("%(name)s (baseline not measured)") % {"name": row.name}
        strip = stack.row(name, _beside(row), height=20, most=4)
        stack.front += [line("g-grid", strip.left, strip.middle, strip.right, strip.middle), *_marks(row, strip)]
    return stack.drawing()


def _marks(row: Measured, strip: Strip) -> Iterator[Mark]:
    def x(value: float) -> float:
        return strip.x(value / row.end)

    middle = strip.middle
    if row.baseline is not None and row.value is not None:
        yield line("g-link", x(row.baseline), middle, x(row.value), middle)
    if row.low is not None and row.high is not None:
        yield bar("g-band", x(row.low), middle - 5, x(row.high) - x(row.low), 10, rx=5)
    if row.target is not None:
        yield line("g-target", x(row.target), middle - 10, x(row.target), middle + 10, said=row.texts[1])
    if row.baseline is not None:
        yield dot("g-hollow", x(row.baseline), middle, 5, said=row.texts[0])
    if row.value is not None:
        yield dot("g-fill", x(row.value), middle, 6, said=row.texts[2])


def _table(rows: Sequence[Measured]) -> Table:
    columns = [
        Column(_("Indicator")),
        Column(_("Baseline"), True),
        Column(_("Target"), True),
        Column(_("Reached"), True),
    ]
    shown = [
        [Cell(row.name, row.url), Cell(row.why_none or row.texts[0], raw=_raw(row.baseline, row.why_none)),
         Cell(row.texts[1], raw=_raw(row.target)), Cell(_value(row), raw=_raw(row.value))]
        for row in rows
    ]  # fmt: skip
    return Table("indicators", _("Indicators from baseline to target"), columns, shown)


def _value(row: Measured) -> str:
    if row.value is None:
        return DASH
    return row.texts[2] if row.final else _("%(value)s (so far)") % {"value": row.texts[2]}


def _raw(value: float | None, words: str = "") -> str:
    return words if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
