"""How scores become a result: pure arithmetic, the same for pages, exports and letters.

One review:   T = 100 · Σ weight · (score − lowest) / (highest − lowest) / Σ weight
Many reviews: their mean (or trimmed mean), never a total: unequal numbers of reviews would make totals unfair.
Thresholds are pass marks on the aggregate; the lowest value of a scale is always the scale's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Scale:
    """What is needed of a criterion to reckon: its weight, the ends of its scale, its pass mark in per cent."""

    key: str
    weight: Decimal
    low: Decimal
    high: Decimal
    threshold_percent: Decimal | None = None

    def share(self, score: Decimal) -> Decimal:
        """Where a score lies on the scale, 0 to 1."""
        return (score - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Method:
    """How reviews are put together: `mean`, or `trimmed_mean` without the `trim` highest and lowest.

    minimum_of_each: a criterion's pass mark must be reached in every review, not only on average.
    """

    aggregate: str = "mean"
    trim: int = 0
    decimals: int = 2
    threshold_total: Decimal | None = None
    minimum_of_each: bool = False


def rounded(value: Decimal, decimals: int = 2) -> Decimal:
    """Half up, as the call's rules say; ties are compared at this precision."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def review_total(scores: Mapping[str, Decimal], scales: Sequence[Scale]) -> Decimal:
    """The result of one review, 0 to 100, not rounded. Raises KeyError where a criterion has no score."""
    with localcontext(prec=40):
        weights = sum((scale.weight for scale in scales), Decimal(0))
        gained = sum((scale.weight * scale.share(scores[scale.key]) for scale in scales), Decimal(0))
        return HUNDRED * gained / weights


def aggregate(values: Sequence[Decimal], method: Method) -> Decimal | None:
    """The mean of the values; trimmed where the method says so and enough remain; None without values."""
    if not values:
        return None
    kept = sorted(values)
    if method.aggregate == "trimmed_mean" and len(kept) > 2 * method.trim:
        kept = kept[method.trim : len(kept) - method.trim]
    with localcontext(prec=40):
        return sum(kept, Decimal(0)) / len(kept)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The official result of one application."""

    score: Decimal | None
    reviews: int
    spread: Decimal
    by_criterion: dict[str, Decimal]
    below: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether it may be ranked: it has a result and is below no threshold."""
        return self.score is not None and not self.below


def _fails(
    scale: Scale, reviews: Sequence[Mapping[str, Decimal]], by_criterion: Mapping[str, Decimal], method: Method
) -> bool:
    """Whether a criterion is below its pass mark: on the aggregate, or in any review where the rules say so."""
    if scale.threshold_percent is None:
        return False
    if method.minimum_of_each:
        return any(HUNDRED * scale.share(scores[scale.key]) < scale.threshold_percent for scores in reviews)
    return by_criterion.get(scale.key, HUNDRED) < scale.threshold_percent


def outcome_of(reviews: Sequence[Mapping[str, Decimal]], scales: Sequence[Scale], method: Method) -> Outcome:
    """Put the reviews of one application together. `below` names failed thresholds: criterion keys, and `total`.

    by_criterion is the aggregate of each criterion in per cent of its scale; spread is highest less lowest total.
    """
    totals = [review_total(scores, scales) for scores in reviews]
    score = aggregate(totals, method)
    with localcontext(prec=40):
        by_criterion = {
            scale.key: rounded(share, method.decimals)
            for scale in scales
            if (share := aggregate([HUNDRED * scale.share(scores[scale.key]) for scores in reviews], method))
            is not None
        }
    shown = None if score is None else rounded(score, method.decimals)
    below = [scale.key for scale in scales if _fails(scale, reviews, by_criterion, method)]
    if shown is not None and method.threshold_total is not None and shown < method.threshold_total:
        below.append("total")
    spread = rounded(max(totals) - min(totals), method.decimals) if totals else Decimal(0)
    return Outcome(shown, len(totals), spread, by_criterion, tuple(below))
