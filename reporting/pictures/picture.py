"""A picture: the finding in a sentence, the unit, the drawing, the same in words, the table, and how it was counted."""

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from reporting.pictures.marks import Drawing
from reporting.pictures.svg import page_svg, paper_svg
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
        """The drawing for a paper."""
        return paper_svg(self.wide)

    def with_source(self, ask: Ask, csv_url: str) -> "Picture":
        """The same picture, with what stands behind it and where its table can be fetched."""
        return replace(self, ask=ask, csv_url=csv_url)
