"""What two worlds tell of each other: one with other secrets, one with a second competition beside it."""

import pytest

from tests.grants.test_leaks import TOLD_APART, differing, touched_by_the_other
from tests.proofs.test_leaks import WHOLE

MIRRORED = ("signed_out", "nobody", "viewer", "admin", "evaluator_cleared", "evaluator_asked")
"""Who stands on one side of the mirror alone; the funder's people stand on both."""


@pytest.mark.proof
@pytest.mark.parametrize("role", TOLD_APART)
def test_no_secret_changes_anything_for_others(role, world, record_figure):
    assert differing(world, role, WHOLE) == []
    record_figure(f"answers that change for {role} with the secrets of others", "0", "0")


@pytest.mark.proof
@pytest.mark.parametrize("role", MIRRORED)
def test_a_second_competition_changes_nothing_for_the_first(role, world, record_figure):
    assert touched_by_the_other(world, role, WHOLE) == []
    record_figure(f"answers that change for {role} with a second competition", "0", "0")
