"""Marks: what a drawing is made of, as plain data that tests can compare."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One element: its tag, its look (a class of charts.css), where it stands, the words in it and said of it."""

    tag: str
    look: str
    at: tuple[tuple[str, str], ...]
    words: str = ""
    said: str = ""
    url: str = ""


@dataclass(slots=True)
class Drawing:
    """A surface in units of a pixel at full size, and the marks on it from the back to the front."""

    width: int
    height: int
    marks: list[Mark] = field(default_factory=list)

    def add(self, *marks: Mark) -> None:
        """Put marks in front of those that are there."""
        self.marks.extend(marks)


def plain(value: float) -> str:
    """A coordinate to a tenth of a unit, without needless zeros."""
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def _at(**places: float) -> tuple[tuple[str, str], ...]:
    return tuple((name, plain(value)) for name, value in places.items())


def line(look: str, x1: float, y1: float, x2: float, y2: float, said: str = "") -> Mark:
    """A straight line."""
    return Mark("line", look, _at(x1=x1, y1=y1, x2=x2, y2=y2), said=said)


def bar(
    look: str, x: float, y: float, width: float, height: float, *, rx: float = 2, said: str = "", url: str = ""
) -> Mark:
    """A bar; what is more than nothing is at least a unit wide, so that it can be seen."""
    return Mark("rect", look, _at(x=x, y=y, width=max(width, 1), height=height, rx=rx), said=said, url=url)


def dot(look: str, x: float, y: float, r: float = 5, said: str = "") -> Mark:
    """A round mark."""
    return Mark("circle", look, _at(cx=x, cy=y, r=r), said=said)


def track(look: str, points: Iterable[Point]) -> Mark:
    """A line through points."""
    return Mark("polyline", look, (("points", " ".join(f"{plain(x)},{plain(y)}" for x, y in points)),))


def label(look: str, x: float, y: float, words: str) -> Mark:
    """Words; the look says whether they begin (none), stand in the middle (t-mid) or end (t-end) at x."""
    return Mark("text", look, _at(x=x, y=y), words)


def labels(look: str, x: float, y: float, lines: Sequence[str], step: float = 18) -> list[Mark]:
    """Words on lines one below the other, the first on y."""
    return [label(look, x, y + at * step, words) for at, words in enumerate(lines)]
