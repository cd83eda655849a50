"""Pages of money: who sees them, and what they show."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from grants.money.exports import safe_cell
from grants.money.models import Funding, LedgerEntry
from grants.money.services import commit, open_funding, pay, record_stage, reserve
from tests.grants.money.pages import texts
from workflows import clock
from workflows.actors import SYSTEM
from workflows.models import Case, Exclusion


@pytest.fixture
def spent(funding, case, call_case):
    """Of 10,000: 6,000 reserved for the call, 2,000 of it committed, 1,200 paid."""
    reserve(funding=funding, case=call_case, amount=Decimal(6000), by=SYSTEM, key="r")
    commit(funding=funding, case=case, amount=Decimal(2000), by=SYSTEM, key="c", call_case=call_case, note="=HYPER()")
    pay(funding=funding, case=case, amount=Decimal(1200), by=SYSTEM, key="p", call_case=call_case)
    return funding


def addresses(funding):
    return {
        "overview": reverse("money:overview"),
        "new": reverse("money:funding_new"),
        "funding": reverse("money:funding", args=[funding.pk]),
        "stage": reverse("money:funding_stage", args=[funding.pk]),
        "ledger": reverse("money:ledger"),
        "csv": reverse("money:ledger_csv"),
    }


@pytest.mark.parametrize(
    ("who", "overview", "new", "one", "stage", "ledger", "csv_"),
    [
        ("finance", 200, 200, 200, 200, 200, 200),
        ("head", 200, 200, 200, 200, 200, 200),
        ("coordinator", 200, 403, 200, 403, 200, 200),
        ("auditor", 200, 403, 200, 403, 200, 200),
        ("stranger", 403, 403, 404, 404, 403, 403),
        (None, 302, 302, 302, 302, 302, 302),
    ],
)
def test_who_sees_what(client, request, spent, who, overview, new, one, stage, ledger, csv_):
    if who:
        client.force_login(request.getfixturevalue(who))
    answers = {name: client.get(address).status_code for name, address in addresses(spent).items()}
    assert answers == {
        "overview": overview, "new": new, "funding": one, "stage": stage, "ledger": ledger, "csv": csv_,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["coordinator", "auditor", "stranger"])
def test_who_may_not_record_changes_nothing(client, request, spent, who):
    client.force_login(request.getfixturevalue(who))
    before = Funding.objects.count(), spent.steps.count()
    client.post(reverse("money:funding_new"), {"source": spent.source_id, "year": 2027, "stage": "planned"})
    client.post(
        reverse("money:funding_stage", args=[spent.pk]), {"stage": "received", "amount": "1", "currency": "EUR"}
    )
    assert (Funding.objects.count(), spent.steps.count()) == before


@pytest.mark.parametrize("name", ["overview", "funding", "ledger", "csv"])
def test_pages_to_read_refuse_other_methods(client, finance, spent, name):
    client.force_login(finance)
    assert client.post(addresses(spent)[name]).status_code == 405


@pytest.mark.parametrize("pk", [0, 999999])
def test_a_funding_that_never_was_is_not_found(client, finance, pk):
    client.force_login(finance)
    assert client.get(reverse("money:funding", args=[pk])).status_code == 404
    assert client.get(reverse("money:funding_stage", args=[pk])).status_code == 404


def test_overview_shows_every_figure_with_the_way_to_its_rows(english_client, spent):
    page = texts(english_client.get(reverse("money:overview")))
    for figure, rows in (("EUR 4,000", "reserved"), ("EUR 2,000", "committed"), ("EUR 1,200", "paid")):
        assert f'{reverse("money:ledger")}?funding={spent.pk}&amp;figure={rows}">{figure}</a>' in page
    assert f'{spent.get_absolute_url()}#steps">EUR 10,000</a>' in page


@pytest.mark.parametrize(
    ("figure", "kinds"),
    [
        ("reserved", {"reserve", "commit"}),
        ("committed", {"commit"}),
        ("paid", {"pay"}),
        ("", {"reserve", "commit", "pay"}),
    ],
)
def test_a_figure_opens_exactly_its_rows(client, finance, spent, figure, kinds):
    client.force_login(finance)
    page = client.get(reverse("money:ledger"), {"funding": spent.pk, "figure": figure})
    assert {entry.kind for entry in page.context["page"]} == kinds


def test_overview_as_of_a_day(client, finance, sources, case):
    yesterday = clock.now() - timedelta(days=1)
    with clock.replaced(yesterday):
        funding = open_funding(source=sources["es"], year=2026, amount=Decimal(500), stage="confirmed", by=SYSTEM)
    commit(funding=funding, case=case, amount=Decimal(200), by=SYSTEM, key="c")
    client.force_login(finance)
    for as_of, available in ((yesterday.date(), 500), (date(2000, 1, 1), 0), ("", 300)):
        page = client.get(reverse("money:overview"), {"as_of": as_of})
        assert page.context["total"].available == available


@pytest.mark.parametrize(
    "query",
    ["as_of=x", "as_of=9999-12-31", "as_of=0001-01-01", "as_of=2026-02-30", "as_of=%00"],
)
def test_a_wrong_day_is_a_sentence_and_not_an_error(client, finance, spent, query):
    client.force_login(finance)
    assert client.get(f"{reverse('money:overview')}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("case=001", 2),
        ("case=BP-2026", 3),
        ("case=nothing", 0),
        ("kind=pay", 1),
        ("kind=steal", 0),
        ("year=2026", 3),
        ("year=2027", 0),
        ("year=abc", 0),
        ("year=99999999999999999999", 0),
        ("funding=0", 0),
        ("since=2020-01-01", 3),
        ("until=2020-01-01", 0),
        ("since=2100-01-01", 0),
        ("until=9999-12-31", 3),
        ("until=yesterday", 0),
        ("page=999", 3),
        ("page=x", 3),
    ],
)
def test_ledger_filters(client, finance, spent, query, found):
    client.force_login(finance)
    page = client.get(f"{reverse('money:ledger')}?{query}")
    assert page.status_code == 200
    assert page.context["page"].paginator.count == found


def test_csv_has_the_same_rows_and_runs_nothing(client, finance, spent):
    client.force_login(finance)
    response = client.get(reverse("money:ledger_csv"), {"kind": "commit"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][2] == "2000.00"
    assert rows[1][7:11] == ["BP-2026-1-001", "BP-2026-1", "0.00", "2000.00"]
    assert rows[1][14] == "'=HYPER()"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+370", "'+370"),
        ("-5", "'-5"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("text =1", "text =1"),
        ("", ""),
        (None, ""),
        (Decimal("1.50"), "1.50"),
    ],
)
def test_cells_that_would_run_begin_with_an_apostrophe(value, cell):
    assert safe_cell(value) == cell


def test_rows_of_cases_one_is_kept_away_from_are_hidden_but_counted(client, finance, spent, case):
    Exclusion.objects.create(case=case, user=finance, since=clock.now(), code="conflict")
    client.force_login(finance)
    page = client.get(reverse("money:ledger"))
    assert [entry.kind for entry in page.context["page"]] == ["reserve"]
    assert page.context["hidden"] == 2
    assert client.get(reverse("money:overview")).context["total"].committed == 2000
    assert "BP-2026-1-001" not in client.get(reverse("money:ledger_csv")).content.decode()
    assert "BP-2026-1-001" not in client.get(reverse("money:funding", args=[spent.pk])).content.decode()


@pytest.mark.parametrize("name", ["overview", "funding", "ledger", "csv"])
def test_the_number_of_queries_does_not_grow_with_rows(client, finance, sources, funding, call_case, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(finance)

    def grow(number):
        case = Case.objects.create(kind="project", number=f"N-{number}", title="x", parent=call_case)
        more = open_funding(
            source=sources["es"], year=2026 + number, amount=Decimal(900), stage="confirmed", by=finance
        )
        record_stage(funding=funding, stage="confirmed", amount=Decimal(10000 + number), by=finance)
        for used in (more, funding):
            commit(
                funding=used, case=case, amount=Decimal(10), by=finance, key=f"{number}:{used.pk}", call_case=call_case
            )

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(addresses(funding)[name]).status_code == 200
        return len(seen)

    grow(1)
    one = queries()
    grow(2)
    grow(3)
    assert queries() == one <= 12


def test_empty_pages_say_what_will_stand_here(english_client):
    assert "No money is recorded yet" in texts(english_client.get(reverse("money:overview")))
    assert "The ledger is empty" in texts(english_client.get(reverse("money:ledger")))
    assert "Nothing matches these filters" in texts(english_client.get(reverse("money:ledger") + "?kind=pay"))
    assert not LedgerEntry.objects.exists()
