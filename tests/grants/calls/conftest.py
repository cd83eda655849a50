import pytest

from tests.grants.calls.makers import BEFORE
from workflows import clock


@pytest.fixture
def before():
    """The clock stands before either example call is published."""
    travel = clock.Travel(BEFORE)
    with clock.replaced(travel):
        yield travel
