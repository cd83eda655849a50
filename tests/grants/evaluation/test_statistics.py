"""Intervals and tests against published examples and tables reckoned by hand."""

import pytest

from grants.evaluation.statistics import (
    Mean,
    difference,
    fisher_p,
    newcombe,
    pooled_mean,
    two_proportions_p,
    wilson,
)

WILSON = [  # x, n, low, high: per cent with two decimals
    (0, 20, 0.00, 16.11),
    (20, 20, 83.89, 100.00),
    (63, 200, 25.46, 38.23),
    (106, 240, 38.03, 50.49),
    (81, 263, 25.53, 36.62),  # Newcombe 1998, table I, method 3
    (15, 148, 6.24, 16.05),
    (1, 29, 0.61, 17.18),
]


@pytest.mark.parametrize(("x", "n", "low", "high"), WILSON)
def test_wilson(x, n, low, high):
    found = wilson(x, n)
    assert (round(found.low * 100, 2), round(found.high * 100, 2)) == (low, high)


NEWCOMBE = [  # x1, n1, x2, n2, low, high: points with one decimal; from the first share to the second
    (63, 200, 106, 240, 3.6, 21.4),
    (48, 80, 56, 70, 5.2, 33.4),  # Newcombe 1998, table II, (a) method 10
    (0, 20, 0, 20, -16.1, 16.1),
    (10, 10, 0, 10, -100.0, -60.8),
]


@pytest.mark.parametrize(("x1", "n1", "x2", "n2", "low", "high"), NEWCOMBE)
def test_newcombe(x1, n1, x2, n2, low, high):
    found = newcombe(x1, n1, x2, n2)
    assert (round(found.low * 100, 1), round(found.high * 100, 1)) == (low, high)


def test_a_change_between_two_waves():
    found = difference(63, 200, 106, 240)
    assert (round(found.value * 100, 1), round(found.p, 4), found.exact) == (12.7, 0.0065, False)


def test_few_answers_take_the_exact_test():
    found = difference(3, 4, 1, 4)  # the lady who tastes tea, with one cup of each kind confused
    assert (found.exact, round(found.p, 4)) == (True, 0.4857)
    assert round(fisher_p(1, 10, 11, 14), 6) == 0.002759


@pytest.mark.parametrize(("x1", "n1", "x2", "n2"), [(0, 30, 0, 40), (30, 30, 40, 40)])
def test_equal_extremes_do_not_differ(x1, n1, x2, n2):
    assert two_proportions_p(x1, n1, x2, n2) == 1.0


@pytest.mark.parametrize(("x", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(x, n):
    with pytest.raises(ValueError, match="no share"):
        wilson(x, n)


def test_means_are_weighted_by_answers():
    found = pooled_mean([Mean(4.0, 10, 1.0), Mean(5.0, 30, 0.5)])
    # by hand: (9·1 + 29·0.25 + 10·0.75² + 30·0.25²) / 39 = 23.75 / 39
    assert (found.mean, found.n, round(found.deviation, 6)) == (4.75, 40, round((23.75 / 39) ** 0.5, 6))


def test_a_deviation_that_is_not_known_stays_unknown():
    assert pooled_mean([Mean(4.0, 10, 1.0), Mean(5.0, 30)]) == Mean(4.75, 40)
    assert pooled_mean([Mean(4.0, 1, 0.0)]) == Mean(4.0, 1)
    with pytest.raises(ValueError, match="at least one"):
        pooled_mean([])
