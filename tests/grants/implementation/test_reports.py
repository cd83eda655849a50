"""Reports: each cost once, budgets that may shift a little, pages that stood open, and what staff read meanwhile."""

from datetime import date
from decimal import Decimal

import pytest

from grants.implementation.models import AwardLine, Expense, Milestone
from grants.implementation.services import (
    judge_milestone,
    report_milestone,
    return_report,
    save_expense,
    submit_report,
    waive_milestone,
)
from grants.implementation.services.reports import edition_of_expense, overspending
from grants.projects.services import hold_project, terminate_project
from workflows.exceptions import Blocked, Refused, Stale
from workflows.models import WorkItem
from workflows.services import options_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def interim(working):
    return working.project.reports.get(kind="interim")


def lines(story):
    return list(AwardLine.objects.select_related("category").order_by("order"))


def spend(story, report, amount, line=None, **given):
    values = {"description": "Vedėjo atlygis", "document": "AB 1", "spent_on": date(2027, 6, 4)} | given
    return save_expense(
        report=report, by=story.director, line=line or lines(story)[0], amount=Decimal(amount), **values
    )


def test_a_cost_is_counted_once_whatever_report_it_is_entered_in(working, interim):
    quarterly = working.project.reports.filter(kind="quarterly").first()
    spend(working, quarterly, "100")
    with pytest.raises(Refused) as refused:
        spend(working, interim, "100")
    assert quarterly.label in str(refused.value)
    spend(working, interim, "100", document="AB 2")
    assert Expense.objects.count() == 2


def test_the_second_half_of_a_double_click_enters_nothing(working, interim, as_):
    client, url = as_(working, "direktore", "en"), f"{interim.get_absolute_url()}costs/"
    typed = {"line": lines(working)[0].pk, "description": "Kelionė", "document": "B 7", "spent_on": "2027-06-04",
             "amount": "12,50"}  # fmt: skip
    assert client.post(url, typed).status_code == 302
    page = client.post(url, typed)
    assert (page.status_code, Expense.objects.count()) == (400, 1)
    assert "Interim report" in str(page.context["form"].errors)


def test_a_cost_that_somebody_changed_or_removed_meanwhile_is_not_overwritten(working, interim, as_):
    expense = spend(working, interim, "100")
    seen = edition_of_expense(expense)
    spend(working, interim, "120", expense=expense, seen=seen)
    with pytest.raises(Stale):
        spend(working, interim, "130", expense=expense, seen=seen)
    client, url = as_(working, "direktore"), f"{interim.get_absolute_url()}costs/{expense.pk}/"
    for _click in range(2):
        assert client.post(f"{url}remove/").status_code == 302, "what is removed already stays removed"
    with pytest.raises(Stale):
        spend(working, interim, "140", expense=expense)
    assert not Expense.objects.exists()


@pytest.fixture
def budget(working):
    """Two lines of one category, EUR 1,000 and 500, and another category of EUR 2,000; the call lets 10 % shift."""
    first, second, third = lines(working)
    for line, awarded, category in (
        (first, 1000, first.category), (second, 500, first.category), (third, 2000, third.category),
    ):  # fmt: skip
        AwardLine.objects.filter(pk=line.pk).update(awarded=awarded, own=0, category=category)
    return [line.pk for line in (first, second, third)]


SPENT = [  # on each line; how many sentences say what is too much
    ("nothing", (0, 0, 0), 0),
    ("one line on the cost of its neighbour", (1400, 100, 2000), 0),
    ("one category up to a tenth above, another below", (1650, 0, 1850), 0),
    ("a cent more than a tenth", ("1650.01", 0, 0), 1),
    ("each a little above, all together too much", (1600, 0, 2000), 1),
    ("a category and the whole", (1000, 500, "2200.01"), 2),
]


@pytest.mark.parametrize(("spent", "sentences"), [row[1:] for row in SPENT], ids=[row[0] for row in SPENT])
def test_money_shifts_between_categories_as_far_as_the_call_lets_it(working, interim, budget, spent, sentences):
    for pk, amount in zip(budget, spent, strict=True):
        if amount:
            spend(working, interim, str(amount), AwardLine.objects.get(pk=pk))
    assert len(overspending(working.project)) == sentences


def test_a_call_that_says_nothing_lets_nothing_shift(working, interim, budget):
    call = working.project.call
    call.rules["amendments"] = None
    spend(working, interim, "1500.01", AwardLine.objects.get(pk=budget[0]))
    assert len(overspending(working.project)) == 1


def test_staff_read_neither_words_nor_costs_before_they_are_handed_in(working, interim, as_):
    spend(working, interim, "77.77", description="Slapta išlaida")
    page = as_(working, "coordinator", "en").get(interim.get_absolute_url()).content.decode()
    assert "Slapta išlaida" not in page
    assert "No costs are entered yet." not in page, "that would be untrue"
    assert "Add a cost" not in page


def test_a_returned_report_is_mended_by_the_grantee_and_read_by_staff(working, interim, as_):
    working.travel.to(working.travel.at.replace(month=12, day=5))
    report = working.reported(interim, working.director)
    return_report(report=report, by=working.people.known["coordinator"], note="Kiek dalyvių?")
    [item] = WorkItem.objects.filter(kind="report_mend", closed_at=None)
    assert item.audience == f"org:{working.project.organisation_id}"
    assert as_(working, "auditor").get(report.get_absolute_url()).context["being_mended"] is True
    assert as_(working, "direktore").get(report.get_absolute_url()).context["being_mended"] is False


