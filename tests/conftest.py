"""What every test gets; the parts are in tests/fixtures/."""

import pytest

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.guards",
    "tests.fixtures.processes",
    "tests.fixtures.browsers",
    "tests.fixtures.delivery",
    "tests.fixtures.results",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long proofs to `make prove`, unless they are asked for by marker or by path."""
    asked = "proof" in (config.option.markexpr or "") or any("proofs" in argument for argument in config.args)
    if asked:
        return
    proofs = [item for item in items if item.get_closest_marker("proof")]
    if proofs:
        config.hook.pytest_deselected(items=proofs)
        items[:] = [item for item in items if item not in proofs]
