"""The sum over a package's files, and whether it reaches what it must."""

import pytest

from tests.covered import Package, packages


def summary(lines: int, lines_reached: int, branches: int, branches_reached: int) -> dict:
    figures = {
        "num_statements": lines, "covered_lines": lines_reached,
        "num_branches": branches, "covered_branches": branches_reached,
    }  # fmt: skip
    return {"summary": figures}


def test_packages_add_up_their_files():
    files = {
        "workflows/clock.py": summary(10, 10, 4, 4),
        "workflows/services/log.py": summary(20, 19, 6, 3),
        "grants/urls.py": summary(5, 5, 0, 0),
    }
    assert packages(files) == [
        Package("workflows", 30, 29, 10, 7),
        Package("grants", 5, 5, 0, 0),
        Package("reporting", 0, 0, 0, 0),
        Package("config", 0, 0, 0, 0),
    ]


@pytest.mark.parametrize(
    ("package", "lacks"),
    [
        (Package("workflows", 3000, 3000, 800, 800), False),
        (Package("workflows", 3000, 2999, 800, 800), True),
        (Package("workflows", 3000, 3000, 800, 799), True),
        (Package("grants", 100, 95, 100, 95), False),
        (Package("grants", 1000, 949, 100, 95), True),
        (Package("grants", 100, 100, 1000, 949), True),
        (Package("grants", 0, 0, 0, 0), False),
    ],
)
def test_package_lacks_only_below_its_goal(package, lacks):
    assert package.lacks is lacks


def test_package_is_never_rounded_up_to_its_goal():
    assert str(Package("workflows", 30000, 29999, 800, 800)) == (
        "workflows  lines  29999 of  30000 =  99.99 %   branches    800 of    800 = 100.00 %   must be 100 %  LACKS"
    )
