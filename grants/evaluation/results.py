"""Where an indicator of a project stands: baseline, target, what was reached, and how far that is."""

from dataclasses import dataclass
from decimal import Decimal

from grants.evaluation import statistics
from grants.evaluation.aggregation import Reported, achievement, over_time
from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.selectors import approved_of
from grants.evaluation.states import COUNTS, Measure, Wave


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator as it stands. `is_final`: the endline is approved; before that the actual is only "so far"."""

    indicator: ProjectIndicator
    baseline: Decimal | None
    actual: Decimal | None
    is_final: bool
    achievement: Decimal | None
    measured: Measurement | None
    interval: statistics.Interval | None
    change: statistics.Difference | None

    @property
    def target(self) -> Decimal | None:
        """What was promised."""
        return self.indicator.target


def standing_of(indicator: ProjectIndicator) -> Standing:
    """Read an indicator with its measurements (selectors.with_measurements loads them)."""
    before = approved_of(indicator, Wave.BASELINE)
    baseline = before.result if before is not None else indicator.baseline
    later = [approved_of(indicator, wave) for wave in (Wave.MIDLINE, Wave.ENDLINE)]
    actual = over_time(indicator.over_time, [one.result if one else None for one in later])
    last = later[1] or later[0]
    return Standing(
        indicator=indicator,
        baseline=baseline,
        actual=actual,
        is_final=later[1] is not None,
        achievement=achievement(baseline, indicator.target, actual),
        measured=last,
        interval=_interval(last),
        change=_change(before, later[1]),
    )


def reported_of(standing: Standing) -> Reported:
    """What a project adds to the figure of many: only what is final and approved counts."""
    measured = standing.measured
    if not standing.is_final or measured is None:
        return Reported()
    if measured.measure in COUNTS:
        return Reported(value=standing.actual)
    if measured.measure == Measure.MEAN:
        return Reported(value=measured.mean, n=measured.sample_size)
    return Reported(numerator=measured.numerator, denominator=measured.denominator)


def _counts(measured: Measurement | None) -> tuple[int, int] | None:
    """A share of answers as whole numbers; None where it is something else."""
    if measured is None or measured.measure != Measure.PERCENTAGE:
        return None
    part, whole = measured.numerator, measured.denominator
    if part is None or whole is None or whole < 1 or part % 1 or whole % 1:
        return None
    return int(part), int(whole)


def _interval(measured: Measurement | None) -> statistics.Interval | None:
    counts = _counts(measured)
    return statistics.wilson(*counts) if counts else None


def _change(before: Measurement | None, after: Measurement | None) -> statistics.Difference | None:
    first, second = _counts(before), _counts(after)
    return statistics.difference(*first, *second) if first and second else None
