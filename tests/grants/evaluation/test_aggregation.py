"""How values add up, written out by hand: zero is a value, missing is not zero."""

from decimal import Decimal

import pytest

from grants.evaluation.aggregation import Reported, achievement, over_projects, over_time
from grants.evaluation.states import Measure, OverProjects, OverTime

TIME = [
    (OverTime.SUM, [Decimal(10), Decimal(14)], Decimal(24)),
    (OverTime.SUM, [None, Decimal(14)], Decimal(14)),
    (OverTime.SUM, [Decimal(0), None], Decimal(0)),
    (OverTime.SUM, [None, None], None),
    (OverTime.LAST, [Decimal(10), Decimal(14)], Decimal(14)),
    (OverTime.LAST, [Decimal(10), None], Decimal(10)),
    (OverTime.DISTINCT, [Decimal(10), Decimal(14)], Decimal(14)),
    (OverTime.NONE, [Decimal(40), Decimal(58)], Decimal(58)),
]


@pytest.mark.parametrize(("rule", "values", "expected"), TIME)
def test_over_time(rule, values, expected):
    assert over_time(rule, values) == expected


def counts(*values):
    return [Reported(value=None if value is None else Decimal(value)) for value in values]


def test_sums_leave_out_what_is_missing_and_keep_zero():
    found = over_projects(OverProjects.SUM, Measure.UNIT, counts(3, None, 0, 4))
    assert (found.value, found.reported, found.asked, found.may_overlap) == (Decimal(7), 3, 4, False)


def test_nothing_reported_is_no_zero():
    for rule in OverProjects:
        found = over_projects(rule, Measure.UNIT, counts(None, None))
        assert (found.value, found.reported, found.asked) == (None, 0, 2)


def test_shares_are_a_sum_of_parts_by_a_sum_of_wholes_never_a_mean_of_shares():
    rows = [
        Reported(numerator=Decimal(9), denominator=Decimal(10)),
        Reported(numerator=Decimal(10), denominator=Decimal(90)),
        Reported(),
    ]
    found = over_projects(OverProjects.RATIO_OF_SUMS, Measure.PERCENTAGE, rows)
    assert (found.value, found.numerator, found.denominator) == (
        Decimal(19),
        Decimal(19),
        Decimal(100),
    )  # not (90 + 11,1) / 2
    assert (found.reported, found.asked) == (2, 3)
    assert over_projects(OverProjects.RATIO_OF_SUMS, Measure.RATIO, rows).value == Decimal("0.19")


def test_a_value_without_its_parts_cannot_be_in_a_ratio():
    found = over_projects(OverProjects.RATIO_OF_SUMS, Measure.PERCENTAGE, counts(50))
    assert (found.value, found.reported, found.asked) == (None, 0, 1)


def test_means_weigh_as_much_as_they_have_answers():
    rows = [Reported(value=Decimal(4), n=10), Reported(value=Decimal(5), n=30), Reported(value=Decimal(1))]
    found = over_projects(OverProjects.WEIGHTED_MEAN, Measure.MEAN, rows)
    assert (found.value, found.reported, found.denominator) == (Decimal("4.75"), 2, Decimal(40))
    assert over_projects(OverProjects.WEIGHTED_MEAN, Measure.MEAN, counts(4)).value is None


def test_distinct_things_are_counted_once_where_they_are_named():
    rows = [Reported(things=frozenset({"a", "b"})), Reported(things=frozenset({"b", "c"}))]
    found = over_projects(OverProjects.DISTINCT, Measure.UNIT, rows)
    assert (found.value, found.may_overlap) == (Decimal(3), False)


def test_distinct_things_that_are_not_named_are_a_sum_that_says_it_may_overlap():
    found = over_projects(OverProjects.DISTINCT, Measure.UNIT, [*counts(2, 3), Reported(things=frozenset({"a"}))])
    assert (found.value, found.may_overlap) == (Decimal(6), True)
    assert over_projects(OverProjects.DISTINCT, Measure.UNIT, counts(2)).may_overlap is False


def test_what_is_not_added_up_keeps_its_coverage_only():
    found = over_projects(OverProjects.NONE, Measure.PERCENTAGE, counts(3, None))
    assert (found.value, found.reported, found.asked) == (None, 1, 2)


ACHIEVED = [  # baseline, target, actual, per cent
    (0, 24, 24, 100),
    (0, 24, 12, 50),
    (0, 24, 0, 0),
    (0, 24, 30, 125),
    (10, 20, 8, -20),
    (40, 10, 25, 50),  # falling: the way down was half gone
    (40, 10, 10, 100),
    (40, 10, 46, -20),
    (20, 20, 25, None),  # no way to go
    (None, 20, 25, None),
    (0, None, 25, None),
    (0, 20, None, None),
]


@pytest.mark.parametrize(("baseline", "target", "actual", "expected"), ACHIEVED)
def test_achievement(baseline, target, actual, expected):
    given = [None if number is None else Decimal(number) for number in (baseline, target, actual)]
    assert achievement(*given) == (None if expected is None else Decimal(expected))
