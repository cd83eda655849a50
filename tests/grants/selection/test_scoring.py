"""The arithmetic of selection, against tables reckoned by hand."""

from decimal import Decimal

import pytest

from grants.selection.scoring import Method, Scale, aggregate, outcome_of, review_total, rounded

D = Decimal

NEED = Scale("need", D(20), D(0), D(5), D(50))
SERVICE = Scale("service", D(20), D(0), D(5))
PRIORITY = Scale("priority", D(5), D(0), D(1))
POINTS = Scale("points", D(1), D(1), D(4))


@pytest.mark.parametrize(
    ("scores", "scales", "total"),
    [
        ({"need": D(5), "service": D(5)}, [NEED, SERVICE], "100"),
        ({"need": D(0), "service": D(0)}, [NEED, SERVICE], "0"),
        ({"need": D(5), "service": D(0)}, [NEED, SERVICE], "50"),
        ({"need": D(4), "service": D(3)}, [NEED, SERVICE], "70"),
        ({"need": D(4), "priority": D(0)}, [NEED, PRIORITY], "64"),  # 100·(20·0.8 + 0)/25
        ({"need": D(4), "priority": D(1)}, [NEED, PRIORITY], "84"),
        ({"points": D(1)}, [POINTS], "0"),  # the lowest of the scale is 1, not 0
        ({"points": D(4)}, [POINTS], "100"),
        ({"points": D("2.5")}, [POINTS], "50"),
    ],
)
def test_the_total_of_a_review_is_the_weighted_share_of_the_scales(scores, scales, total):
    assert rounded(review_total(scores, scales), 4) == D(total).quantize(D("0.0001"))


def test_a_review_without_a_score_has_no_total():
    with pytest.raises(KeyError):
        review_total({"need": D(3)}, [NEED, SERVICE])


@pytest.mark.parametrize(
    ("values", "method", "result"),
    [
        ([], Method(), None),
        (["80"], Method(), "80.00"),
        (["80", "70"], Method(), "75.00"),
        (["80", "70", "65"], Method(), "71.67"),
        (["0", "70", "80", "90", "100"], Method("trimmed_mean", 1), "80.00"),
        (["0", "70", "80", "90"], Method("trimmed_mean", 1), "75.00"),
        (["0", "100"], Method("trimmed_mean", 1), "50.00"),  # too few to trim
        (["10", "20", "60"], Method("trimmed_mean", 1), "20.00"),
    ],
)
def test_reviews_are_put_together_by_the_declared_method(values, method, result):
    found = aggregate([D(v) for v in values], method)
    assert (None if found is None else rounded(found)) == (None if result is None else D(result))


@pytest.mark.parametrize(
    ("value", "shown"), [("84.333", "84.33"), ("84.335", "84.34"), ("84.345", "84.35"), ("0.005", "0.01")]
)
def test_halves_are_rounded_up(value, shown):
    assert rounded(D(value)) == D(shown)


def test_an_outcome_below_a_criterions_pass_mark_says_which():
    outcome = outcome_of(
        [{"need": D(2), "service": D(5)}, {"need": D(2), "service": D(5)}],
        [NEED, SERVICE],
        Method(threshold_total=D(60)),
    )
    assert (outcome.score, outcome.below, outcome.passes) == (D("70.00"), ("need",), False)
    assert outcome.by_criterion == {"need": D("40.00"), "service": D("100.00")}


def test_a_pass_mark_is_met_by_the_mean_exactly_at_it():
    outcome = outcome_of([{"need": D(2), "service": D(4)}, {"need": D(3), "service": D(3)}], [NEED, SERVICE], Method())
    assert (outcome.by_criterion["need"], outcome.below, outcome.spread) == (D("50.00"), (), D("0.00"))


@pytest.mark.parametrize(("threshold", "below"), [("70", ()), ("70.01", ("total",)), (None, ())])
def test_the_total_threshold_is_compared_as_displayed(threshold, below):
    method = Method(threshold_total=None if threshold is None else D(threshold))
    assert outcome_of([{"need": D(4), "service": D(3)}], [NEED, SERVICE], method).below == below


def test_without_reviews_there_is_no_score_and_nothing_passes():
    outcome = outcome_of([], [NEED], Method(threshold_total=D(60)))
    assert (outcome.score, outcome.reviews, outcome.below, outcome.passes) == (None, 0, (), False)
