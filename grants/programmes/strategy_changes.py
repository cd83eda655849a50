"""What a new document changes in a plan: row by row, and in money by year. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from grants.programmes.strategy_rows import Row

ZERO = Decimal("0.00")


class ChangeKind(StrEnum):
    """What happens to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class MoneyChange:
    """The money of one year before and after, in euros."""

    year: int
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """After − before."""
        return self.after - self.before


@dataclass(frozen=True)
class Change:
    """One row that is added, changed or removed; `before` or `after` is None where there is none."""

    kind: ChangeKind
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The row after the change, or the removed one."""
        row = self.after or self.before
        assert row is not None  # one of the two is always there
        return row

    @property
    def text_changed(self) -> bool:
        """Whether the words (or their emphasis) differ."""
        if self.before is None or self.after is None:
            return False
        return (self.before.text, self.before.marked_text) != (self.after.text, self.after.marked_text)

    @property
    def sources_changed(self) -> bool:
        """Whether the set of sources differs."""
        return self.before is not None and self.after is not None and self.before.sources != self.after.sources

    @property
    def money(self) -> list[MoneyChange]:
        """The years in which the planned sum differs."""
        before = dict(self.before.amounts) if self.before else {}
        after = dict(self.after.amounts) if self.after else {}
        years = sorted(before.keys() | after.keys())
        changes = [MoneyChange(year, before.get(year, ZERO), after.get(year, ZERO)) for year in years]
        return [change for change in changes if change.difference]


@dataclass(frozen=True)
class Changes:
    """Everything that a document changes. Falsy where it changes nothing."""

    rows: Sequence[Change] = ()
    title_before: str = ""
    title_after: str = ""
    money: Sequence[MoneyChange] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.rows) or self.title_before != self.title_after

    def of_kind(self, kind: ChangeKind) -> list[Change]:
        """The rows that are added, changed or removed."""
        return [change for change in self.rows if change.kind == kind]

    @property
    def difference(self) -> Decimal:
        """Money of all years after − before."""
        return sum((change.difference for change in self.money), ZERO)


def compare(before: Sequence[Row], after: Sequence[Row], *, title_before: str = "", title_after: str = "") -> Changes:
    """Compare two plans row by row, by code. The order is the new document's, removed rows last."""
    old = {row.code: row for row in before}
    new = {row.code: row for row in after}
    changes = []
    for code, row in new.items():
        if code not in old:
            changes.append(Change(ChangeKind.ADDED, None, row))
        elif old[code] != row:
            changes.append(Change(ChangeKind.CHANGED, old[code], row))
    changes += [Change(ChangeKind.REMOVED, row, None) for code, row in old.items() if code not in new]
    return Changes(changes, title_before, title_after, _money_by_year(before, after))


def _money_by_year(before: Sequence[Row], after: Sequence[Row]) -> list[MoneyChange]:
    sums: dict[int, list[Decimal]] = {}
    for side, rows in enumerate((before, after)):
        for row in rows:
            for year, amount in row.amounts:
                sums.setdefault(year, [ZERO, ZERO])[side] += amount
    return [MoneyChange(year, *sums[year]) for year in sorted(sums)]
