"""Tables that stand on pages, in papers and in CSV files alike."""

import csv
import io
from dataclasses import dataclass
from typing import Any

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""First letters with which a spreadsheet would take a text for a formula."""

LONGEST_CODE = 20


@dataclass(frozen=True)
class Cell:
    """One cell: its words, the working page behind it (for those who may open it), and the bare value for programs."""

    text: str
    url: str = ""
    raw: Any = None

    @property
    def is_anchor(self) -> bool:
        """Whether it leads to another place of the same page, which every reader of it may open."""
        return self.url.startswith("#")

    @property
    def is_code(self) -> bool:
        """Whether it is one short word, such as a number of a project, which must not break at its hyphens."""
        return len(self.text) <= LONGEST_CODE and " " not in self.text

    @property
    def is_prose(self) -> bool:
        """Whether it has lines of its own, which a page keeps."""
        return "\n" in self.text


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


def csv_of(table: Table) -> bytes:
    """A table as CSV for spreadsheets: UTF-8 with its mark, bare numbers, no cell that begins a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(column.label) for column in table.columns])
    for row in table.rows:
        writer.writerow([_bare(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _bare(cell: Cell) -> str:
    """The bare value where there is one, else the words."""
    value = cell.text if cell.raw is None else str(cell.raw)
    return value if _is_number(value) else safe(value)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdigit() and text.isascii()


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.

    Blanks in front do not hide a formula from a spreadsheet, so they are looked past.
    """
    return f"'{text}" if text.startswith(RISKY) or text.lstrip().startswith(RISKY) else text