def test_what_is_typed_stays_where_a_colleague_has_handed_the_report_in(working, interim, as_):
    client, url = as_(working.at("2027-12-01 10:00"), "direktore"), interim.get_absolute_url()
    words = {"q-done": "Surengta 12 užsiėmimų.", "q-difficulties": "Nieko.", "q-next_steps": ""}
    assert client.post(url, words | {"submit": "1"}).status_code == 302
    page = client.post(url, words | {"q-done": "Kitoks pasakojimas", "submit": "1"})
    assert page.status_code == 409
    assert "Kitoks pasakojimas" in page.content.decode()


def test_what_is_typed_stays_while_the_project_is_on_hold(working, interim, as_):
    hold_project(project=working.project, by=working.people.known["coordinator"], note="Tikriname.")
    page = as_(working, "direktore").post(interim.get_absolute_url(), {"q-done": "Rašome toliau", "save": "1"})
    assert page.status_code == 400
    assert "Rašome toliau" in page.content.decode()


def test_nothing_is_written_after_the_end_before_time(working, interim, as_):
    terminate_project(project=working.project, by=working.people.known["head"], note="Atsisakė.")
    client = as_(working, "direktore")
    assert client.get(interim.get_absolute_url()).context["form"] is None
    assert client.post(f"{interim.get_absolute_url()}costs/", {"amount": "5"}).status_code == 409


def test_each_page_says_where_one_is(working, interim, as_):
    project, payment = working.project, working.project.payments.first()
    client, path = as_(working, "direktore"), [("/projects/"), project.get_absolute_url()]
    agreement = working.agreement.get_absolute_url()
    pages = {
        agreement: path, payment.get_absolute_url(): path, interim.get_absolute_url(): path,
        project.milestones.first().get_absolute_url(): path,
        f"{agreement}signed/": [*path, agreement],
        f"{interim.get_absolute_url()}costs/": [*path, interim.get_absolute_url()],
    }  # fmt: skip
    for url, crumbs in pages.items():
        page = client.get(url)
        assert [to for _label, to in page.context["crumbs"]] == crumbs, url
        assert 'class="crumbs"' in page.content.decode(), url


def codes_of(story, report):
    """What keeps a report from being handed in now."""
    return [obstacle.code for step in options_for([report], story.director)[report.pk] for obstacle in step.obstacles]


# report, day -> may it be handed in? The agreement runs from 1 June 2027 to 31 January 2028.
PERIODS = [
    ("quarterly", "2027-06-29", ["period_not_over"]),
    ("quarterly", "2027-06-30", []),
    ("interim", "2027-11-29", ["period_not_over"]),
    ("interim", "2027-11-30", []),
    ("final", "2028-01-30", ["period_not_over"]),
    ("final", "2028-01-31", []),
]


@pytest.mark.parametrize(("kind", "day", "codes"), PERIODS)
def test_a_report_waits_for_the_last_day_of_its_period(working, kind, day, codes):
    report = working.project.reports.filter(kind=kind).order_by("due_on").first()
    assert codes_of(working.at(f"{day} 10:00"), report) == codes


def finish_early(story):
    """Every milestone is done long before the end: one accepted, one waived, the rest reported."""
    first, second, *rest = story.project.milestones.order_by("order")
    for milestone in (first, *rest):
        report_milestone(milestone=milestone, by=story.director, evidence="Sąrašas")
    judge_milestone(milestone=first, by=story.people.known["coordinator"], accept=True)
    waive_milestone(milestone=second, by=story.people.known["coordinator"], note="Nebereikia")


def test_whoever_finishes_early_reports_early(working):
    reports = working.project.reports.all()
    assert {code for report in reports for code in codes_of(working, report)} == {"period_not_over"}
    finish_early(working)
    assert [code for report in reports for code in codes_of(working, report)] == []


def test_without_milestones_the_final_report_alone_may_come_early(working):
    Milestone.objects.filter(project=working.project).delete()
    waiting = {report.kind: codes_of(working, report) for report in working.project.reports.all()}
    assert waiting == {"quarterly": ["period_not_over"], "interim": ["period_not_over"], "final": []}


def test_a_report_handed_in_too_early_is_saved_and_says_until_when_to_wait(working, interim, as_):
    client, url = as_(working, "direktore", "en"), interim.get_absolute_url()
    words = {"q-done": "Surengta 12 užsiėmimų.", "q-difficulties": "Nieko.", "q-next_steps": ""}
    sentence = "The period that this report covers ends on 30\N{NO-BREAK SPACE}November 2027."
    assert sentence in client.get(url).content.decode()
    page = client.post(url, words | {"submit": "1"})
    assert (page.status_code, sentence in page.content.decode()) == (400, True)
    interim.refresh_from_db()
    assert (interim.state, interim.done) == ("draft", "Surengta 12 užsiėmimų.")
    with pytest.raises(Blocked):
        submit_report(report=interim, by=working.director)
    working.at("2027-12-01 10:00")
    assert client.post(url, words | {"submit": "1"}).status_code == 302
