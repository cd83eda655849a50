"""The ledger and the steps of a funding only grow: Python refuses, and so does the database itself."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from grants.money.models import Funding, FundingStep, LedgerEntry
from grants.money.services import commit
from workflows import clock
from workflows.actors import SYSTEM
from workflows.models.log import AppendOnlyError


@pytest.fixture
def entry(funding, case):
    return commit(funding=funding, case=case, amount=Decimal(100), by=SYSTEM, key="one")


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: entry.save(),
        lambda entry: entry.save(update_fields=["note"]),
        lambda entry: entry.delete(),
        lambda entry: LedgerEntry.objects.update(note="x"),
        lambda entry: LedgerEntry.objects.filter(pk=entry.pk).update(amount=1),
        lambda entry: LedgerEntry.objects.all().delete(),
        lambda entry: LedgerEntry.objects.bulk_update([entry], ["note"]),
        lambda entry: LedgerEntry.objects.bulk_create([entry]),
        lambda entry: entry.funding.entries.update(note="x"),
        lambda entry: entry.funding.steps.get().save(),
        lambda entry: entry.funding.steps.get().delete(),
        lambda entry: FundingStep.objects.update(amount=1),
    ],
)
def test_python_refuses_to_change_or_remove(entry, attempt):
    with pytest.raises(AppendOnlyError):
        attempt(entry)
    assert LedgerEntry.objects.get().amount == Decimal(100)


@pytest.mark.parametrize("table", ["grants_ledgerentry", "grants_fundingstep"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET amount = 1", "DELETE FROM {}", "UPDATE {} SET at = at"])
def test_the_database_refuses_to_change_or_remove(entry, table, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert LedgerEntry.objects.get().amount == Decimal(100)


@pytest.mark.postgres
def test_postgresql_refuses_to_empty_the_ledger(entry):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checks that wait would refuse it first
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE grants_ledgerentry CASCADE")


ENTRY = {"kind": "commit", "amount": "10", "key": "k", "own_reserved": "0", "call_reserved": "0"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "0"},
        {"amount": "-1"},
        {"kind": "steal"},
        {"key": ""},
        {"currency": "LTL"},
        {"own_reserved": "-1"},
        {"own_reserved": "10.01"},
        {"own_reserved": "6", "call_reserved": "5"},
        {"kind": "pay", "own_reserved": "1"},
        {"kind": "reserve", "own_reserved": "1"},
        {"kind": "decommit", "own_reserved": "1"},
        {"kind": "commit", "call_reserved": "1", "call_case": None},
        {"kind": "pay", "override_reason": "because"},
        {"original_amount": "5"},
        {"original_currency": "LTL"},
        {"original_amount": "0", "original_currency": "LTL"},
        {"key": "one"},
    ],
)
def test_the_database_refuses_an_entry_that_cannot_be(entry, funding, case, call_case, wrong):
    values = {"funding": funding, "case": case, "call_case": call_case, "at": clock.now()} | ENTRY | wrong
    for name in ("amount", "own_reserved", "call_reserved"):
        values[name] = Decimal(values[name])
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(**values)


STEP = {
    "ordinal": 2, "stage": "confirmed", "amount": 10, "reached": 2, "reached_before": 2, "planned": 10,
    "promised": 10, "confirmed": 10, "received": 0, "reason": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"ordinal": 1},
        {"amount": -1},
        {"received": -1},
        {"received": 11, "reached": 3},
        {"promised": 9},
        {"planned": 9},
        {"reached": 3},
        {"reached": 1},
        {"reached": 0, "reached_before": 0},
        # back from confirmed to promised without a reason
        {"stage": "confirmed", "amount": 0, "confirmed": 0, "reached": 1},
        {"original_amount": 5},
        {"original_currency": "LTL"},
    ],
)
def test_the_database_refuses_a_step_that_cannot_be(funding, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingStep.objects.create(funding=funding, at=clock.now(), **(STEP | wrong))


def test_the_database_takes_a_step_back_with_a_reason(funding):
    back = {"amount": 0, "confirmed": 0, "reached": 1, "reason": "The ministry withdrew."}
    assert FundingStep.objects.create(funding=funding, at=clock.now(), **(STEP | back)).pk


@pytest.mark.parametrize("wrong", [{"amount": -1}, {"year": 1989}, {"year": 2101}, {"stage": "stolen"}, {"year": 2026}])
def test_the_database_refuses_a_funding_that_cannot_be(funding, wrong):
    values = {"source": funding.source, "year": 2027, "amount": 1, "stage": "planned"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Funding.objects.create(**values)
