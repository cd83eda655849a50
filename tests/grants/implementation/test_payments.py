"""Who stands behind a payment, when it can go, and what the page says to those who may not take the next step."""

from datetime import date
from decimal import Decimal

import pytest

from grants.accounts.services import grant_role
from grants.accounts.states import Role
from grants.calls.models import Call
from grants.implementation.models import Payment
from grants.implementation.permissions import can_approve_payment, can_coordinate, can_judge, can_pay, can_terminate
from grants.implementation.services import (
    accept_report,
    approve_payment,
    fail_payment,
    pay_payment,
    request_payment,
    return_payment,
    revoke_approval,
)
from grants.money.models import LedgerEntry
from grants.money.selectors import case_balance
from grants.projects.models import Project
from grants.projects.services import complete_project, hold_project
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def advance(working):
    return working.project.payments.get(ordinal=1)


@pytest.fixture
def who(working):
    """People of the story by their key; "cashier" is a second person of finance."""
    cashier = working.people.person("cashier", "Antra Finansininkė")
    grant_role(person=cashier, role=Role.FINANCE, by=SYSTEM)
    return working.people.known


def test_whoever_approves_a_payment_does_not_pay_it(working, advance, who, as_):
    request_payment(payment=advance, by=who["coordinator"])
    approve_payment(payment=advance, by=who["finance"])
    with pytest.raises(NotPermitted):
        pay_payment(payment=advance, by=who["finance"], paid_on=working.today)
    page = as_(working, "finance", "en").get(advance.get_absolute_url())
    assert page.context["form"] is None
    assert "You approved this payment; somebody else records it as paid." in page.content.decode()
    assert as_(working, "cashier").get(advance.get_absolute_url()).context["form"] is not None
    pay_payment(payment=advance, by=who["cashier"], paid_on=working.today)
    assert advance.state == "paid"


def test_the_page_says_why_a_payment_failed_until_it_goes_on(working, advance, who, as_):
    request_payment(payment=advance, by=who["coordinator"])
    approve_payment(payment=advance, by=who["head"])
    fail_payment(payment=advance, by=who["finance"], note="Bankas grąžino: sąskaita uždaryta.")
    page = as_(working, "coordinator", "en").get(advance.get_absolute_url()).content.decode()
    assert ("The payment did not succeed." in page, "Bankas grąžino: sąskaita uždaryta." in page) == (True, True)
    request_payment(payment=advance, by=who["coordinator"])
    page = as_(working, "coordinator", "en").get(advance.get_absolute_url()).content.decode()
    assert "The payment did not succeed." not in page


def test_the_page_says_why_a_payment_was_returned(working, advance, who, as_):
    request_payment(payment=advance, by=who["coordinator"])
    return_payment(payment=advance, by=who["finance"], note="Trūksta sutarties numerio.")
    page = as_(working, "coordinator", "en").get(advance.get_absolute_url()).content.decode()
    assert ("The payment was returned." in page, "Trūksta sutarties numerio." in page) == (True, True)


def test_whoever_put_a_payment_forward_is_told_that_another_one_approves(working, advance, who, as_):
    request_payment(payment=advance, by=who["head"])
    page = as_(working, "head", "en").get(advance.get_absolute_url())
    assert [option.name for option in page.context["options"]] == ["cancel"]
    assert "You put this payment forward; somebody else approves it." in page.content.decode()


def test_an_approval_is_taken_back_where_nobody_is_left_to_pay(working, advance, who):
    request_payment(payment=advance, by=who["coordinator"])
    approve_payment(payment=advance, by=who["finance"])
    revoke_approval(payment=advance, by=who["head"], note="Finansuose dirba vienas žmogus.")
    assert (advance.state, advance.requested_by, advance.approved_by) == ("planned", None, None)
    working.paid(advance)


def test_nobody_acts_for_the_funder_on_a_project_of_their_own_library(working, advance, who):
    for key in ("coordinator", "head", "finance"):
        working.people.member(working.project.organisation, key, "", role="viewer")
    people = {key: type(who[key]).objects.get(pk=who[key].pk) for key in ("coordinator", "head", "finance")}
    report = working.project.reports.first()
    for may, thing in (
        (can_coordinate, working.agreement), (can_judge, report), (can_approve_payment, advance), (can_pay, advance),
        (can_terminate, working.agreement),
    ):  # fmt: skip
        assert [key for key, person in people.items() if may(person, thing)] == [], may.__name__


def test_the_first_answer_to_a_key_is_given_again_also_to_a_page_that_stood_open(working, advance, who):
    request_payment(payment=advance, by=who["coordinator"])
    approve_payment(payment=advance, by=who["head"])
    first, second = (Payment.objects.select_related("case").get(pk=advance.pk) for _page in range(2))
    answers = [
        pay_payment(payment=copy, by=who["finance"], paid_on=working.today, key="one") for copy in (first, second)
    ]
    assert answers[0] == answers[1]
    assert list(LedgerEntry.objects.filter(kind="pay").values_list("amount", flat=True)) == [Decimal("9000.00")]


