"""What was spent of the grant is compared with what was paid of it; own money is told apart."""

from decimal import Decimal

import pytest

from grants.implementation.models import AwardLine
from grants.implementation.selectors import Spending, SpentOfPaid, grant_part, spending_of, spent_of_paid

D = Decimal


@pytest.mark.parametrize(
    ("cost", "awarded", "own", "part"),
    [
        ("100.00", "800.00", "200.00", "80.00"),
        ("1000.00", "800.00", "200.00", "800.00"),
        ("1200.00", "800.00", "200.00", "800.00"),  # what the line costs beyond its plan is own money
        ("33.33", "200.00", "100.00", "22.22"),
        ("0.01", "50.00", "50.00", "0.01"),  # half a cent, half up
        ("50.00", "0.00", "100.00", "0"),
        ("50.00", "0.00", "0.00", "0"),
        ("0.00", "100.00", "0.00", "0.00"),
    ],
)
def test_grant_and_own_money_of_a_line_are_used_up_evenly(cost, awarded, own, part):
    assert grant_part(D(cost), awarded=D(awarded), own=D(own)) == D(part)


@pytest.mark.parametrize(
    ("paid", "grant", "percent", "advanced"),
    [
        ("9000.00", "4500.00", "50", "0"),
        ("9000.00", "9000.00", "100", "0"),
        ("9000.00", "13410.00", "100", "4410.00"),  # 149 % it never is: the grantee has advanced the rest
        ("9000.00", "0.00", "0", "0"),
    ],
)
def test_no_more_is_spent_of_what_was_paid_than_was_paid(paid, grant, percent, advanced):
    found = SpentOfPaid(D(paid), D(grant), D("0.00"))
    assert (found.percent, found.advanced) == (D(percent), D(advanced))


def test_a_line_knows_its_grant_part():
    line = AwardLine(awarded=D("75.00"), own=D("25.00"))
    shown = Spending(line, reported=D("40.00"), accepted=D("0.00"))
    assert (shown.grant, shown.remaining, shown.percent) == (D("30.00"), D("60.00"), D("40"))


@pytest.mark.django_db
def test_the_page_of_a_payment_shows_like_beside_like_with_the_formula(working, as_):
    story, project = working, working.project
    payment = project.payments.get(ordinal=1)
    page = as_(story, "coordinator", "en")
    assert spent_of_paid(project) is None
    assert "Spent of the grant paid" not in page.get(payment.get_absolute_url()).content.decode()
    story.paid(payment)
    story.at("2027-10-05 10:00").reported(project.reports.order_by("due_on").first(), story.director, share="0.9")
    found = spent_of_paid(project)
    assert found.grant + found.own == sum(row.reported for row in spending_of(project))
    assert (found.percent, found.advanced) == (D(100), found.grant - payment.amount)
    shown = page.get(payment.get_absolute_url()).content.decode()
    for words in (
        "Spent of the grant paid",
        "Own money reported spent",
        "advanced by the grantee",
        "÷ grant paid so far",
    ):
        assert words in shown
