"""A plan made ready to be shown: lines with sums, words of sources, emphasis that is safe."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from grants.money.models import FundingSource
from grants.programmes.strategy_rows import Row
from grants.programmes.strategy_totals import Sums, Totals, totals_of

EMPHASIS = re.compile(r"(<i>[^<>]*</i>)")
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Line:
    """One row of the plan's table; `by_year` follows the plan's years."""

    row: Row
    text: SafeString
    by_year: list[Decimal]
    all: Decimal
    sources: str


@dataclass(frozen=True)
class SumLine:
    """One named sum: a set of sources, or the most that one source can give."""

    name: str
    activities: int
    by_year: list[Decimal]
    all: Decimal


@dataclass(frozen=True)
class ShownPlan:
    """Everything the page of a plan shows."""

    years: Sequence[int]
    lines: list[Line]
    total: SumLine
    source_sets: list[SumLine]
    upper_bounds: list[SumLine]
    counts: Mapping[str, int]


def emphasised(row: Row) -> SafeString:
    """The text with `<i>…</i>` as emphasis and everything else escaped."""
    return format_html_join("", "{}", ((_piece(part),) for part in EMPHASIS.split(row.marked_text or row.text)))


def _piece(part: str) -> SafeString | str:
    inside = EMPHASIS.fullmatch(part)
    return format_html("<em>{}</em>", inside.group(0)[3:-4]) if inside else part


def source_names() -> dict[str, str]:
    """Code → name of every funding source in the reader's language, in one query."""
    return {source.code: source.name for source in FundingSource.objects.order_by("order")}


def in_words(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """A set of sources in words."""
    return ", ".join(names.get(code, code) for code in codes)


def shown_plan(rows: Sequence[Row], years: Sequence[int], names: Mapping[str, str]) -> ShownPlan:
    """The lines and totals of a plan. Nothing is split between the sources of a set."""
    totals: Totals = totals_of(rows)

    def of_years(sums: Sums) -> list[Decimal]:
        return [sums.by_year.get(year, ZERO) for year in years]

    def named(name: str, sums: Sums) -> SumLine:
        return SumLine(name, sums.activities, of_years(sums), sums.all)

    def line(row: Row) -> Line:
        sums = totals.nodes[row.code]
        return Line(row, emphasised(row), of_years(sums), sums.all, in_words(row.sources, names))

    return ShownPlan(
        years,
        [line(row) for row in rows],
        named("", totals.plan),
        [named(in_words(codes, names), sums) for codes, sums in totals.source_sets.items()],
        [named(in_words([code], names), sums) for code, sums in totals.upper_bounds.items()],
        totals.counts,
    )
