"""A picture: the finding in a sentence, the unit, the drawing, the same in words, the table, and how it was counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from reporting.pictures.marks import Drawing, Mark, bar, dot, label, line
from reporting.pictures.svg import page_svg, paper_svg
from reporting.pictures.words import width_of
from reporting.tables import Table


@dataclass(frozen=True, slots=True)
class Ask:
    """What stands behind the figures: how they are reckoned, where their rows are, as of when."""

    formula: str
    as_of: str
    rows: str = ""
    rows_url: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend: the shape and look of a mark, and what it means."""

    shape: str
    look: str
    words: str


def with_legend(drawing: Drawing, legend: Sequence[Key]) -> Drawing:
    """The drawing with its legend below, on as many lines as it needs."""
    marks, x, y = [], 0.0, drawing.height + 14.0
    for key in legend:
        width = 20 + width_of(key.words) + 20
        if x and x + width > drawing.width:
            x, y = 0.0, y + 20
        marks += [_sign(key, x + 8, y), label("t-soft", x + 20, y + 5, key.words)]
        x += width
    return Drawing(drawing.width, round(y + 12) if legend else drawing.height, [*drawing.marks, *marks])


def _sign(key: Key, x: float, y: float) -> Mark:
    if key.shape == "dot":
        return dot(key.look, x, y)
    if key.shape == "tick":
        return line(key.look, x, y - 7, x, y + 7)
    if key.shape == "line":
        return line(key.look, x - 8, y, x + 8, y)
    return bar(key.look, x - 7, y - 4, 14, 8)


@dataclass(frozen=True)
class Picture:
    """One picture in the reader's language. `wide` is for a desk, `narrow` for a phone or a side column."""

    id: str
    title: str
    unit: str
    description: str
    table: Table
    wide: Drawing
    narrow: Drawing | None = None
    legend: tuple[Key, ...] = ()
    ask: Ask | None = None
    csv_url: str = ""
    linked: bool = False

    @property
    def svg(self) -> SafeString:
        """The drawing for a page: two layouts of it, of which the style sheet shows the one that fits."""
        if self.narrow is None:
            return page_svg(self.wide, self.id, self.title, self.description, css="chart__any", linked=self.linked)
        wide = page_svg(self.wide, self.id, self.title, self.description, css="chart__wide", linked=self.linked)
        name = f"{self.id}-n"
        return wide + page_svg(self.narrow, name, self.title, self.description, css="chart__narrow", linked=self.linked)

    @property
    def paper(self) -> str:
        """The drawing for a paper, its legend below it."""
        return paper_svg(with_legend(self.wide, self.legend))

    def with_source(self, ask: Ask, csv_url: str) -> "Picture":
        """The same picture, with what stands behind it and where its table can be fetched."""
        return replace(self, ask=ask, csv_url=csv_url)
