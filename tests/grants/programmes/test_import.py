"""Importing the strategy document: once, twice, changed, broken, from the command line and with a confirmation."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from grants.accounts.states import Role
from grants.money.models import FundingSource
from grants.programmes.models import PlanAmount, PlanNode, Programme, StrategyPlan, StrategyUpload
from grants.programmes.selectors import plan_in_force, rows_of
from grants.programmes.services import (
    BrokenDocument,
    begin_programme,
    confirm_upload,
    import_strategy,
    keep_upload,
    preview_import,
)
from grants.programmes.strategy_text import read_strategy
from tests.grants.people import person
from tests.grants.programmes import expected
from tests.grants.programmes.conftest import DOCUMENT
from workflows.actors import SYSTEM
from workflows.exceptions import NotPermitted, Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return person("coordinator@example.org", Role.COORDINATOR)


@pytest.fixture
def changed(edited, line):
    """3.1.1 gets 1,000 more in 2025, 3.3.2 is gone, 2.1.3 has another text."""
    return edited({34: line(34).replace("24000", "25000"), 48: None, 26: line(26).replace("mugėje", "mugėje 2025")})


def stored():
    return StrategyPlan.objects.count(), PlanNode.objects.count(), PlanAmount.objects.count()


def test_the_document_becomes_a_plan_row_by_row(document):
    result = import_strategy(data=document, by=SYSTEM, name="strategija.txt")
    assert result.created
    assert stored() == (1, 34, 69)
    plan = result.plan
    assert (plan.title, plan.first_year, plan.last_year, plan.years) == (expected.TITLE, 2025, 2027, [2025, 2026, 2027])
    assert plan.source_digest == "5355c21e0e86cfee541c5bf53c8f55347efb941046e73e4da6e2931a5e087314"
    assert plan.source_text.encode() == document
    assert (plan.source_name, plan.imported_by, plan.supersedes) == ("strategija.txt", None, None)
    assert rows_of(plan) == read_strategy(document).rows
    node = plan.nodes.get(code="3.1.4")
    assert (node.parent.code, node.parent.parent.code) == ("3.1", "3")
    assert {source.code for source in node.sources.all()} == set(expected.ALL.split("+"))
    assert set(FundingSource.objects.values_list("code", flat=True)) >= set(expected.UPPER_BOUNDS)


def test_twice_changes_nothing(document):
    first = import_strategy(data=document, by=SYSTEM)
    again = import_strategy(data=document, by=SYSTEM)
    assert (again.created, again.plan) == (False, first.plan)
    windows = import_strategy(data=document.replace(b"\n", b"\r\n"), by=SYSTEM)
    assert (windows.created, windows.plan) == (False, first.plan)
    assert stored() == (1, 34, 69)


def test_a_changed_document_makes_a_version_and_keeps_the_old(document, changed):
    first = import_strategy(data=document, by=SYSTEM).plan
    preview = preview_import(changed)
    assert stored() == (1, 34, 69)
    assert [(change.kind, change.row.code) for change in preview.changes.rows] == [
        ("changed", "2.1.3"),
        ("changed", "3.1.1"),
        ("removed", "3.3.2"),
    ]
    assert [(money.year, money.difference) for money in preview.changes.money] == [
        (2025, 0),
        (2026, -1000),
        (2027, -1000),
    ]
    second = import_strategy(data=changed, by=SYSTEM).plan
    assert second.supersedes == first
    assert plan_in_force(2025, 2027) == second
    assert rows_of(first) == read_strategy(document).rows
    back = import_strategy(data=document, by=SYSTEM)
    assert back.created
    assert back.plan.supersedes == second


def test_another_span_of_years_is_another_plan(document, edited):
    import_strategy(data=document, by=SYSTEM)
    later = document.replace(b"2025 m.\t2026 m.\t2027 m.", b"2028 m.\t2029 m.\t2030 m.")
    result = import_strategy(data=later, by=SYSTEM)
    assert (result.created, result.plan.supersedes) == (True, None)
    assert plan_in_force(2025, 2027).pk != plan_in_force(2028, 2030).pk


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\xff\xfe", b"words"])
def test_nothing_is_stored_of_a_broken_document(data, coordinator):
    with pytest.raises(BrokenDocument) as refusal:
        import_strategy(data=data, by=SYSTEM)
    assert refusal.value.findings
    with pytest.raises(BrokenDocument):
        keep_upload(data=data, by=coordinator)
    assert stored() == (0, 0, 0)
    assert not StrategyUpload.objects.exists()


def test_one_wrong_cell_stores_nothing_of_the_other_rows(edited, line):
    with pytest.raises(BrokenDocument) as refusal:
        import_strategy(data=edited({48: line(48).replace("1000", "daug", 1)}), by=SYSTEM)
    assert [(finding.line, finding.code) for finding in refusal.value.findings if finding.is_error] == [
        (48, "sum_wrong")
    ]
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("role", [None, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_coordinators_and_the_head_import(document, role):
    user = person("x@example.org", *filter(None, [role]))
    for act in (import_strategy, keep_upload):
        with pytest.raises(NotPermitted):
            act(data=document, by=user)
    assert stored() == (0, 0, 0)


def test_a_double_click_confirms_once(document, coordinator):
    upload = keep_upload(data=document, by=coordinator, name="x.txt")
    first = confirm_upload(upload=upload, by=coordinator, seen_plan=None)
    second = confirm_upload(upload=upload, by=coordinator, seen_plan=None)
    assert (first.created, second.created) == (True, False)
    assert first.plan == second.plan == upload.plan
    assert first.plan.source_digest == read_strategy(document).digest
    assert stored() == (1, 34, 69)


def test_a_preview_that_the_plan_has_left_behind_is_stale(document, changed, coordinator):
    upload = keep_upload(data=changed, by=coordinator)
    current = import_strategy(data=document, by=SYSTEM).plan
    with pytest.raises(Stale):
        confirm_upload(upload=upload, by=coordinator, seen_plan=None)
    assert stored() == (1, 34, 69)
    assert confirm_upload(upload=upload, by=coordinator, seen_plan=current.pk).plan.supersedes == current


def test_the_byte_order_mark_counts_in_the_digest_but_not_in_the_plan(document, coordinator):
    marked = b"\xef\xbb\xbf" + document
    upload = keep_upload(data=marked, by=coordinator)
    plan = confirm_upload(upload=upload, by=coordinator, seen_plan=None).plan
    assert plan.source_digest == read_strategy(marked).digest != read_strategy(document).digest
    assert not import_strategy(data=document, by=SYSTEM).created


def test_a_plan_is_superseded_once_and_begins_once(document, changed):
    first = import_strategy(data=document, by=SYSTEM).plan
    import_strategy(data=changed, by=SYSTEM)
    facts = {"title": "x", "first_year": 2025, "last_year": 2027, "source_text": "x", "source_digest": "x"}
    for supersedes in (first, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            StrategyPlan.objects.create(supersedes=supersedes, **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"level": "goal", "parent": True},
        {"level": "activity", "parent": None},
        {"text": ""},
        {"code": "1"},
        {"position": 1},
    ],
)
def test_the_database_refuses_a_node_that_cannot_be(document, facts):
    plan = import_strategy(data=document, by=SYSTEM).plan
    values = {"level": "goal", "code": "9", "position": 99, "text": "x", "parent": None} | facts
    values["parent"] = plan.nodes.first() if values["parent"] else None
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanNode.objects.create(plan=plan, **values)


def run(path):
    out, err = StringIO(), StringIO()
    call_command("import_strategy", str(path), stdout=out, stderr=err)
    return out.getvalue()


def test_the_command_prints_totals(english):
    printed = run(DOCUMENT)
    assert "3 goals, 8 directions of activity, 23 activities" in printed
    assert "Total: 114000 + 97000 + 102000 = 313000 EUR" in printed
    for code, total in expected.GOAL_TOTALS.items():
        assert f"\n{code}: {' + '.join(map(str, expected.SUMS[code]))} = {total} EUR" in printed
    for codes, (_count, total) in expected.SOURCE_SETS.items():
        assert f"\n{codes}: " in printed
        assert f"= {total} EUR" in printed
    assert "es: 65000 + 56000 + 61000 = 182000 EUR" in printed
    assert "Line 15, note: The row continues 1.1.4 after a page break" in printed


def test_the_command_says_that_nothing_or_what_changes(english, changed, tmp_path):
    run(DOCUMENT)
    assert "This document changes nothing" in run(DOCUMENT)
    path = tmp_path / "changed.txt"
    path.write_bytes(changed)
    printed = run(path)
    assert "3.1.1 changed:" in printed
    assert "    2025: 24000 → 25000" in printed
    assert "3.3.2 removed:" in printed
    assert "Money of all years: -2000.00 EUR" in printed


def test_the_command_refuses_with_lines(english, edited, line, tmp_path):
    path = tmp_path / "broken.txt"
    path.write_bytes(edited({11: line(11).replace("5000", "-5000", 1)}))
    err = StringIO()
    with pytest.raises(CommandError, match="nothing was imported"):
        call_command("import_strategy", str(path), stderr=err, stdout=StringIO())
    assert "Line 11, error: “-5000” is no sum for 2025. An amount cannot be negative." in err.getvalue()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_strategy", str(tmp_path / "none.txt"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_strategy", str(tmp_path))


def test_a_programme_begins_once_with_its_case(coordinator):
    facts = {"code": "BP", "title_lt": "Bibliotekos pažangai", "title_en": "Libraries for Innovation"}
    programme = begin_programme(**facts, by=coordinator)
    assert begin_programme(**facts, by=SYSTEM) == programme
    assert (programme.case.kind, programme.case.number) == ("programme", "BP")
    assert Programme.objects.count() == 1
    with pytest.raises(NotPermitted):
        begin_programme(code="NOM", title_lt="x", by=person("f@example.org", Role.FINANCE))


def test_money_in_the_plan_is_exact(document):
    plan = import_strategy(data=document, by=SYSTEM).plan
    assert sum(amount.amount for amount in PlanAmount.objects.filter(activity__plan=plan)) == Decimal("313000.00")
