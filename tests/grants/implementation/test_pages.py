"""The pages of implementation, walked as a person would: in both languages, in each state, with bad input."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.implementation.models import AwardLine, Expense, Payment
from grants.implementation.services import accept_report, request_payment, return_report
from grants.money.models import LedgerEntry
from grants.money.selectors import case_balance
from grants.projects.models import Project
from grants.projects.services import terminate_project
from workflows.models import Message

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("who", ["direktore", "skaitytojas", "coordinator", "head", "finance", "auditor"])
def test_every_page_opens_for_both_sides_in_both_languages(working, as_, who, language):
    client = as_(working, who, language)
    pages = [
        working.agreement, *working.project.payments.all(), *working.project.reports.all(),
        *working.project.milestones.all(), working.project,
    ]  # fmt: skip
    for thing in pages:
        page = client.get(thing.get_absolute_url())
        assert page.status_code == 200, thing
    expected = 403 if who in {"direktore", "skaitytojas"} else 200
    assert client.get("/payments/").status_code == expected


@pytest.mark.parametrize("who", ["svetimas", "evaluator1"])
def test_strangers_and_reviewers_find_nothing_there(working, as_, who):
    client = as_(working, who)
    first = [working.project.payments.first(), working.project.reports.first(), working.project.milestones.first()]
    for thing in [working.agreement, *first]:
        assert client.get(thing.get_absolute_url()).status_code == 404
    for address in ("payments", "reports", "milestones"):
        assert client.get(f"/{address}/999999/").status_code == 404


def advance(story):
    return story.project.payments.get(ordinal=1)


def test_an_advance_is_put_forward_approved_and_paid_by_three_people(working, as_):
    payment = advance(working)
    url = payment.get_absolute_url()
    page = as_(working, "coordinator").get(url)
    assert [check["ok"] for check in page.context["checks"]] == [True] * 5
    assert as_(working, "coordinator").post(url, {"condition_note": ""}).status_code == 302
    assert as_(working, "coordinator").post(url, {"condition_note": ""}).status_code == 409, (
        "the second click finds it put forward"
    )
    step = f"/step/grants.payment/{payment.pk}/approve/"
    assert as_(working, "coordinator").post(step, {"note": ""}).status_code == 403
    assert as_(working, "head").post(step, {"note": ""}).status_code == 302
    payment.refresh_from_db()
    assert payment.state == "approved"
    finance = as_(working, "finance")
    for wrong in ({"paid_on": ""}, {"paid_on": "2027-07-01"}, {"paid_on": "2027-05-01"}, {"paid_on": "vakar"}):
        page = finance.post(url, wrong | {"reference": "M-1"})
        assert (page.status_code, Payment.objects.get(pk=payment.pk).state) == (400, "approved")
        assert "M-1" in text_of(page)
    assert finance.post(url, {"paid_on": "2027-06-05", "reference": "M-1"}).status_code == 302
    assert finance.post(url, {"paid_on": "2027-06-05", "reference": "M-1"}).status_code == 409
    assert case_balance(working.project.case).paid == Decimal("9000.00")
    assert LedgerEntry.objects.filter(kind="pay").count() == 1
    assert Message.objects.filter(kind="payment_paid", to_user=working.director).count() == 1


def test_the_second_instalment_says_why_it_waits(working, as_):
    second = working.project.payments.get(ordinal=2)
    page = as_(working, "coordinator", "en").get(second.get_absolute_url())
    assert [check["ok"] for check in page.context["checks"]] == [True, True, False, False, False]
    page = as_(working, "coordinator").post(second.get_absolute_url(), {"condition_note": "Matyti"})
    assert page.status_code == 400
    assert "Matyti" in text_of(page)
    assert Payment.objects.get(pk=second.pk).state == "planned"


def interim(story):
    return story.project.reports.get(kind="interim")


WORDS = {"q-done": "Surengta 12 užsiėmimų.", "q-difficulties": "Nieko.", "q-next_steps": ""}


def test_a_report_is_written_returned_with_a_reason_and_accepted(working, as_):
    report = interim(working.at("2027-12-01 10:00"))
    url = report.get_absolute_url()
    client = as_(working, "direktore")
    assert client.post(url, {"q-done": "Surengta 12 užsiėmimų.", "save": "1"}).status_code == 302
    page = client.post(url, {"q-done": "Surengta 12 užsiėmimų.", "submit": "1"})
    assert (page.status_code, list(page.context["form"].errors)) == (400, ["difficulties"])
    assert client.post(url, WORDS | {"submit": "1"}).status_code == 302
    assert client.post(url, WORDS | {"submit": "1"}).status_code == 302, "a double click is harmless"
    report.refresh_from_db()
    return_report(report=report, by=working.people.staff("coordinator"), note="Trūksta dalyvių skaičiaus.")
    letter = Message.objects.get(kind="report_returned")
    assert letter.to_user == working.director
    assert "Trūksta dalyvių skaičiaus." in letter.text
    assert "Trūksta dalyvių skaičiaus." in text_of(client.get(url))
    assert client.post(url, WORDS | {"submit": "1"}).status_code == 302
    report.refresh_from_db()
    accept_report(report=report, by=working.people.staff("coordinator"))
    assert Message.objects.filter(kind="report_accepted").count() == 1


def test_a_report_in_a_page_that_stood_open_overwrites_nothing(working, as_):
    url = interim(working).get_absolute_url()
    client = as_(working, "direktore")
    old = client.get(url).context["edition"]
    assert client.post(url, WORDS | {"v-report": old, "save": "1"}).status_code == 302
    page = client.post(url, WORDS | {"q-done": "Kitas tekstas", "v-report": old, "save": "1"})
    assert page.status_code == 409
    assert "Kitas tekstas" in text_of(page)
    assert "Surengta 12 užsiėmimų." in text_of(page)
    assert interim(working).done == "Surengta 12 užsiėmimų."
    again = WORDS | {"q-done": "Kitas tekstas", "v-report": page.context["edition"], "save": "1"}
    assert client.post(url, again).status_code == 302
    assert interim(working).done == "Kitas tekstas"


def test_a_report_is_saved_in_the_background(working, as_):
    report, client = interim(working), as_(working, "direktore")
    edition = client.get(report.get_absolute_url()).context["edition"]
    data = WORDS | {"v-report": edition}
    told = client.post(report.get_absolute_url(), data, headers={"X-Autosave": "1"})
    assert (told.status_code, list(told.json())) == (200, ["text", "tokens"])
    late = client.post(report.get_absolute_url(), data | {"q-done": "Kita"}, headers={"X-Autosave": "1"})
    assert late.status_code == 409
    long = client.post(report.get_absolute_url(), data | {"q-done": "x" * 10001}, headers={"X-Autosave": "1"})
    assert long.status_code == 400
    client.logout()
    assert client.post(report.get_absolute_url(), data, headers={"X-Autosave": "1"}).status_code == 401


def test_words_typed_after_the_session_ended_come_back(working, as_, client):
    report = interim(working)
    answer = client.post(report.get_absolute_url(), WORDS | {"save": "1"})
    assert answer.status_code == 302
    kept = dict(client.session)
    client.force_login(working.director)
    session = client.session
    session.update({key: value for key, value in kept.items() if not key.startswith("_auth")})
    session.save()
    page = client.get(report.get_absolute_url())
    assert page.status_code == 200
    assert "Surengta 12 užsiėmimų." in text_of(page)
    assert interim(working).done == ""


def cost(story, **given):
    line = AwardLine.objects.order_by("order").first()
    return {"line": line.pk, "description": "Vedėjo atlygis", "document": "AB 123", "spent_on": "2027-06-04",
            "amount": "1 234,50"} | given  # fmt: skip


@pytest.mark.parametrize(("typed", "amount"), [("1 234,50", "1234.50"), ("1234.50", "1234.50"), ("0,01", "0.01")])
def test_a_cost_is_entered_as_people_write_sums(working, as_, typed, amount):
    url = f"{interim(working).get_absolute_url()}costs/"
    client = as_(working, "direktore")
    assert client.post(url, cost(working, amount=typed)).status_code == 302
    expense = Expense.objects.get()
    assert expense.amount == Decimal(amount)
    assert client.post(f"{url}{expense.pk}/", cost(working, amount="2")).status_code == 302
    assert Expense.objects.get().amount == Decimal("2.00")
    assert client.post(f"{url}{expense.pk}/remove/").status_code == 302
    assert Expense.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"}, {"amount": "-5"}, {"amount": "99999999999999"}, {"amount": "1.234,5,6"}, {"amount": ""},
        {"spent_on": "2027-05-31"}, {"spent_on": "2027-06-06"}, {"spent_on": "0001-01-01"}, {"spent_on": "rytoj"},
        {"line": "999999"}, {"line": "x"}, {"description": ""}, {"description": "x" * 251}, {"document": ""},
    ],
)  # fmt: skip
def test_a_wrong_cost_is_refused_beside_its_field(working, as_, wrong):
    page = as_(working, "direktore").post(f"{interim(working).get_absolute_url()}costs/", cost(working, **wrong))
    assert page.status_code == 400
    assert page.context["form"].errors
    assert Expense.objects.count() == 0


def test_only_who_writes_for_the_grantee_enters_costs_and_reports(working, as_):
    url = interim(working).get_absolute_url()
    for who in ("skaitytojas", "coordinator", "auditor"):
        client = as_(working, who)
        assert client.post(url, WORDS | {"save": "1"}).status_code == 403
        assert client.post(f"{url}costs/", cost(working)).status_code == 403


def test_an_overspent_line_keeps_the_report_back(working, as_):
    url = interim(working).get_absolute_url()
    client = as_(working, "direktore")
    client.post(f"{url}costs/", cost(working, amount="20000"))
    page = client.post(url, WORDS | {"submit": "1"})
    assert page.status_code == 400
    assert "20" in text_of(page)
    assert interim(working).state == "draft"


def test_a_milestone_is_reported_with_evidence_of_a_day_that_has_come(working, as_):
    client, milestone = as_(working, "direktore"), working.project.milestones.first()
    url = milestone.get_absolute_url()
    for wrong in ({"evidence": ""}, {"reached_on": ""}, {"reached_on": "2099-01-01"}):
        page = client.post(url, {"evidence": "Programa", "reached_on": "2027-06-04"} | wrong)
        assert page.status_code == 400, wrong
    assert client.post(url, {"evidence": "Programa", "reached_on": "2027-06-04"}).status_code == 302
    assert client.post(url, {"evidence": "Programa", "reached_on": "2027-06-04"}).status_code == 409
    milestone.refresh_from_db()
    assert (milestone.state, milestone.evidence) == ("submitted", "Programa")


def test_the_project_page_shows_its_work_to_both_sides_and_not_to_reviewers(working, as_):
    for who, shown in (("direktore", True), ("coordinator", True), ("finance", True), ("evaluator1", False)):
        page = as_(working, who, "en").get(working.project.get_absolute_url())
        templates = [panel.template for panel in page.context["panels"]]
        assert ("grants/implementation/project_panel.html" in templates) is shown, who
    panel = next(p for p in as_(working, "direktore").get(working.project.get_absolute_url()).context["panels"]
                 if "implementation" in p.template)  # fmt: skip
    assert (panel.values["budget"], panel.values["reported"]) == (Decimal("16841.00"), Decimal(0))
    assert panel.values["next"]["payment"].ordinal == 1


def test_the_list_of_payments_costs_the_same_for_one_and_three(working, as_):
    client = as_(working, "finance")
    counts = []
    for address in ("/payments/?q=zzzz", "/payments/", "/payments/?state=planned"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        counts.append((len(page.context["page"].object_list), len(queries)))
    assert counts[1][0] == counts[2][0] == 3
    assert counts[1][1] == counts[2][1] <= 12


def test_finance_is_told_at_home_what_waits(working, as_):
    client = as_(working, "finance", "en")
    assert "Payments that wait" not in text_of(client.get("/"))
    request_payment(payment=advance(working), by=working.people.staff("coordinator"))
    assert "?state=requested" in text_of(client.get("/"))


def test_the_end_before_time_cancels_what_is_open_and_frees_the_money(working, as_):
    working.paid(advance(working))
    terminate_project(project=working.project, by=working.people.staff("head"), note="Biblioteka atsisakė.")
    assert Project.objects.get(pk=working.project.pk).state == "terminated"
    assert list(working.project.payments.order_by("ordinal").values_list("state", flat=True)) == [
        "paid", "cancelled", "cancelled",
    ]  # fmt: skip
    assert set(working.project.milestones.values_list("state", flat=True)) == {"waived"}
    balance = case_balance(working.project.case)
    assert (balance.committed, balance.paid, balance.to_pay) == (
        Decimal("9000.00"),
        Decimal("9000.00"),
        Decimal("0.00"),
    )
    for who in ("direktore", "coordinator"):
        assert as_(working, who).get(working.agreement.get_absolute_url()).status_code == 200
