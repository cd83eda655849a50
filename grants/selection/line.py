"""The order of applications and the line where the money ends: pure rules, declared by the call before it opens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType
from typing import Any

from grants.selection.scoring import Outcome

UNRESOLVED = "unresolved"

FUND, AFTER, COMMENDED, TIE, SETTLED = "fund", "after", "commended", "tie", "settled"
"""The sides of the line: within the money or a winner; no money left; commended; equals among whom people choose;
decided for good before. `below` a pass mark and `unscored` have no place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One application on its way into the order. `facts` answers the tie-breakers that are no criteria."""

    key: Any
    outcome: Outcome
    amount: Decimal
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an application came to stand, and on which side of the line; the rank is that within its group."""

    entry: Entry
    rank: int | None
    tie_broken_by: str
    line: str
    left: Decimal | None


Ordered = tuple[Entry, int | None, str]


def _tie_value(entry: Entry, breaker: str) -> Any:
    """The value by which a tie-breaker compares, lower first; None where it cannot tell."""
    if breaker in entry.outcome.by_criterion:
        return -entry.outcome.by_criterion[breaker]
    return entry.facts.get(breaker)


def order(entries: Sequence[Entry], tie_breakers: Sequence[str]) -> list[Ordered]:
    """Rank what passes by score, then by the declared tie-breakers in turn; what does not pass follows without rank.

    Answers (entry, rank, the breaker that parted it from its equals). Where no breaker tells, the rank is shared and
    the breaker is `unresolved`: a person decides. Scores are compared as displayed.
    """
    passing = sorted((e for e in entries if e.outcome.passes), key=lambda e: -(e.outcome.score or Decimal(0)))
    placed: list[Ordered] = []
    for _score, equals in groupby(passing, key=lambda e: e.outcome.score):
        placed += _part(list(equals), list(tie_breakers), len(placed) + 1, "")
    rest = [e for e in entries if not e.outcome.passes]
    rest.sort(key=lambda e: (e.outcome.score is None, -(e.outcome.score or Decimal(0))))
    return placed + [(e, None, "") for e in rest]


def _part(equals: list[Entry], breakers: list[str], rank: int, by: str) -> list[Ordered]:
    """Part equals by the first breaker, and those it leaves together by the next."""
    if len(equals) == 1:
        return [(equals[0], rank, by)]
    if not breakers:
        return [(entry, rank, UNRESOLVED) for entry in equals]
    breaker, *others = breakers
    values = [_tie_value(entry, breaker) for entry in equals]
    if any(value is None for value in values):
        return _part(equals, others, rank, by)
    pairs = sorted(zip(values, equals, strict=True), key=lambda pair: pair[0])
    groups = [[entry for _value, entry in group] for _value, group in groupby(pairs, key=lambda pair: pair[0])]
    placed: list[Ordered] = []
    for group in groups:
        placed += _part(group, others, rank + len(placed), breaker if len(groups) > 1 else by)
    return placed


def draw_line(
    entries: Sequence[Entry],
    tie_breakers: Sequence[str],
    *,
    budget: Decimal | None,
    winners: int | None = None,
    commended: int = 0,
    group: Callable[[Entry], Any] = lambda entry: None,
    settled: Mapping[Any, bool] = MappingProxyType({}),
) -> list[Place]:
    """Walk down the order and fund while the money lasts (stop at the line); or, in a contest, the first `winners` of
    each group, and commend the next `commended`. Equals that no rule parts stand on one side together, or are left to
    people.

    budget: EUR to give, None where the call gives no money. settled: the keys of what is decided for good, with
    whether it won or was commended: it keeps its rank and its place, and takes nothing of the budget. Answers every
    entry, in order, with its side of the line and the money left before it.
    """
    groups: dict[Any, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(group(entry) if winners is not None else None, []).append(entry)
    places: list[Place] = []
    for found in groups.values():
        walk = _Podium(winners, commended) if winners is not None else _Purse(budget)
        for together in _units(order(found, tie_breakers)):
            waiting = [entry for entry, _rank, _by in together if entry.key not in settled]
            walk.pass_by(sum(settled.get(entry.key, False) for entry, _rank, _by in together))
            line = walk.line(waiting) if together[0][1] is not None else ""
            for entry, rank, by in together:
                places.append(Place(entry, rank, by, _side(entry, rank, line, settled), walk.left))
                walk.take(entry, places[-1].line)
    return places


def _units(ordered: Sequence[Ordered]) -> list[list[Ordered]]:
    """Entries one by one; those that share a rank which nothing parts, together."""
    units: list[list[Ordered]] = []
    for one in ordered:
        shares = units and one[2] == UNRESOLVED and units[-1][-1][1:] == one[1:]
        if shares:
            units[-1].append(one)
        else:
            units.append([one])
    return units


def _side(entry: Entry, rank: int | None, line: str, settled: Mapping[Any, bool]) -> str:
    if entry.key in settled:
        return SETTLED
    if rank is None:
        return "unscored" if entry.outcome.score is None else "below"
    return line


class _Purse:
    """Money that is given in the order of the places until the next does not fit."""

    def __init__(self, budget: Decimal | None) -> None:
        self.left, self.stopped = budget, False

    def pass_by(self, count: int) -> None:
        """What is settled was paid for before."""

    def line(self, equals: Sequence[Entry]) -> str:
        """The side of equals: all within the money, none of them, or people choose among them."""
        if self.left is None:
            return FUND
        if not self.stopped and sum((entry.amount for entry in equals), Decimal(0)) <= self.left:
            return FUND
        could = not self.stopped and len(equals) > 1 and min(entry.amount for entry in equals) <= self.left
        self.stopped = True
        return TIE if could else AFTER

    def take(self, entry: Entry, line: str) -> None:
        """Give the entry its sum."""
        if line == FUND and self.left is not None:
            self.left -= entry.amount


class _Podium:
    """Places of winners, then of the commended, in one nomination of a contest."""

    left: Decimal | None = None

    def __init__(self, winners: int, commended: int) -> None:
        self.rungs, self.used = ((winners, FUND), (winners + commended, COMMENDED)), 0

    def pass_by(self, count: int) -> None:
        """What is settled has its place."""
        self.used += count

    def line(self, equals: Sequence[Entry]) -> str:
        """The side of equals: all win, all are commended, none is, or people choose among them."""
        first, last = self.used, self.used + len(equals)
        self.used = last
        for end, line in self.rungs:
            if last <= end:
                return line
            if first < end:
                return TIE
        return AFTER

    def take(self, entry: Entry, line: str) -> None:
        """Places are taken where the side is told."""


def partial_amount(
    requested: Decimal, recommended: Sequence[Decimal], *, max_cut_percent: Decimal | None, least: Decimal | None
) -> Decimal:
    """The sum proposed for an application: the mean of what evaluators recommend, in cents, half up.

    Never above what was asked; never cut by more than `max_cut_percent`; never below `least` (unless less was asked).
    """
    if not recommended:
        return requested
    amount = min(sum(recommended, Decimal(0)) / len(recommended), requested)
    if max_cut_percent is not None:
        amount = max(amount, requested * (100 - max_cut_percent) / 100)
    if least is not None:
        amount = max(amount, min(least, requested))
    return amount.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
