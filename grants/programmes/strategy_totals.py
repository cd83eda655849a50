"""What the rows of a plan add up to. Sets of sources are added as sets: nothing is split between them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from grants.programmes.states import Level
from grants.programmes.strategy_cells import SOURCE_CODES
from grants.programmes.strategy_rows import Row

ZERO = Decimal("0.00")


@dataclass
class Sums:
    """Euros by year of some activities, and how many they are."""

    by_year: dict[int, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    activities: int = 0

    @property
    def all(self) -> Decimal:
        """All years together."""
        return sum(self.by_year.values(), ZERO)

    def add(self, row: Row) -> None:
        """Count one activity in."""
        self.activities += 1
        for year, amount in row.amounts:
            self.by_year[year] += amount


@dataclass
class Totals:
    """The sums of a whole plan, of each of its nodes, of each set of sources, and each source's upper bound.

    An upper bound is all money of the activities in which the source has a part: more than that it cannot give. The
    bounds overlap, since an activity counts for every source of its set, and must not be added up.
    """

    plan: Sums = field(default_factory=Sums)
    nodes: Mapping[str, Sums] = field(default_factory=dict)
    source_sets: Mapping[tuple[str, ...], Sums] = field(default_factory=dict)
    upper_bounds: Mapping[str, Sums] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


def totals_of(rows: Iterable[Row]) -> Totals:
    """Add the activities up to their directions, goals, source sets, sources and the whole plan."""
    plan = Sums()
    nodes: dict[str, Sums] = defaultdict(Sums)
    source_sets: dict[tuple[str, ...], Sums] = defaultdict(Sums)
    bounds: dict[str, Sums] = defaultdict(Sums)
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.level] += 1
        if row.level != Level.ACTIVITY:
            nodes[row.code]  # a node without activities has sums of zero
            continue
        parts = row.code.split(".")
        for sums in (plan, *(nodes[".".join(parts[:depth])] for depth in (1, 2, 3)), source_sets[row.sources]):
            sums.add(row)
        for code in row.sources:
            bounds[code].add(row)
    return Totals(
        plan=plan,
        nodes=dict(nodes),
        source_sets=dict(sorted(source_sets.items(), key=lambda item: (-item[1].all, item[0]))),
        upper_bounds={code: bounds[code] for code in SOURCE_CODES if code in bounds},
        counts={level.value: counts[level] for level in Level},
    )
