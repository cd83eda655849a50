"""The ledger as CSV that a spreadsheet opens without running anything."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from grants.money.models import LedgerEntry

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """The value as text; one that a spreadsheet would take for a formula begins with an apostrophe instead."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def ledger_csv(entries: Iterable[LedgerEntry]) -> str:
    """All entries, one a line, with heads in the reader's language; amounts as 1234.50, times in the local zone."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([
        _("time"), _("kind"), _("amount"), _("currency"), _("source"), _("year"), _("programme"), _("case"), _("call"),
        _("out of its own reservation"), _("out of the call's reservation"), _("original amount"),
        _("original currency"), _("by"), _("note"), _("reason for going over"), _("key"),
    ])  # fmt: skip
    for entry in entries:
        writer.writerow(map(safe_cell, [
            localtime(entry.at).isoformat(timespec="seconds"), entry.get_kind_display(), entry.amount, entry.currency,
            entry.funding.source.name, entry.funding.year, entry.funding.programme_code, entry.case.number,
            entry.call_case.number if entry.call_case else "", entry.own_reserved, entry.call_reserved,
            entry.original_amount, entry.original_currency, entry.by or "", entry.note, entry.override_reason,
            entry.key,
        ]))  # fmt: skip
    return "\ufeff" + out.getvalue()
