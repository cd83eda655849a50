"""What a report is made of, for every way of showing it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Cell:
    """One cell: its words, the working page behind it (for those who may open it), and the bare value for programs."""

    text: str
    url: str = ""
    raw: Any = None

    @property
    def is_anchor(self) -> bool:
        """Whether it leads to another place of the report itself, which every reader may open."""
        return self.url.startswith("#")


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A table with an address of its own; the first cell of each row names it."""

    id: str
    title: str
    columns: list[Column]
    rows: list[list[Cell]]
    note: str = ""

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """The rows with each cell's column beside it."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Bar:
    """One bar: its name, how far it goes in per cent of the target (None: cannot be said), and the same in words."""

    label: str
    percent: float | None
    text: str


@dataclass(frozen=True)
class Chart:
    """Bars with a name and the same in words, for those who do not see them."""

    id: str
    title: str
    bars: list[Bar]
    description: str
    svg: SafeString
    print_svg: str


@dataclass(frozen=True)
class Figure:
    """A large number: what it is, how it was counted, by which rule, as of when, and which table holds its rows."""

    label: str
    value: str
    unit: str
    formula: str
    table: str


@dataclass(frozen=True)
class Section:
    """One part of the report."""

    id: str
    title: str
    paragraphs: list[str] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """The whole report in one language."""

    language: str
    title: str
    kind: str
    meta: list[str]
    figures: list[Figure]
    sections: list[Section]
    as_of: str
    day: date
    digest: str
    address: str

    @property
    def tables(self) -> list[Table]:
        """Every table, for downloads."""
        return [table for section in self.sections for table in section.tables]

    def table(self, name: str) -> Table | None:
        """One table by its name."""
        return next((table for table in self.tables if table.id == name), None)
