"""What a report is made of, for every way of showing it."""

from dataclasses import dataclass, field
from datetime import date

from reporting.pictures import Picture
from reporting.tables import Table


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
    pictures: list[Picture] = field(default_factory=list)
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
