"""The order of applications and the line where the money ends: pure rules, declared by the call before it opens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from grants.selection.scoring import Outcome

UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Entry:
    """One application on its way into the order. `facts` answers the tie-breakers that are no criteria."""

    key: Any
    outcome: Outcome
    amount: Decimal
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an application came to stand, and what the line says: fund, after (no money left), below, unscored."""

    entry: Entry
    rank: int | None
    tie_broken_by: str
    line: str
    left: Decimal | None


def _tie_value(entry: Entry, breaker: str) -> Any:
    """The value by which a tie-breaker compares, lower first; None where it cannot tell."""
    if breaker in entry.outcome.by_criterion:
        return -entry.outcome.by_criterion[breaker]
    return entry.facts.get(breaker)


def order(entries: Sequence[Entry], tie_breakers: Sequence[str]) -> list[tuple[Entry, int | None, str]]:
    """Rank what passes by score, then by the declared tie-breakers in turn; what does not pass follows without rank.

    Answers (entry, rank, the breaker that parted it from its equals). Where no breaker tells, the rank is shared and
    the breaker is `unresolved`: a person decides. Scores are compared as displayed.
    """
    passing = sorted((e for e in entries if e.outcome.passes), key=lambda e: -(e.outcome.score or Decimal(0)))
    placed: list[tuple[Entry, int | None, str]] = []
    for _score, equals in groupby(passing, key=lambda e: e.outcome.score):
        placed += _part(list(equals), list(tie_breakers), len(placed) + 1, "")
    rest = [e for e in entries if not e.outcome.passes]
    rest.sort(key=lambda e: (e.outcome.score is None, -(e.outcome.score or Decimal(0))))
    return placed + [(e, None, "") for e in rest]


def _part(equals: list[Entry], breakers: list[str], rank: int, by: str) -> list[tuple[Entry, int | None, str]]:
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
    placed: list[tuple[Entry, int | None, str]] = []
    for group in groups:
        placed += _part(group, others, rank + len(placed), breaker if len(groups) > 1 else by)
    return placed


def draw_line(
    entries: Sequence[Entry],
    tie_breakers: Sequence[str],
    *,
    budget: Decimal | None,
    winners: int | None = None,
    group: Callable[[Entry], Any] = lambda entry: None,
) -> list[Place]:
    """Walk down the order and fund while the money lasts (stop at the line), or the first `winners` of each group.

    budget: EUR to give, None where the call gives no money. Answers every entry, in order, with its side of the line
    and the money left before it.
    """
    places: list[Place] = []
    left, stopped = budget, False
    won: dict[Any, int] = {}
    for entry, rank, by in order(entries, tie_breakers):
        if rank is None:
            line = "unscored" if entry.outcome.score is None else "below"
        elif winners is not None:
            won[group(entry)] = won.get(group(entry), 0) + 1
            line = "fund" if won[group(entry)] <= winners else "after"
        else:
            stopped = stopped or (left is not None and entry.amount > left)
            line = "after" if stopped else "fund"
        places.append(Place(entry, rank, by, line, left))
        if line == "fund" and left is not None:
            left -= entry.amount
    return places


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
