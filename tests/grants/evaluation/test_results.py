"""What a project adds to the figure of many, and which shares have an interval and a change."""

from decimal import Decimal

import pytest

from grants.evaluation.aggregation import Reported
from grants.evaluation.models import Measurement, ProjectIndicator
from grants.evaluation.results import Standing, _change, _counts, _interval, reported_of

SHARE = {"measure": "percentage", "numerator": Decimal(8), "denominator": Decimal(20)}


def standing(*, final: bool = True, **fields) -> Standing:
    measured = Measurement(**fields) if fields else None
    return Standing(ProjectIndicator(), Decimal(0), Decimal(12), final, None, measured, None, None)


@pytest.mark.parametrize(
    ("what", "reported"),
    [
        (standing(measure="unit", value=Decimal(12)), Reported(value=Decimal(12))),
        (standing(measure="money", value=Decimal(12)), Reported(value=Decimal(12))),
        (standing(**SHARE), Reported(numerator=Decimal(8), denominator=Decimal(20))),
        (standing(measure="mean", mean=Decimal("4.5"), sample_size=30), Reported(value=Decimal("4.5"), n=30)),
        (standing(final=False, measure="unit", value=Decimal(12)), Reported()),
        (standing(), Reported()),
    ],
)
def test_only_what_is_final_and_measured_is_added(what, reported):
    assert reported_of(what) == reported


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        (SHARE, (8, 20)),
        (SHARE | {"numerator": Decimal(0)}, (0, 20)),
        (SHARE | {"measure": "ratio"}, None),
        (SHARE | {"numerator": None}, None),
        (SHARE | {"denominator": None}, None),
        (SHARE | {"denominator": Decimal(0)}, None),
        (SHARE | {"numerator": Decimal("8.5")}, None),
        (SHARE | {"denominator": Decimal("20.5")}, None),
    ],
)
def test_a_share_of_answers_is_one_of_whole_numbers(fields, counts):
    assert _counts(Measurement(**fields)) == counts
    assert (_interval(Measurement(**fields)) is None) is (counts is None)


def test_without_a_measurement_there_is_nothing_to_compare():
    share = Measurement(**SHARE)
    assert (_counts(None), _interval(None), _change(None, share), _change(share, None)) == (None, None, None, None)
    assert _change(share, share).value == 0
