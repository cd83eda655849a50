"""The agreement: its budget after a cut, its signatures, the signed copy."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.implementation.models import Agreement, AwardLine, Payment, ProgressReport
from grants.implementation.services import send_agreement
from tests.scenarios.content import PDF

pytestmark = pytest.mark.django_db


def text_of(answer):
    return answer.content.decode()


PERIOD = {"grantee_on": "2027-05-18", "funder_on": "2027-05-19", "starts_on": "2027-06-01", "ends_on": "2028-01-31"}


def sent(story):
    send_agreement(agreement=story.agreement, by=story.people.staff("coordinator"))
    return story.agreement


def test_the_budget_is_cut_in_proportion_to_the_cent(awarded):
    lines = list(awarded.agreement.lines.values_list("requested", "awarded"))
    assert lines == [
        (Decimal("9941.00"), Decimal("8999.64")),
        (Decimal("4142.00"), Decimal("3749.77")),
        (Decimal("2486.00"), Decimal("2250.59")),
    ]
    assert sum(line[1] for line in lines) == awarded.agreement.amount == Decimal("15000.00")


def test_an_agreement_goes_from_preparation_to_signature(awarded, as_):
    client, url = as_(awarded, "coordinator"), awarded.agreement.get_absolute_url()
    page = client.get(url)
    assert page.status_code == 200
    sent(awarded)
    page = client.post(url, PERIOD)
    assert (page.status_code, page["Location"]) == (302, url)
    awarded.agreement.refresh_from_db()
    assert awarded.agreement.state == "signed"
    assert list(awarded.project.payments.order_by("ordinal").values_list("amount", "state")) == [
        (Decimal("9000.00"), "planned"), (Decimal("4500.00"), "planned"), (Decimal("1500.00"), "planned"),
    ]  # fmt: skip
    assert client.post(url, PERIOD).status_code == 409, "somebody was faster: the page says so"


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": "2027-05-31"},
        {"ends_on": "2027-06-01"},
        {"ends_on": "2028-06-01"},
        {"ends_on": "9999-12-31"},
        {"starts_on": "0001-01-01"},
        {"starts_on": "2027-05-31"},
        {"grantee_on": "2027-05-21"},
        {"funder_on": "2026-01-01"},
        {"grantee_on": "gegužės 18"},
        {"starts_on": ""},
        {"starts_on": "2027-02-30"},
    ],
)
def test_wrong_days_are_refused_in_words_and_kept(awarded, as_, wrong):
    sent(awarded)
    client = as_(awarded, "coordinator")
    page = client.post(awarded.agreement.get_absolute_url(), PERIOD | wrong)
    assert page.status_code == 400
    assert page.context["form"].errors
    [typed] = wrong.values()
    assert typed in text_of(page)
    assert Agreement.objects.get().state == "sent"
    assert Payment.objects.count() == ProgressReport.objects.count() == 0


def test_the_budget_page_wants_the_lines_to_make_the_award(awarded, as_):
    client = as_(awarded, "direktore")
    url = f"/projects/{awarded.project.pk}/agreement/budget/"
    first, second, third = AwardLine.objects.order_by("order")
    names = [f"line-{line.pk}" for line in (first, second, third)]
    typed = dict(zip(names, ("9 000,50", "3999.50", "2000"), strict=True))
    assert client.post(url, typed).status_code == 302
    assert list(AwardLine.objects.order_by("order").values_list("awarded", flat=True)) == [
        Decimal("9000.50"), Decimal("3999.50"), Decimal("2000.00"),
    ]  # fmt: skip
    for wrong in ("9001", "-5", "9999999999999", "daug", "1.2.3,4", ""):
        page = client.post(url, typed | {names[0]: wrong})
        assert (page.status_code, bool(page.context["form"].errors)) == (400, True), wrong
        assert not wrong or wrong in text_of(page)
    assert AwardLine.objects.get(pk=first.pk).awarded == Decimal("9000.50")
    sent(awarded)
    assert client.get(url).status_code == client.post(url, typed).status_code == 409, "a sent agreement does not change"
    assert AwardLine.objects.get(pk=first.pk).awarded == Decimal("9000.50")


def test_the_signed_copy_is_kept_and_read_by_both_sides_only(awarded, as_):
    sent(awarded)
    url = f"/projects/{awarded.project.pk}/agreement/signed/"
    client = as_(awarded, "direktore")
    assert client.post(url, {}).status_code == 400
    assert client.post(url, {"file": SimpleUploadedFile("sutartis.pdf", b"no pdf")}).status_code == 400
    good = SimpleUploadedFile("sutartis.pdf", PDF, content_type="application/pdf")
    assert client.post(url, {"file": good}).status_code == 302
    page = client.get(awarded.agreement.get_absolute_url())
    [paper] = page.context["papers"]
    assert "sutartis.pdf" in text_of(page)
    seen = {}
    for key in ("direktore", "coordinator", "finance", "evaluator1", "svetimas"):
        answer = as_(awarded, key).get(f"/documents/{paper.public_id}/")
        seen[key] = answer.status_code
        if answer.streaming:
            assert b"".join(answer.streaming_content) == PDF
    assert seen == {"direktore": 200, "coordinator": 200, "finance": 200, "evaluator1": 404, "svetimas": 404}


def test_the_period_follows_the_dates_of_the_call_as_they_are_planned_now(awarded, as_):
    sent(awarded)
    client, url = as_(awarded, "coordinator", "en"), awarded.agreement.get_absolute_url()
    assert client.get(url).context["form"].initial == {"starts_on": date(2027, 6, 1), "ends_on": date(2028, 5, 31)}
    early = PERIOD | {"starts_on": "2027-05-31"}
    assert "First day of the projects of this call: 1\N{NO-BREAK SPACE}June 2027" in text_of(client.post(url, early))
    moved = awarded.call_.dates.get(key="projects_start_from")
    moved.planned_at -= timedelta(days=1)
    moved.save()
    assert client.post(url, early).status_code == 302


def test_a_category_takes_no_more_of_the_grant_than_the_call_allows(awarded, as_):
    client, url = as_(awarded, "direktore", "en"), f"/projects/{awarded.project.pk}/agreement/budget/"
    first, second, third = AwardLine.objects.select_related("category").order_by("order")
    type(third.category).objects.filter(pk=third.category_id).update(max_percent=10)
    names = [f"line-{line.pk}" for line in (first, second, third)]
    page = client.post(url, dict(zip(names, ("8999.64", "3749.76", "2250.60"), strict=True)))
    assert page.status_code == 400, "a cut left 2,250.59, above a tenth; it may not grow"
    assert "may take 10% of the grant, EUR\N{NO-BREAK SPACE}1,500" in text_of(page)
    less = dict(zip(names, ("8999.64", "3749.77", "2250.59"), strict=True))
    assert client.post(url, less).status_code == 302, "what the cut left may stay"


def test_a_budget_page_that_stood_open_shows_both_and_keeps_the_second_on_request(awarded, as_):
    client, url = as_(awarded, "coordinator", "en"), f"/projects/{awarded.project.pk}/agreement/budget/"
    seen = client.get(url).context["form"]["seen"].initial
    names = [f"line-{pk}" for pk in AwardLine.objects.order_by("order").values_list("pk", flat=True)]
    typed = dict(zip(names, ("9000", "4000", "2000"), strict=True))
    assert client.post(url, typed | {"seen": seen}).status_code == 302
    mine = dict(zip(names, ("9000", "3500", "2500"), strict=True))
    page = client.post(url, mine | {"seen": seen})
    assert page.status_code == 409
    assert list(page.context["form"].errors) == ["__all__", *names[1:]]
    assert "Saved now: EUR\N{NO-BREAK SPACE}4,000" in text_of(page)
    assert 'value="3500"' in text_of(page)
    again = page.context["form"]["seen"].value()
    assert client.post(url, mine | {"seen": again}).status_code == 302


def test_money_without_an_application_has_no_lines_to_add_up(awarded):
    AwardLine.objects.all().delete()
    assert sent(awarded).state == "sent"
