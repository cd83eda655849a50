"""How values add up over time and over projects, and how far a target is reached: pure, exact, testable by table.

Zero is a value; missing (None) is not zero and is left out of every sum, and the coverage says how many were left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grants.evaluation.states import Measure, OverProjects, OverTime

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reported:
    """What one project reported: a value, a part of a whole, or a mean of n answers; `things` names what was counted.

    Everything None means that it reported nothing.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int | None = None
    things: frozenset[str] | None = None

    @property
    def is_there(self) -> bool:
        """Whether something was reported."""
        return self.value is not None or self.numerator is not None or self.things is not None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Many projects in one figure: the figure (None where there is none), its parts, and its coverage.

    `reported` of `asked` projects are in it. `may_overlap`: the same person or partner may be counted twice.
    """

    value: Decimal | None
    rule: OverProjects
    reported: int
    asked: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    may_overlap: bool = False


def over_time(rule: str, values: Sequence[Decimal | None]) -> Decimal | None:
    """The values of one project, oldest first, as one figure; None where no value is there.

    Added up only where each value counts its own time; everywhere else the last one stands for the whole.
    """
    there = [value for value in values if value is not None]
    if not there:
        return None
    return sum(there, Decimal(0)) if rule == OverTime.SUM else there[-1]


def over_projects(rule: str, measure: str, rows: Iterable[Reported]) -> Aggregate:
    """The values of many projects as one figure by the rule; projects that reported nothing only count as asked."""
    every = list(rows)
    there = [row for row in every if row.is_there]
    chosen, asked = OverProjects(rule), len(every)
    if not there or chosen == OverProjects.NONE:
        return Aggregate(None, chosen, len(there), asked)
    if chosen == OverProjects.DISTINCT:
        return _distinct(there, asked)
    if chosen == OverProjects.SUM:
        return Aggregate(_sum(row.value for row in there), chosen, len(there), asked)
    if chosen == OverProjects.RATIO_OF_SUMS:
        return _ratio(measure, there, asked)
    return _weighted(there, asked)


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _distinct(there: Sequence[Reported], asked: int) -> Aggregate:
    """Each thing once where every project names its things; else a sum that says that it may count twice."""
    if all(row.things is not None for row in there):
        once = frozenset().union(*(row.things for row in there if row.things is not None))
        return Aggregate(Decimal(len(once)), OverProjects.DISTINCT, len(there), asked)
    value = _sum(row.value if row.things is None else Decimal(len(row.things)) for row in there)
    return Aggregate(value, OverProjects.DISTINCT, len(there), asked, may_overlap=len(there) > 1)


def _ratio(measure: str, there: Sequence[Reported], asked: int) -> Aggregate:
    """Sum of parts by sum of wholes: a large project weighs more than a small one; shares are never averaged."""
    with_parts = [row for row in there if row.numerator is not None and row.denominator]
    part, whole = _sum(row.numerator for row in with_parts), _sum(row.denominator for row in with_parts)
    if not whole:
        return Aggregate(None, OverProjects.RATIO_OF_SUMS, 0, asked)
    value = part / whole * (HUNDRED if measure == Measure.PERCENTAGE else 1)
    return Aggregate(value, OverProjects.RATIO_OF_SUMS, len(with_parts), asked, part, whole)


def _weighted(there: Sequence[Reported], asked: int) -> Aggregate:
    """The mean of all answers: each project's mean weighs as much as it has answers."""
    with_n = [row for row in there if row.value is not None and row.n]
    answers = sum(row.n or 0 for row in with_n)
    if not answers:
        return Aggregate(None, OverProjects.WEIGHTED_MEAN, 0, asked)
    total = sum(((row.value or Decimal(0)) * (row.n or 0) for row in with_n), Decimal(0))
    return Aggregate(total / answers, OverProjects.WEIGHTED_MEAN, len(with_n), asked, total, Decimal(answers))


def achievement(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> Decimal | None:
    """How far the way from baseline to target was gone, per cent; above 100 where the target was passed.

    (actual − baseline) / (target − baseline) × 100: falling targets need no other rule. None where one of the three is
    not known, and where the target is the baseline: then there was no way to go.
    """
    if baseline is None or target is None or actual is None or target == baseline:
        return None
    return (actual - baseline) / (target - baseline) * HUNDRED
