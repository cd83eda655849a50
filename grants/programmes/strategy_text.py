"""Reads a strategy plan out of its document, as the document is. Pure: bytes in, rows and findings out.

The document is a table as text: a title, a head in two lines (the years stand in the second), then one row a line with
six cells divided by tabs: code, text, three sums, sources. The number of parts of a code gives the level. A row that a
page break has cut goes on in a row with an empty code. Where a document cannot be understood, every reason is found in
one reading, each with its line.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from grants.programmes import strategy_cells as cell_readers
from grants.programmes.states import Level
from grants.programmes.strategy_bytes import read_lines
from grants.programmes.strategy_cells import CODE, PREFIX, Find, level_of
from grants.programmes.strategy_findings import Finding
from grants.programmes.strategy_rows import Reading, Row

WIDTH = 6
MAX_TEXT = 4_000
HEAD = "eil. nr."
YEAR_CELL = re.compile(r"(20[0-9]{2})(?:\s*m\.)?")


def read_strategy(data: bytes) -> Reading:
    """Read a whole document. Never raises: whatever is wrong with it becomes a finding."""
    source = read_lines(data)
    reading = Reading(text=source.text, findings=source.findings, digest=hashlib.sha256(data).hexdigest())
    if not reading.has_errors:
        _Reader(reading, source.lines).read()
    reading.findings.sort(key=lambda finding: finding.line)
    return reading


@dataclass
class _Piece:
    """A row while its continuations are still being collected."""

    code: str
    texts: list[str]
    lines: list[int]
    amounts: tuple[tuple[int, Decimal], ...] = ()
    sources: tuple[str, ...] = ()


@dataclass
class _Sequence:
    """Which codes have come so far, and whether the next one may follow."""

    lines: dict[str, int] = field(default_factory=dict)
    last: str = ""

    def take(self, find: Find, code: str, line: int) -> bool:
        """Note a code; finds a missing parent, a wrong order and a gap. False where the code was there already."""
        if code in self.lines:
            find("code_duplicate", code=code, line=self.lines[code])
            return False
        parent, __, own = code.rpartition(".")
        if parent and parent not in self.lines:
            find("orphan", code=code, parent=parent)
        elif self.last and _key(code) < _key(self.last):
            find("code_order", code=code, before=self.last)
        elif int(own) > 1 and not self._has_neighbour(parent, int(own)):
            find("code_gap", code=code, before=self.last or "–")
        self.lines[code] = line
        if not parent or parent in self.lines:
            self.last = code
        return True

    def _has_neighbour(self, parent: str, own: int) -> bool:
        return f"{parent}.{own - 1}".lstrip(".") in self.lines


def _key(code: str) -> tuple[int, ...]:
    return tuple(map(int, code.split(".")))


class _Reader:
    """One pass over the lines; `pieces` are the rows so far, in the document's order."""

    def __init__(self, reading: Reading, lines: Sequence[str]) -> None:
        self.reading = reading
        self.lines = lines
        self.pieces: list[_Piece] = []
        self.sequence = _Sequence()
        self.heads: list[list[str]] = []
        self.broken = False

    def find(self, line: int, code: str, /, **params: object) -> None:
        """Note a finding."""
        self.reading.findings.append(Finding(line, code, params))

    def cells(self, index: int) -> list[str]:
        """The cells of a line (index from 0), each with single spaces and none at its edges."""
        return [re.sub(r" {2,}", " ", cell).strip() for cell in self.lines[index].split("\t")]

    def read(self) -> None:
        """Head, years, rows, then what only the whole can tell."""
        head = next((number for number, line in enumerate(self.lines) if line.casefold().startswith(HEAD)), None)
        if head is None or len(self.cells(head)) != WIDTH:
            self.find(1 if head is None else head + 1, "no_head")
            return
        self.reading.title = " ".join(" ".join(self.lines[:head]).split())
        if not self.reading.title:
            self.find(head + 1, "no_title")
        if "eur" not in self.cells(head)[2].casefold().split():
            self.find(head + 1, "currency")
        self.read_years(head + 1)
        if not self.reading.years:
            return
        self.heads = [self.cells(head), self.cells(head + 1)]
        for index in range(head + 2, len(self.lines)):
            self.read_line(index)
        self.finish(head + 1)

    def read_years(self, index: int) -> None:
        """Three years that follow one another, from the second line of the head."""
        cells = self.cells(index) if index < len(self.lines) else []
        found = [match for match in map(YEAR_CELL.fullmatch, cells[2:5]) if match]
        if len(cells) != WIDTH or len(found) != 3 or any(cells[:2]) or cells[5]:
            self.find(min(index + 1, len(self.lines)), "no_years")
            return
        years = tuple(int(match.group(1)) for match in found)
        if years != tuple(range(years[0], years[0] + 3)):
            self.find(index + 1, "years_order", years=", ".join(map(str, years)))
        self.reading.years = years

    def read_line(self, index: int) -> None:
        """One line of the body: nothing, a continuation or a row."""
        line, cells = index + 1, self.cells(index)
        if cells == [""]:
            return
        if cells in self.heads:
            self.find(line, "head_repeated")
        elif len(cells) == 1:
            self.find(line, "no_columns")
        elif len(cells) != WIDTH:
            self.find(line, "column_count", found=len(cells))
            self.broken = True
            if CODE.fullmatch(cells[0]):  # so that the rows below it are not called orphans
                self.sequence.take(partial(self.find, line), cells[0].rstrip("."), line)
        elif not any(cells):
            self.find(line, "blank_row")
        elif cells[0]:
            self.broken = not self.read_row(line, cells)
        else:
            self.read_continuation(line, cells)

    def read_continuation(self, line: int, cells: list[str]) -> None:
        """A piece of the row above, cut off by a page break."""
        if PREFIX.match(cells[1]):
            self.find(line, "code_missing")
            self.broken = True
        elif any(cells[2:]):
            self.find(line, "money_on_continuation")
        elif not self.pieces and not self.broken:
            self.find(line, "continuation_first")
        elif not self.broken:  # the continuation of a broken row has its finding already
            self.pieces[-1].texts.append(cells[1])
            self.pieces[-1].lines.append(line)
            self.find(line, "continued", code=self.pieces[-1].code)

    def read_row(self, line: int, cells: list[str]) -> bool:
        """A row with a code; answers whether the code could be understood."""
        find = partial(self.find, line)
        if not CODE.fullmatch(cells[0]):
            find("code_shape", code=cells[0])
            return False
        code = cells[0].rstrip(".")
        if not self.sequence.take(find, code, line):
            return False
        if code == cells[0]:
            find("code_without_dot", code=code)
        piece = _Piece(code, [cell_readers.without_prefix(find, code, cells[1])], [line])
        if level_of(code) == Level.ACTIVITY:
            piece.amounts = cell_readers.read_sums(find, cells[2:5], self.reading.years)
            piece.sources = cell_readers.read_sources(find, cells[5])
        elif any(cells[2:]):
            find("money_on_heading", code=code)
        self.pieces.append(piece)
        return True

    def finish(self, head_line: int) -> None:
        """Join the pieces and look at the whole."""
        if not self.pieces:
            self.find(head_line, "no_rows")
        parents = {code.rpartition(".")[0] for code in self.sequence.lines}
        for piece in self.pieces:
            self.reading.rows.append(self.joined(piece))
            if level_of(piece.code) != Level.ACTIVITY and piece.code not in parents:
                self.find(piece.lines[0], "childless", code=piece.code)

    def joined(self, piece: _Piece) -> Row:
        """The row of a piece and its continuations, joined with one space."""
        find = partial(self.find, piece.lines[0])
        text, marked = cell_readers.plain_and_marked(find, " ".join(piece.texts))
        if not text:
            find("text_missing")
        if len(text) > MAX_TEXT:
            find("text_too_long", length=len(text), limit=MAX_TEXT)
        cell_readers.check_years_named(find, text, piece.amounts, self.reading.years)
        return Row(piece.code, level_of(piece.code), text, marked, piece.amounts, piece.sources, tuple(piece.lines))
