"""Pictures made of rows: a name, a strip with marks, a value; on a phone one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reporting.pictures.marks import Drawing, Mark, label, labels
from reporting.pictures.words import lines_of, width_of

LINE = 18
"""From one line of words to the next."""

GAP = 10
"""Between two rows."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide the surface is, and how much of it names take; no room beside the strip on a phone."""

    width: int
    names: int
    beside: bool


WIDE = Layout(720, 250, True)
NARROW = Layout(340, 340, False)
BOTH = (WIDE, NARROW)


@dataclass(frozen=True, slots=True)
class Strip:
    """Where the marks of a row may stand: from left to right, and the middle of the height."""

    left: float
    right: float
    middle: float
    height: float

    def x(self, share: float) -> float:
        """The place of a share of the strip, 0 to 1; what lies beyond stands on its end."""
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.middle - self.height / 2


@dataclass(slots=True)
class Rows:
    """Stacks rows on a surface. `values`: everything that will stand at the right, so that there is room for it."""

    layout: Layout
    values: Sequence[str] = ()
    y: float = 0
    back: list[Mark] = field(default_factory=list)
    front: list[Mark] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where strips begin; a mark on the very end keeps within the surface."""
        return float(self.layout.names + 14) if self.layout.beside else 8.0

    @property
    def right(self) -> float:
        """Where strips end."""
        if not self.layout.beside:
            return self.layout.width - 8.0
        return self.layout.width - min(max((width_of(v) for v in self.values), default=0) + 14, 200)

    def row(self, name: str, value: str = "", *, height: float = 18, look: str = "", most: int = 3) -> Strip:
        """One more row; answers the strip for its marks."""
        names = lines_of(name, self.layout.names - 4, most)
        if self.layout.beside:
            return self._beside(names, value, height, look)
        return self._below(names, value, height, look)

    def _beside(self, names: list[str], value: str, height: float, look: str) -> Strip:
        values = lines_of(value, self.layout.width - self.right - 10, 3) if value else []
        whole = max(len(names) * LINE, len(values) * LINE, height)
        middle = self.y + whole / 2
        self._words(look, 0, middle, names)
        self._words("t-end", self.layout.width, middle, values)
        self.y += whole + GAP
        return Strip(self.left, self.right, middle, height)

    def _words(self, look: str, x: float, middle: float, lines: list[str]) -> None:
        """Lines of words around the middle of a row."""
        self.front += labels(look, x, middle - (len(lines) - 1) * LINE / 2 + 5, lines, LINE)

    def _below(self, names: list[str], value: str, height: float, look: str) -> Strip:
        self.front += labels(look, 0, self.y + 14, names, LINE)
        self.y += len(names) * LINE
        if value:
            values = lines_of(value, self.layout.width - 8, 3)
            self.front += labels("t-soft", 0, self.y + 14, values, LINE)
            self.y += len(values) * LINE
        middle = self.y + 4 + height / 2
        self.y += height + 8 + GAP
        return Strip(self.left, self.right, middle, height)

    def heading(self, words: str, look: str = "t-b") -> None:
        """Words over the rows that follow."""
        for one in lines_of(words, self.layout.width - 8, 2):
            self.front.append(label(look, 0, self.y + 14, one))
            self.y += LINE
        self.y += GAP / 2

    def drawing(self) -> Drawing:
        """Everything stacked so far."""
        return Drawing(self.layout.width, round(self.y + 4), [*self.back, *self.front])
