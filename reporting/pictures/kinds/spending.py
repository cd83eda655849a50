"""The S-curve of a project: money planned, paid and spent, each added up day by day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor, log10

from django.utils.translation import gettext as _

from reporting.pictures.days import Days
from reporting.pictures.marks import Drawing, Point, dot, label, line, track
from reporting.pictures.picture import Picture
from reporting.pictures.rows import LINE
from reporting.pictures.words import width_of
from reporting.tables import Cell, Column, Table
from workflows.formatting import DASH, amount, date_short, euro, number

HEIGHT, TOP, FOOT = 250, 24, 26
ZERO = Decimal(0)
Scale = Callable[[float], float]
"""From a sum to its height on the surface."""


@dataclass(frozen=True, slots=True)
class Flow:
    """So much on a day, EUR."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Course:
    """One line: what is added up, its name, its look, and whether it goes only as far as today."""

    flows: tuple[Flow, ...]
    name: str
    look: str
    stops_today: bool

    def until(self, day: date) -> Decimal:
        """What has come together up to and including a day."""
        return sum((flow.amount for flow in self.flows if flow.day <= day), ZERO)

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum((flow.amount for flow in self.flows), ZERO)


def spending_picture(
    *, plan: Iterable[Flow], paid: Iterable[Flow], spent: Iterable[Flow], first: date, last: date, today: date,
    name: str = "spending",
) -> Picture:  # fmt: skip
    """Instalments by the plan, what was paid, and what the project says it has spent, from first day to last."""
    courses = (
        Course(_ordered(plan), _("planned"), "g-plan", False), Course(_ordered(paid), _("paid"), "g-line", True),
        Course(_ordered(spent), _("spent"), "g-spent", True),
    )  # fmt: skip
    days = [flow.day for course in courses for flow in course.flows]
    first, last = min([first, *days]), max([last, *days])
    wide, narrow = (_drawing(courses, width, first, last, today) for width in (720, 340))
    return Picture(
        id=name, title=finding(courses[0], courses[1], today), unit=_("Euros, added up from the first day."),
        description=_told(courses, today), table=_table(courses, today), wide=wide, narrow=narrow,
    )  # fmt: skip


def _ordered(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    return tuple(sorted(flows, key=lambda flow: flow.day))


def finding(plan: Course, paid: Course, today: date) -> str:
    """The sentence over the picture: what was paid beside what was planned until today."""
    gap = paid.total - plan.until(today)
    if gap < 0:
        return _("Paid %(gap)s less than was planned until today") % {"gap": euro(-gap)}
    if gap > 0:
        return _("Paid %(gap)s more than was planned until today") % {"gap": euro(gap)}
    return _("Paid as planned: %(paid)s of %(all)s") % {"paid": euro(paid.total), "all": euro(plan.total)}


def _told(courses: Sequence[Course], today: date) -> str:
    plan, paid, spent = courses
    words = _("Planned until today %(due)s, in all %(all)s; paid %(paid)s; spent by the reports %(spent)s.")
    sums = {"due": plan.until(today), "all": plan.total, "paid": paid.total, "spent": spent.total}
    return words % {name: euro(value) for name, value in sums.items()}


def _drawing(courses: Sequence[Course], width: int, first: date, last: date, today: date) -> Drawing:
    top = float(max((course.total for course in courses), default=ZERO)) or 1.0
    ticks = nice_steps(top)
    ends = [f"{course.name} {amount(course.total)}" for course in courses]
    left = max(width_of(number(tick)) for tick in ticks) + 10
    right = width - max(map(width_of, ends)) - 12
    days, floor_at = Days(first, last, left, right), HEIGHT - FOOT

    def y(value: float) -> float:
        return floor_at - (floor_at - TOP) * value / max(top, ticks[-1])

    drawing = Drawing(width, HEIGHT)
    for tick in ticks:
        drawing.add(
            line("g-grid", left, y(tick), right, y(tick)), label("t-soft t-end", left - 6, y(tick) + 5, number(tick))
        )
    drawing.add(*(label("t-soft t-mid", x, HEIGHT - 6, words) for x, words in days.ticks()))
    _today(drawing, days, today, floor_at)
    _lines(drawing, courses, days, today, y, ends)
    return drawing


def _today(drawing: Drawing, days: Days, today: date, floor_at: float) -> None:
    if not days.first <= today <= days.last:
        return
    x, words = days.x(today), _("today")
    half = width_of(words) / 2
    drawing.add(
        line("g-axis", x, TOP - 6, x, floor_at), label("t-mid", min(max(x, half), drawing.width - half), 12, words)
    )


def _lines(drawing: Drawing, courses: Sequence[Course], days: Days, today: date, y: Scale, ends: Sequence[str]) -> None:
    heights = spread([y(float(course.total)) for course in courses], LINE, TOP, drawing.height - FOOT)
    for course, words, height in zip(courses, ends, heights, strict=True):
        stop = min(today, days.last) if course.stops_today else days.last
        points = steps(course, days, stop, y)
        drawing.add(track(course.look, points))
        if course.stops_today and course.flows:
            drawing.add(dot("g-fill" if course.look == "g-line" else "g-soft", *points[-1], 4, words))
        look = {"g-line": "t-acc", "g-plan": "t-soft"}.get(course.look, "t-b")
        drawing.add(label(look, days.right + 10, height + 5, words))


def steps(course: Course, days: Days, stop: date, y: Scale) -> list[Point]:
    """The corners of a line that rises on the days of its flows."""
    together, points = ZERO, [(days.left, y(0.0))]
    for flow in course.flows:
        x = days.x(flow.day)
        points.append((x, y(float(together))))
        together += flow.amount
        points.append((x, y(float(together))))
    end = max(days.x(stop), points[-1][0])
    return [*points, (end, y(float(together)))]


def nice_steps(top: float) -> list[float]:
    """From zero to the first round number at or above `top`, in two to five steps of 1, 2 or 5 times a power of ten."""
    power = 10 ** floor(log10(top))
    step = next(step for step in (power / 5, power / 2, power, power * 2) if top / step <= 5)
    count = -(-top // step)
    return [step * at for at in range(int(count) + 1)]


def spread(heights: Sequence[float], apart: float, top: float, foot: float) -> list[float]:
    """The heights of labels moved as little as needed to stand apart, between top and foot, in their order."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed: dict[int, float] = {}
    last = top - apart
    for at in order:
        placed[at] = last = max(heights[at], last + apart)
    limit = foot
    for at in reversed(order):
        placed[at] = min(placed[at], limit)
        limit = placed[at] - apart
    return [placed[at] for at in range(len(heights))]


def _table(courses: Sequence[Course], today: date) -> Table:
    columns = [Column(_("Day")), *(Column(label, True) for label in (
        _("Planned, EUR"), _("Paid, EUR"), _("Spent, EUR")))]  # fmt: skip
    days = sorted({flow.day for course in courses for flow in course.flows} | {today})
    rows = [
        [Cell(date_short(day), raw=day.isoformat()), *(_sum(course, day, today) for course in courses)] for day in days
    ]
    return Table("spending", _("Planned, paid and spent, added up"), columns, rows)


def _sum(course: Course, day: date, today: date) -> Cell:
    if course.stops_today and day > today:
        return Cell(DASH, raw="")
    value = course.until(day)
    return Cell(amount(value), raw=value)
