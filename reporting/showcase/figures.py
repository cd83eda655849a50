"""Figures of earlier programmes from public sources; where sources differ, every value stands beside its source."""

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from reporting.tables import Cell, Column, Table

DATA = Path(__file__).parent / "data" / "public_figures.csv"
NAMES = {
    "BP1": {"lt": "Bibliotekos pažangai, 2008–2012 m.", "en": "Libraries for progress, 2008–2012"},
    "BP2": {"lt": "Bibliotekos pažangai 2, 2013–2016 m.", "en": "Libraries for progress 2, 2013–2016"},
    "later": {"lt": "Vėlesni ir kiti tyrimai", "en": "Later and other studies"},
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its unit, the day or years it is of, its source and what must be known beside it."""

    value: dict[str, str]
    as_of: str
    source: str
    note: dict[str, str]


@dataclass(slots=True)
class Figure:
    """One figure; several values where sources, or ways of telling it, differ."""

    key: str
    name: dict[str, str]
    values: list[Value] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether more than one value is known."""
        return len(self.values) > 1


@cache
def figures() -> dict[str, list[Figure]]:
    """Programme → its figures in the order of the file; read once."""
    groups: dict[str, dict[str, Figure]] = {name: {} for name in NAMES}
    with DATA.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            group = groups[row["programme"]]
            name = {"lt": row["figure_lt"], "en": row["figure_en"]}
            figure = group.setdefault(row["key"], Figure(row["key"], name))
            figure.values.append(Value({"lt": row["value_lt"], "en": row["value_en"]}, row["as_of"], row["source"],
                                       {"lt": row["note_lt"], "en": row["note_en"]}))  # fmt: skip
    return {name: list(found.values()) for name, found in groups.items()}


def table_of(language: str) -> Table:
    """All of it as one table for download."""
    words = {
        "lt": ("Programa", "Rodiklis", "Reikšmė", "Kada", "Šaltinis", "Pastaba"),
        "en": ("Programme", "Figure", "Value", "As of", "Source", "Note"),
    }[language]
    rows = [
        [Cell(NAMES[programme][language]), Cell(figure.name[language]), Cell(value.value[language]), Cell(value.as_of),
         Cell(value.source), Cell(value.note[language])]
        for programme, found in figures().items()
        for figure in found
        for value in figure.values
    ]  # fmt: skip
    return Table("figures", words[1], [Column(word) for word in words], rows)