@pytest.mark.parametrize(("paid_on", "code"), [
    (date(2027, 6, 6), "paid_on_wrong"), (date(2027, 5, 19), "paid_too_early"),
], ids=["ahead", "before the later signature"])  # fmt: skip
def test_money_leaves_between_the_later_signature_and_today(working, advance, who, paid_on, code):
    type(working.agreement).objects.update(signed_by_grantee_on=date(2027, 5, 18))
    request_payment(payment=advance, by=who["coordinator"])
    approve_payment(payment=advance, by=who["head"])
    with pytest.raises(Blocked) as refused:
        pay_payment(payment=advance, by=who["finance"], paid_on=paid_on)
    assert [obstacle.code for obstacle in refused.value.obstacles] == [code]
    assert case_balance(working.project.case).paid == 0


def carried_out(story):
    """Everything but the last instalment, seven weeks early: milestones and reports accepted, two instalments paid."""
    story.travel.to(story.travel.at.replace(month=12, day=10))
    story.paid(story.project.payments.get(ordinal=1))
    story.reached(story.project, story.director)
    for kind in ("interim", "final"):
        story.accepted_report(story.project.reports.get(kind=kind), story.director, share="0.4")
    story.paid(story.project.payments.get(ordinal=2))
    return Project.objects.get(pk=story.project.pk)


def test_the_last_instalment_is_paid_also_after_implementation_is_complete(working, who):
    complete_project(project=carried_out(working), by=who["coordinator"])
    working.paid(Payment.objects.get(project=working.project, ordinal=3))
    assert case_balance(working.project.case).to_pay == 0


def test_quarterly_reports_are_not_asked_for_any_more_once_the_final_one_is_accepted(working, who, as_):
    project = carried_out(working)
    quarter = project.reports.filter(kind="quarterly").first()
    asked = WorkItem.objects.filter(subject_label="grants.progressreport", closed_at=None)
    assert quarter.pk in asked.values_list("subject_id", flat=True)
    complete_project(project=project, by=who["coordinator"])
    assert not asked.exists()
    client = as_(working, "direktore")
    assert client.get(quarter.get_absolute_url()).context["form"] is None
    answer = client.post(quarter.get_absolute_url(), {"q-done": "Vėlyvas tekstas", "save": "1"})
    assert answer.status_code == 400
    assert "Vėlyvas tekstas" in answer.content.decode()
    assert client.get(f"{quarter.get_absolute_url()}costs/").status_code == 409


def to_put_forward():
    items = WorkItem.objects.filter(kind="payment_request", closed_at=None)
    return sorted(Payment.objects.filter(pk__in=items.values("subject_id")).values_list("ordinal", flat=True))


def test_coordinators_are_told_which_instalment_can_go_now(working, who, advance):
    assert to_put_forward() == [1], "the advance, from the signature on"
    request_payment(payment=advance, by=who["coordinator"])
    assert to_put_forward() == []
    return_payment(payment=advance, by=who["head"], note="Kita sąskaita.")
    assert to_put_forward() == [1]
    working.paid(advance)
    assert to_put_forward() == [], "the second waits for the interim report"
    working.travel.to(working.travel.at.replace(month=12, day=10))
    report = working.reported(working.project.reports.get(kind="interim"), working.director, share="0.4")
    assert to_put_forward() == []
    accept_report(report=report, by=who["coordinator"])
    assert to_put_forward() == [2], "its condition in words is confirmed while it is put forward"


def test_an_instalment_of_a_report_that_was_never_scheduled_says_so(working, who):
    Payment.objects.filter(ordinal=1).update(after_report="opening_report")
    with pytest.raises(Blocked) as refused:
        request_payment(payment=working.project.payments.get(ordinal=1), by=who["coordinator"])
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["report_not_scheduled"]


def test_nothing_leaves_while_the_project_is_on_hold(working, advance, who):
    request_payment(payment=advance, by=who["coordinator"])
    approve_payment(payment=advance, by=who["head"])
    hold_project(project=working.project, by=who["coordinator"], note="Tikriname.")
    payment = Payment.objects.get(pk=advance.pk)
    with pytest.raises(Blocked, match="hold"):
        pay_payment(payment=payment, by=who["finance"], paid_on=working.today)


def test_the_list_begins_with_what_waits_for_somebody(working, advance, who, as_):
    Payment.objects.filter(ordinal=2).update(due_on=date(2027, 7, 1))
    client = as_(working, "finance", "en")
    ordinals = [payment.ordinal for payment in client.get("/payments/").context["page"]]
    assert ordinals == [1, 2, 3], "by the day on which they are due; without a day last"
    working.paid(advance)
    page = client.get("/payments/")
    assert [payment.ordinal for payment in page.context["page"]] == [2, 3, 1], "what is settled comes last"
    assert "3 instalments, EUR\N{NO-BREAK SPACE}15,000 together" in page.content.decode()


def test_the_list_is_narrowed_by_calls_that_the_person_may_see(working, as_):
    [call] = Call.objects.all()
    client = as_(working, "finance")
    assert len(client.get("/payments/", {"call": call.pk}).context["page"].object_list) == 3
    assert not client.get("/payments/", {"call": "999999"}).context["filter"].form.is_valid()
