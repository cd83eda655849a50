"""Findings, changes and totals of a strategy document as lines of plain text, for the command."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.programmes.states import LEVELS
from grants.programmes.strategy_changes import Change, ChangeKind, Changes
from grants.programmes.strategy_findings import Finding, Severity
from grants.programmes.strategy_rows import Reading
from grants.programmes.strategy_totals import Sums, totals_of


def findings_in_words(findings: Iterable[Finding]) -> Iterator[str]:
    """One line for each finding, with its line number and severity."""
    words = {Severity.ERROR: _("error"), Severity.WARNING: _("warning"), Severity.NOTE: _("note")}
    for finding in findings:
        yield _("Line %(line)s, %(severity)s: %(message)s") % {
            "line": finding.line,
            "severity": words[finding.severity],
            "message": finding.message,
        }


def changes_in_words(changes: Changes) -> Iterator[str]:
    """What a document changes: each row, then the money of each year."""
    for change in changes.rows:
        yield _change_in_words(change)
        for money in change.money:
            yield "    " + _("%(year)s: %(before)s → %(after)s") % {
                "year": money.year,
                "before": plain(money.before),
                "after": plain(money.after),
            }
    yield _("Money of all years: %(difference)s") % {"difference": f"{changes.difference:+.2f} EUR"}


def _change_in_words(change: Change) -> str:
    words = {ChangeKind.ADDED: _("added"), ChangeKind.CHANGED: _("changed"), ChangeKind.REMOVED: _("removed")}
    return _("%(code)s %(what)s: %(text)s") % {
        "code": change.row.code,
        "what": words[change.kind],
        "text": change.row.text,
    }


def totals_in_words(reading: Reading) -> Iterator[str]:
    """Counts, money by year, goal and direction, by set of sources, and each source's upper bound."""
    totals = totals_of(reading.rows)
    yield reading.title
    yield _counts_in_words(totals.counts)
    yield _sum_line(_("Total"), totals.plan, reading)
    for row in reading.rows:
        if row.level != "activity":
            yield _sum_line(row.code, totals.nodes[row.code], reading)
    yield _("By set of sources (the document does not split a sum between its sources):")
    for codes, sums in totals.source_sets.items():
        yield _sum_line("+".join(codes), sums, reading)
    yield _("At most from each source (these overlap and do not add up):")
    for code, sums in totals.upper_bounds.items():
        yield _sum_line(code, sums, reading)


def _counts_in_words(counts: Mapping[str, int]) -> str:
    goals, directions, activities = (counts[level] for level in LEVELS)
    return ", ".join(
        (
            ngettext("%(n)s goal", "%(n)s goals", goals) % {"n": goals},
            ngettext("%(n)s direction of activity", "%(n)s directions of activity", directions) % {"n": directions},
            ngettext("%(n)s activity", "%(n)s activities", activities) % {"n": activities},
        )
    )


def plain(amount: Decimal) -> str:
    """Digits only, cents where there are some: output that a script can read too."""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def _sum_line(name: str, sums: Sums, reading: Reading) -> str:
    years = " + ".join(plain(sums.by_year.get(year, Decimal(0))) for year in reading.years)
    return f"{name}: {years} = {plain(sums.all)} EUR"
