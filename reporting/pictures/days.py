"""The axis of days: where a day stands, which days are named, and what today is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from babel import Locale
from babel.dates import format_skeleton

from reporting.pictures.words import width_of
from workflows.formatting import locale

STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months from one named day to the next."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days laid out between two edges."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """The place of a day; one outside stands on the edge."""
        whole = max((self.last - self.first).days, 1)
        share = min(max((day - self.first).days / whole, 0.0), 1.0)
        return self.left + (self.right - self.left) * share

    def ticks(self) -> list[tuple[float, str]]:
        """First days of months with their names, so many that the names keep apart and within the edges."""
        for step in STEPS:
            found = [(self.x(day), month_name(day)) for day in self._months(step)]
            if not _touch(found):
                return [(x, name) for x, name in found if self._fits(x, name)]
        return []

    def _fits(self, x: float, name: str) -> bool:
        half = width_of(name) / 2
        return self.left - 8 <= x - half and x + half <= self.right + 8

    def _months(self, step: int) -> list[date]:
        count = self.first.year * 12 + self.first.month - 1 + (1 if self.first.day > 1 else 0)
        count += -count % step
        days = []
        while (day := date(count // 12, count % 12 + 1, 1)) <= self.last:
            days.append(day)
            count += step
        return days


def month_name(day: date) -> str:
    """A month in the reader's spelling: `2027-06`, `Jun 2027`."""
    return _month_name(day.year, day.month, locale())


@lru_cache(maxsize=4096)
def _month_name(year: int, month: int, spelling: Locale) -> str:
    """Finding the pattern that fits is dear, and a page names the same months again and again."""
    return format_skeleton("yMMM" if spelling.language == "en" else "yMM", date(year, month, 1), locale=spelling)


def _touch(ticks: Sequence[tuple[float, str]]) -> bool:
    places = [(x - width_of(name) / 2, x + width_of(name) / 2) for x, name in ticks]
    return any(before[1] + 10 > after[0] for before, after in pairwise(places))
