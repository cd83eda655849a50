"""Where the projects stand: how many in each of the five stages, and in which of their states."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.pictures.marks import Drawing, bar, labels
from reporting.pictures.picture import Picture
from reporting.pictures.rows import BOTH, LINE, Layout, Rows
from reporting.pictures.words import lines_of
from reporting.tables import Cell, Column, Table
from workflows.formatting import number


@dataclass(frozen=True, slots=True)
class Standing:
    """One state of the machine with how many projects stand in it, and the list of exactly these."""

    label: str
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class StageCount:
    """One of the five stages, in their order."""

    label: str
    states: tuple[Standing, ...]

    @property
    def count(self) -> int:
        """All projects of the stage."""
        return sum(state.count for state in self.states)


def pipeline_picture(stages: Sequence[StageCount], *, name: str = "pipeline") -> Picture:
    """A bar for each stage, its states under it."""
    wide, narrow = (_drawing(stages, layout) for layout in BOTH)
    told = "; ".join(f"{stage.label}: {number(stage.count)}" for stage in stages)
    return Picture(
        id=name, title=finding(stages), unit=_("Projects by the stage in which they stand or ended."), description=told,
        table=_table(stages), wide=wide, narrow=narrow,
    )  # fmt: skip


def finding(stages: Sequence[StageCount]) -> str:
    """The sentence over the picture."""
    whole = sum(stage.count for stage in stages)
    if not whole:
        return _("No project yet")
    most = max(stages, key=lambda stage: stage.count)
    words = ngettext("%(n)s project; most stand here: %(stage)s, %(count)s",
                     "%(n)s projects; most stand here: %(stage)s, %(count)s", whole)  # fmt: skip
    return words % {"n": number(whole), "stage": most.label, "count": number(most.count)}


def _drawing(stages: Sequence[StageCount], layout: Layout) -> Drawing:
    most = max((stage.count for stage in stages), default=0) or 1
    stack = Rows(layout, [number(stage.count) for stage in stages])
    for at, stage in enumerate(stages, start=1):
        strip = stack.row(f"{number(at)}. {stage.label}", number(stage.count), height=20, look="t-b")
        stack.front.append(bar("g-track", strip.left, strip.top, strip.right - strip.left, 20))
        if stage.count:
            width = strip.x(stage.count / most) - strip.left
            stack.front.append(bar(f"f{at}", strip.left, strip.top, width, 20, said=f"{stage.label}: {stage.count}"))
        _states(stack, stage)
    return stack.drawing()


def _states(stack: Rows, stage: StageCount) -> None:
    told = " · ".join(f"{state.label} {number(state.count)}" for state in stage.states if state.count)
    if not told:
        return
    left = stack.left if stack.layout.beside else 0
    lines = lines_of(told, stack.layout.width - left - 4, 3)
    stack.front += labels("t-soft", left, stack.y + 8, lines)
    stack.y += len(lines) * LINE + 2


def _table(stages: Sequence[StageCount]) -> Table:
    rows = [
        [Cell(stage.label), Cell(state.label, state.url), Cell(number(state.count), raw=state.count)]
        for stage in stages
        for state in stage.states
    ]
    columns = [Column(_("Stage")), Column(_("Status")), Column(_("Projects"), True)]
    return Table("pipeline", _("Projects by stage"), columns, rows)
