import pytest

from grants.applications.receipt_numbers import check_digits, is_well_formed, receipt_number, tidy


@pytest.mark.parametrize(
    ("project", "version", "expected"),
    [
        ("BP-2027-1-014", 1, "BP-2027-1-014-P1-93"),
        ("bp-2027-1-014", 1, "BP-2027-1-014-P1-93"),
        ("BP-2027-1-014", 2, "BP-2027-1-014-P2-90"),
        ("NOM-2027-031", 12, "NOM-2027-031-P12-63"),
    ],
)
def test_receipt_number_names_project_version_and_check_digits(project, version, expected):
    assert receipt_number(project, version) == expected
    assert is_well_formed(expected)


def test_receipt_number_before_the_first_version_is_refused():
    with pytest.raises(ValueError, match="counted from 1"):
        receipt_number("BP-2027-1-014", 0)


def test_check_digits_follow_the_rule_of_an_iban():
    """The IBAN of the standard's example, with its country and check digits moved to the end."""
    assert check_digits("WEST12345698765432GB") == "82"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (" bp-2027-1-014-p1-93 ", "BP-2027-1-014-P1-93"),
        ("BP 2027-1-014-P1-93", "BP2027-1-014-P1-93"),
        ("BP–2027–1–014–P1–93", "BP-2027-1-014-P1-93"),
    ],
)
def test_tidy_forgives_case_spaces_and_long_hyphens(typed, number):
    assert tidy(typed) == number


@pytest.mark.parametrize(
    "number",
    [
        "BP-2027-1-014-P1-39",  # check digits exchanged
        "BP-2027-1-041-P1-93",  # two digits exchanged
        "BP-2027-1-015-P1-93",  # one digit wrong
        "BP-2027-1-014-P0-93",
        "BP-2027-1-014-P1",
        "BP-2027-1-014-93",
        "",
        "x" * 500,
        "BP-2027-1-014-P1-93\n",
    ],
)
def test_a_slip_of_the_finger_is_noticed(number):
    assert not is_well_formed(number)
