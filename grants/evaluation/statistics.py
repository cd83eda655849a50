"""Intervals and tests for shares and means: the standard library's normal distribution and nothing else.

Shares are given as counts (x of n). Numbers are floats: an estimate has no more digits than its sample gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt
from statistics import NormalDist

LEVEL = 0.95
FEW_EXPECTED = 5
"""Below this expected count in any cell the exact test is used."""

TOO_FEW, FEW = 10, 30
"""No figure is published of fewer answers than the first; fewer than the second are flagged (standards, §5)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where, both ends included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two shares lie apart (second minus first, between −1 and 1), its interval, and p of no difference."""

    value: float
    interval: Interval
    p: float
    exact: bool


def _z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)


def _checked(x: int, n: int) -> None:
    if n < 1 or not 0 <= x <= n:
        raise ValueError(f"{x} of {n} is no share.")


def wilson(x: int, n: int, level: float = LEVEL) -> Interval:
    """Score interval of a share x/n. Raises ValueError unless 0 ≤ x ≤ n and n ≥ 1.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference":
    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
    """
    _checked(x, n)
    z, p = _z(level), x / n
    middle = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if x == 0 else (middle - half) / scale
    high = 1.0 if x == n else (middle + half) / scale
    return Interval(low, high)


def newcombe(x1: int, n1: int, x2: int, n2: int, level: float = LEVEL) -> Interval:
    """Interval of the difference x2/n2 − x1/n1 of two independent shares.

    Newcombe (1998), "Interval estimation for the difference between independent proportions", method 10: the hybrid of
    both Wilson intervals.
    """
    one, two = wilson(x1, n1, level), wilson(x2, n2, level)
    p1, p2 = x1 / n1, x2 / n2
    down = sqrt((p2 - two.low) ** 2 + (one.high - p1) ** 2)
    up = sqrt((two.high - p2) ** 2 + (p1 - one.low) ** 2)
    return Interval(p2 - p1 - down, p2 - p1 + up)


def two_proportions_p(x1: int, n1: int, x2: int, n2: int) -> float:
    """Two-sided p of no difference by the pooled two-proportion z test, without continuity correction."""
    _checked(x1, n1)
    _checked(x2, n2)
    pooled = (x1 + x2) / (n1 + n2)
    spread = sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    if spread == 0:
        return 1.0
    return 2 * (1 - NormalDist().cdf(abs(x2 / n2 - x1 / n1) / spread))


def fisher_p(x1: int, n1: int, x2: int, n2: int) -> float:
    """Two-sided p of no difference by Fisher's exact test: all tables at most as likely as the one observed."""
    _checked(x1, n1)
    _checked(x2, n2)
    yes = x1 + x2
    tables = range(max(0, yes - n2), min(n1, yes) + 1)
    weights = {k: comb(n1, k) * comb(n2, yes - k) for k in tables}
    observed = weights[x1]
    return sum(weight for weight in weights.values() if weight <= observed) / sum(weights.values())


def difference(x1: int, n1: int, x2: int, n2: int, level: float = LEVEL) -> Difference:
    """From the first share to the second, with its interval and p; exact where any expected count is below five."""
    interval = newcombe(x1, n1, x2, n2, level)
    pooled = (x1 + x2) / (n1 + n2)
    expected = min(n1, n2) * min(pooled, 1 - pooled)
    exact = expected < FEW_EXPECTED
    p = fisher_p(x1, n1, x2, n2) if exact else two_proportions_p(x1, n1, x2, n2)
    return Difference(x2 / n2 - x1 / n1, interval, p, exact)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of n answers and their standard deviation (None where it is not known)."""

    mean: float
    n: int
    deviation: float | None = None


def pooled_mean(parts: Sequence[Mean]) -> Mean:
    """One mean of several groups, weighted by their numbers of answers. Raises ValueError where there is none.

    The deviation is that of all answers together: √((Σ(nᵢ−1)sᵢ² + Σnᵢ(mᵢ−m)²) / (N−1)), the decomposition of the sum
    of squares within and between groups; None where a group lacks its own.
    """
    total = sum(part.n for part in parts)
    if total < 1:
        raise ValueError("A mean needs at least one answer.")
    mean = sum(part.mean * part.n for part in parts) / total
    if total == 1 or any(part.deviation is None for part in parts):
        return Mean(mean, total)
    within = sum((part.n - 1) * (part.deviation or 0.0) ** 2 for part in parts)
    between = sum(part.n * (part.mean - mean) ** 2 for part in parts)
    return Mean(mean, total, sqrt((within + between) / (total - 1)))
