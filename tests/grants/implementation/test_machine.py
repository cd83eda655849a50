"""The machines of agreement, milestone, payment and report, written out by hand: every way, and who may take it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from grants.implementation.models import Agreement, Expense, Milestone, Payment, ProgressReport
from grants.implementation.services import (
    accept_report,
    approve_payment,
    cancel_payment,
    fail_payment,
    judge_milestone,
    pay_payment,
    report_milestone,
    request_payment,
    return_payment,
    return_report,
    sign_agreement,
    waive_milestone,
)
from grants.money.models import LedgerEntry
from grants.money.selectors import case_balance
from grants.projects.services import hold_project
from workflows.actors import SYSTEM
from workflows.exceptions import Blocked, NotPermitted, Refused
from workflows.models import Deadline, Reminder, WorkItem
from workflows.registry import machine_of
from workflows.services import perform
from workflows.services.reminding import remind

pytestmark = pytest.mark.django_db

WAYS = {
    Agreement: {
        "send": ({"draft"}, {"sent"}),
        "take_back": ({"sent"}, {"draft"}),
        "sign": ({"sent"}, {"signed"}),
        "terminate": ({"draft", "sent", "signed"}, {"terminated"}),
    },
    Milestone: {
        "submit": ({"planned", "returned"}, {"submitted"}),
        "accept": ({"submitted"}, {"accepted"}),
        "return_milestone": ({"submitted"}, {"returned"}),
        "waive": ({"planned", "returned"}, {"waived"}),
    },
    Payment: {
        "request": ({"planned", "failed"}, {"requested"}),
        "return_request": ({"requested"}, {"planned"}),
        "revoke": ({"approved"}, {"planned"}),
        "approve": ({"requested"}, {"approved"}),
        "pay": ({"approved"}, {"paid"}),
        "fail": ({"approved"}, {"failed"}),
        "cancel": ({"planned", "requested", "approved", "failed"}, {"cancelled"}),
    },
    ProgressReport: {
        "start": ({"scheduled"}, {"draft"}),
        "submit": ({"scheduled", "draft", "returned"}, {"submitted"}),
        "return_report": ({"submitted"}, {"returned"}),
        "accept": ({"submitted"}, {"accepted"}),
        "reopen": ({"accepted"}, {"returned"}),
    },
}


@pytest.mark.parametrize("model", WAYS, ids=lambda model: model.__name__)
def test_the_machine_has_exactly_these_ways(model):
    steps = machine_of(model).steps
    assert {name: (set(step.sources), set(step.targets)) for name, step in steps.items()} == WAYS[model]


EVERYBODY = ("direktore", "skaitytojas", "svetimas", "evaluator1", "coordinator", "head", "finance", "auditor",
             "admin", "SYSTEM")  # fmt: skip
LEADS, TEAM = {"coordinator", "head"}, {"direktore"}
WHO = {
    (Agreement, "send"): LEADS,
    (Agreement, "take_back"): LEADS,
    (Agreement, "sign"): LEADS,
    (Agreement, "terminate"): {"head", "SYSTEM"},
    (Milestone, "submit"): TEAM,
    (Milestone, "accept"): LEADS,
    (Milestone, "return_milestone"): LEADS,
    (Milestone, "waive"): LEADS,
    (Payment, "request"): LEADS,
    (Payment, "return_request"): {"head", "finance"},
    (Payment, "approve"): {"head", "finance"},
    (Payment, "revoke"): {"head", "finance"},
    (Payment, "pay"): {"finance"},
    (Payment, "fail"): {"finance"},
    (Payment, "cancel"): {"head", "SYSTEM"},
    (ProgressReport, "start"): TEAM,
    (ProgressReport, "submit"): TEAM,
    (ProgressReport, "return_report"): LEADS,
    (ProgressReport, "accept"): LEADS,
    (ProgressReport, "reopen"): {"head"},
}
NOT_OFFERED = {(Agreement, "terminate"), (ProgressReport, "start")}
"""Steps that happen with another one, so that no page has a button for them."""


@pytest.mark.parametrize(("model", "name"), WHO, ids=lambda part: getattr(part, "__name__", part))
def test_who_may_take_a_step(working, model, name):
    thing = model.objects.filter(project=working.project).first()
    spec = machine_of(model).step(name).spec
    may = {
        who for who in EVERYBODY
        if (spec.system if who == "SYSTEM" else spec.permission(working.people.known[who], thing))
    }  # fmt: skip
    assert may == WHO[model, name]
    assert spec.offered is ((model, name) not in NOT_OFFERED)


def first_payment(story):
    return story.project.payments.get(ordinal=1)


def someone(story, key):
    return story.people.known[key]


def test_whoever_puts_a_payment_forward_does_not_approve_it(working):
    payment, head = first_payment(working), someone(working, "head")
    request_payment(payment=payment, by=head)
    for verb in (approve_payment, lambda **kw: return_payment(note="Ne", **kw)):
        with pytest.raises(NotPermitted):
            verb(payment=payment, by=head)
    approve_payment(payment=payment, by=someone(working, "finance"))
    with pytest.raises(IntegrityError, match="payment_approved_by_another"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(requested_by=payment.approved_by)


def test_a_payment_that_failed_goes_round_once_more(working):
    payment = first_payment(working)
    coordinator, head, finance = (someone(working, key) for key in ("coordinator", "head", "finance"))
    request_payment(payment=payment, by=coordinator)
    return_payment(payment=payment, by=head, note="Kita sąskaita.")
    request_payment(payment=payment, by=coordinator)
    approve_payment(payment=payment, by=head)
    fail_payment(payment=payment, by=finance, note="Bankas grąžino.")
    assert case_balance(working.project.case).paid == 0
    working.paid(payment)
    assert case_balance(working.project.case).paid == Decimal("9000.00")


def test_a_payment_recorded_twice_with_one_key_or_two_leaves_once(working):
    payment, finance = first_payment(working), someone(working, "finance")
    request_payment(payment=payment, by=someone(working, "coordinator"))
    approve_payment(payment=payment, by=someone(working, "head"))
    answers = [pay_payment(payment=payment, by=finance, paid_on=working.today, key="one") for _twice in range(2)]
    assert answers[0] == answers[1]
    with pytest.raises(Refused):
        pay_payment(payment=payment, by=finance, paid_on=working.today, key="two")
    assert LedgerEntry.objects.filter(kind="pay").count() == 1
    assert case_balance(working.project.case).paid == Decimal("9000.00")


def test_money_that_was_never_committed_is_not_paid(working):
    payment, finance = first_payment(working), someone(working, "finance")
    request_payment(payment=payment, by=someone(working, "coordinator"))
    approve_payment(payment=payment, by=someone(working, "head"))
    Payment.objects.filter(pk=payment.pk).update(amount=Decimal("15000.01"))
    payment.refresh_from_db()
    with pytest.raises(Blocked) as refused:
        pay_payment(payment=payment, by=finance, paid_on=working.today)
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["not_committed"]
    payment.refresh_from_db()
    assert payment.state == "approved"
    assert not LedgerEntry.objects.filter(kind="pay").exists()


def test_a_project_on_hold_pays_nothing(working):
    hold_project(project=working.project, by=someone(working, "coordinator"), note="Tikriname.")
    with pytest.raises(Blocked) as refused:
        request_payment(payment=first_payment(working), by=someone(working, "coordinator"))
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["held"]


def test_only_the_head_cancels_an_instalment(working):
    payment = first_payment(working)
    with pytest.raises(NotPermitted):
        cancel_payment(payment=payment, by=someone(working, "coordinator"), note="Nebereikia")
    cancel_payment(payment=payment, by=someone(working, "head"), note="Nebereikia")
    assert payment.state == "cancelled"


def test_milestones_are_judged_by_others_and_waived_with_a_reason(working):
    first, second = working.project.milestones.order_by("order")
    coordinator = someone(working, "coordinator")
    report_milestone(milestone=first, by=working.director, evidence="Sąrašas", reached_on=working.today)
    judge_milestone(milestone=first, by=coordinator, accept=False, note="Be parašų.")
    report_milestone(milestone=first, by=working.director, evidence="", reached_on=working.today)
    judge_milestone(milestone=first, by=coordinator, accept=True)
    with pytest.raises(Blocked):
        waive_milestone(milestone=second, by=coordinator, note="")
    waive_milestone(milestone=second, by=coordinator, note="Nebereikia")
    assert [first.state, second.state, first.evidence] == ["accepted", "waived", "Sąrašas"]


def test_an_accepted_report_is_opened_again_by_the_head_alone(working):
    report = working.project.reports.order_by("due_on").first()
    working.travel.to(working.travel.at.replace(month=7, day=1))
    working.reported(report, working.director, share="0.1")
    return_report(report=report, by=someone(working, "coordinator"), note="Trūksta sąskaitos.")
    working.reported(report, working.director, share="0.1")
    accept_report(report=report, by=someone(working, "coordinator"))
    with pytest.raises(NotPermitted):
        perform(report, "reopen", by=someone(working, "coordinator"), note="Klaida")
    perform(report, "reopen", by=someone(working, "head"), note="Klaida")
    assert (report.state, report.accepted_at) == ("returned", None)


def test_the_agreement_is_signed_once(working):
    story, agreement = working, working.agreement
    with pytest.raises(Refused):
        sign_agreement(
            agreement=agreement, by=someone(story, "coordinator"), grantee_on=story.today, funder_on=story.today,
            starts_on=date(2027, 6, 1), ends_on=date(2028, 1, 31),
        )  # fmt: skip
    assert Payment.objects.count() == 3


@pytest.mark.parametrize("kind", ["report", "milestone"])
def test_what_is_due_is_recalled_to_the_grantee(working, kind):
    due = Deadline.objects.filter(case=working.project.case, kind=kind, closed_at=None).order_by("due_at").first()
    working.travel.to(due.due_at - timedelta(days=2, hours=13))
    remind()
    recalled = Reminder.objects.filter(rung__deadline=due)
    assert [one.recipient for one in recalled] == [working.director]


def test_payments_put_forward_are_due_and_wait_for_their_people(working):
    payment = first_payment(working)
    request_payment(payment=payment, by=someone(working, "coordinator"))
    waiting = WorkItem.objects.filter(kind="payment_approve", closed_at=None)
    assert sorted(waiting.values_list("audience", flat=True)) == ["role:finance", "role:head"]
    assert Deadline.objects.filter(case=payment.case, kind="payment", closed_at=None).count() == 2


@pytest.mark.parametrize(
    "change", [{"amount": 0}, {"amount": -1}, {"ordinal": 2}], ids=["nothing", "less than nothing", "second second"]
)
def test_the_database_refuses_an_impossible_payment(working, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=first_payment(working).pk).update(**change)


def test_the_database_refuses_a_cost_of_nothing(working):
    report, line = working.project.reports.first(), working.agreement.lines.first()
    with pytest.raises(IntegrityError, match="expense_positive"), transaction.atomic():
        Expense.objects.create(
            report=report, line=line, description="x", document="x", amount=0, spent_on=working.today
        )


def test_the_ledger_equals_the_payments_after_every_step(working):
    """Committed is the award; paid is the sum of what is paid; whatever the order of the steps."""
    case = working.project.case

    def holds():
        balance = case_balance(case)
        paid = sum((p.amount for p in Payment.objects.filter(state="paid")), Decimal(0))
        assert (balance.committed, balance.paid, balance.to_pay) == (
            Decimal("15000.00"), paid, Decimal("15000.00") - paid,
        )  # fmt: skip

    holds()
    payment = first_payment(working)
    for step in (
        lambda: request_payment(payment=payment, by=someone(working, "coordinator")),
        lambda: approve_payment(payment=payment, by=someone(working, "head")),
        lambda: fail_payment(payment=payment, by=someone(working, "finance"), note="Grąžinta"),
        lambda: working.paid(payment),
    ):
        step()
        holds()


def test_the_system_alone_may_not_pay(working):
    with pytest.raises(NotPermitted):
        perform(first_payment(working), "request", by=SYSTEM)
