"""Scores around the money line: each application's result with the range of its reviews."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reporting.pictures.marks import Drawing, dot, label, line
from reporting.pictures.picture import Key, Picture
from reporting.pictures.rows import BOTH, LINE, Layout, Rows
from reporting.tables import Cell, Column, Table
from workflows.formatting import DASH, number

ABOVE, AFTER = "fund", "after"


@dataclass(frozen=True, slots=True)
class Scored:
    """One application in the order of the ranking. score, reviews: points of 0 to 100; side: what the line says.

    group: the nomination in which it is compared, where the call compares within nominations.
    """

    name: str
    organisation: str
    rank: int | None
    score: Decimal | None
    reviews: tuple[Decimal, ...]
    side: str
    said: str
    url: str = ""
    group: str = ""

    @property
    def low(self) -> Decimal | None:
        """The lowest review."""
        return min(self.reviews, default=None)

    @property
    def high(self) -> Decimal | None:
        """The highest review."""
        return max(self.reviews, default=None)


def scores_picture(
    rows: Sequence[Scored], *, name: str = "scores", pass_mark: Decimal | None = None, money: bool = True
) -> Picture:
    """The applications as rows from the best to the last; the line stands where the money (or the winning) ends."""
    shown = [row for row in rows if row.score is not None]
    start = scale_start([v for row in shown for v in (*row.reviews, row.score or Decimal(0))], pass_mark)
    wide, narrow = (_drawing(shown, layout, start, pass_mark, money) for layout in BOTH)
    unit = _(
        "Points, on a scale from %(start)s to 100. The line of each row goes from its lowest to its highest review."
    )
    return Picture(
        id=name, title=finding(shown), unit=unit % {"start": number(start)}, description=_in_words(shown),
        table=_table(rows), wide=wide, narrow=narrow, legend=_legend(pass_mark),
    )  # fmt: skip


def scale_start(values: Iterable[Decimal], pass_mark: Decimal | None) -> int:
    """Where the scale begins: the ten below everything shown, at most 90."""
    known = [*values, *([pass_mark] if pass_mark is not None else [])]
    return min(int(min(known, default=Decimal(0))) // 10 * 10, 90)


def crossing(rows: Sequence[Scored]) -> int:
    """How many ranges of reviews reach over the line, on whichever side their application stands; within its group."""
    groups = {row.group for row in rows}
    if len(groups) > 1:
        return sum(crossing([row for row in rows if row.group == group]) for group in groups)
    above, after = ([row for row in rows if row.side == side] for side in (ABOVE, AFTER))
    if not above or not after:
        return 0
    last, first = min(row.score or Decimal(0) for row in above), max(row.score or Decimal(0) for row in after)
    down = sum(1 for row in above if row.low is not None and row.low <= first)
    return down + sum(1 for row in after if row.high is not None and row.high >= last)


def finding(rows: Sequence[Scored]) -> str:
    """The sentence over the picture."""
    if not rows:
        return _("No application has a score yet")
    above, over = sum(1 for row in rows if row.side == ABOVE), crossing(rows)
    all_of = {"n": number(len(rows)), "above": number(above), "over": number(over)}
    if not any(row.side in (ABOVE, AFTER) for row in rows):
        words = ngettext("%(n)s application has a score", "%(n)s applications have a score", len(rows))
        return words % all_of
    first = ngettext("%(above)s of %(n)s applications is above the line",
                     "%(above)s of %(n)s applications are above the line", above) % all_of  # fmt: skip
    if not over:
        return first
    second = ngettext("the reviews of %(over)s application reach across it",
                      "the reviews of %(over)s applications reach across it", over)  # fmt: skip
    return _("%(first)s; %(second)s") % {"first": first, "second": second % all_of}


def _in_words(rows: Sequence[Scored]) -> str:
    if not rows:
        return ""
    best, worst = max(row.score or Decimal(0) for row in rows), min(row.score or Decimal(0) for row in rows)
    words = _("The highest score is %(best)s, the lowest %(worst)s. The table has every application.")
    return words % {"best": number(best, 2), "worst": number(worst, 2)}


def _drawing(
    rows: Sequence[Scored], layout: Layout, start: int, pass_mark: Decimal | None, money: bool
) -> Drawing:  # fmt: skip
    values = [number(row.score, 2) for row in rows]
    stack = Rows(layout, values, y=LINE + 6)
    top, before = stack.y, None
    lowest = {row.group: at for at, row in enumerate(rows) if row.side == ABOVE}
    for at, (row, value) in enumerate(zip(rows, values, strict=True)):
        if row.group and (before is None or row.group != before.group):
            stack.heading(row.group)
        elif before and row.side == AFTER and lowest.get(row.group) == at - 1:
            _money_line(stack, money)  # below the last that gets money, also where some before it was passed over
        _row(stack, row, value, start)
        before = row
    _scale(stack, top, start, pass_mark)
    return stack.drawing()


def _money_line(stack: Rows, money: bool) -> None:
    words = pgettext("picture", "The money ends here") if money else pgettext("picture", "Winners above, others below")
    stack.front.append(label("t-acc", 0, stack.y + 13, words))
    stack.front.append(line("g-money", 0, stack.y + LINE + 2, stack.layout.width, stack.y + LINE + 2))
    stack.y += LINE + 12


def _row(stack: Rows, row: Scored, value: str, start: int) -> None:
    place = f"{number(row.rank)}. " if row.rank is not None else ""
    strip = stack.row(place + row.name, value, most=2)

    def x(points: Decimal) -> float:
        return strip.x(float(points - start) / (100 - start))

    if row.low is not None and row.high is not None:
        stack.front.append(line("g-link", x(row.low), strip.middle, x(row.high), strip.middle))
    stack.front += [dot("g-hollow", x(one), strip.middle, 3.5) for one in sorted(row.reviews)]
    if row.score is not None:
        look = "g-fill" if row.side == ABOVE else "g-soft"
        stack.front.append(dot(look, x(row.score), strip.middle, 6, f"{row.organisation}: {value}"))


def _scale(stack: Rows, top: float, start: int, pass_mark: Decimal | None) -> None:
    step = 10 if stack.layout.beside and start >= 40 else 20
    for points in sorted({*range(start, 100, step), 100}):
        x = stack.left + (stack.right - stack.left) * (points - start) / (100 - start)
        stack.back.append(line("g-grid", x, top - 4, x, stack.y - 4))
        stack.back.append(label("t-soft t-mid", x, top - 10, number(points)))
    if pass_mark is not None:
        x = stack.left + (stack.right - stack.left) * float(pass_mark - start) / (100 - start)
        stack.back.append(line("g-plan", x, top - 4, x, stack.y - 4))


def _legend(pass_mark: Decimal | None) -> tuple[Key, ...]:
    keys = (
        Key("dot", "g-fill", _("score of an application above the line")), Key("dot", "g-soft", _("score of another")),
        Key("dot", "g-hollow", _("one review")),
    )  # fmt: skip
    if pass_mark is None:
        return keys
    return (*keys, Key("line", "g-plan", _("points needed: %(points)s") % {"points": number(pass_mark)}))


def _table(rows: Sequence[Scored]) -> Table:
    columns = [
        Column(_("Application")), Column(_("Place"), True), Column(_("Library")), Column(_("Points"), True),
        Column(_("Lowest review"), True), Column(_("Highest review"), True), Column(_("Reviews"), True),
        Column(_("What the rules say")),
    ]  # fmt: skip
    return Table("scores", _("Scores of the applications"), columns, [_cells(row) for row in rows])


def _cells(row: Scored) -> list[Cell]:
    return [
        Cell(row.name, row.url), Cell(DASH if row.rank is None else number(row.rank), raw=row.rank or ""),
        Cell(row.organisation), _points(row.score), _points(row.low), _points(row.high),
        Cell(number(len(row.reviews)), raw=len(row.reviews)), Cell(row.said),
    ]  # fmt: skip


def _points(value: Decimal | None) -> Cell:
    if value is None:
        return Cell(DASH, raw="")
    rounded = value.quantize(Decimal("0.01"))
    return Cell(number(rounded, 2), raw=rounded)
