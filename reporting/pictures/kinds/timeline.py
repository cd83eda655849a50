"""The timeline of a project: its stages as bars, its dates as marks, and today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.pictures.days import Days
from reporting.pictures.marks import Drawing, bar, dot, label, line
from reporting.pictures.picture import Key, Picture
from reporting.pictures.rows import BOTH, LINE, Layout, Rows
from reporting.pictures.words import width_of
from reporting.tables import Cell, Column, Table
from workflows.formatting import date_long, date_short, number

DONE, LATE, AHEAD = "done", "late", "ahead"
LOOKS = {DONE: "g-soft", LATE: "g-late", AHEAD: "g-hollow"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something of the project on a day, or from a day until another. stage: 1 to 5 for a stage, 0 for an event."""

    name: str
    day: date
    state: str
    until: date | None = None
    stage: int = 0
    url: str = ""

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.until or self.day


def timeline_picture(events: Sequence[Event], today: date, *, name: str = "timeline") -> Picture:
    """The events one below the other, in the order given."""
    wide, narrow = (_drawing(events, today, layout) for layout in BOTH)
    keys = [Key("dot", LOOKS[DONE], _("done")), Key("dot", LOOKS[AHEAD], _("ahead"))]
    if any(event.state == LATE for event in events):
        keys.insert(1, Key("dot", LOOKS[LATE], _("late")))
    return Picture(
        id=name, title=finding(events), unit=_("Stages as bars, dates as marks; the line is today."),
        description="; ".join(f"{event.name}: {_when(event)}" for event in events), table=_table(events), wide=wide,
        narrow=narrow, legend=tuple(keys),
    )  # fmt: skip


def finding(events: Sequence[Event]) -> str:
    """The sentence over the picture: what is late, else what comes next."""
    dated = [event for event in events if not event.stage]
    late = [event for event in dated if event.state == LATE]
    if late:
        words = ngettext("%(n)s thing is late; the first: %(first)s", "%(n)s things are late; the first: %(first)s",
                         len(late))  # fmt: skip
        return words % {"n": number(len(late)), "first": min(late, key=lambda event: event.day).name}
    ahead = [event for event in dated if event.state == AHEAD]
    if not ahead:  # a stage that still runs, with no date before it, is not done
        running = any(event.state != DONE for event in events)
        return _("No date lies ahead") if running else _("Everything is done")
    coming = min(ahead, key=lambda event: event.day)
    return _("Next: %(event)s, %(day)s") % {"event": coming.name, "day": date_long(coming.day)}


def _when(event: Event) -> str:
    if event.until is None:
        return date_short(event.day)
    return f"{date_short(event.day)} – {date_short(event.until)}"


def _drawing(events: Sequence[Event], today: date, layout: Layout) -> Drawing:
    known = [day for event in events for day in (event.day, event.last)] + [today]
    stack = Rows(layout, [_when(event) for event in events], y=2 * LINE + 4)
    days = Days(min(known), max(known), stack.left, stack.right)
    top = stack.y
    for event in events:
        strip = stack.row(event.name, _when(event), height=16, look="t-b" if event.stage else "")
        if event.until is not None:
            width = days.x(event.until) - days.x(event.day)
            look = f"f{event.stage}" if event.stage else "g-band"
            stack.front.append(bar(look, days.x(event.day), strip.top + 2, width, 12, said=_when(event)))
        else:
            stack.front.append(dot(LOOKS[event.state], days.x(event.day), strip.middle, 6, said=_when(event)))
    for x, words in days.ticks():
        stack.back.append(line("g-grid", x, top - 4, x, stack.y))
        stack.back.append(label("t-soft t-mid", x, top - 10, words))
    x, words = days.x(today), _("today")
    half = width_of(words) / 2
    stack.back.append(line("g-axis", x, 18, x, stack.y))
    stack.back.append(label("t-mid", min(max(x, half), layout.width - half), 12, words))
    return stack.drawing()


def _table(events: Sequence[Event]) -> Table:
    states = {DONE: _("done"), LATE: _("late"), AHEAD: _("ahead")}
    rows = [
        [Cell(event.name, event.url), Cell(date_short(event.day), raw=event.day.isoformat()),
         Cell(date_short(event.until) if event.until else "", raw=event.until.isoformat() if event.until else ""),
         Cell(states[event.state])]
        for event in events
    ]  # fmt: skip
    columns = [Column(_("What")), Column(_("From, or on")), Column(_("Until")), Column(_("State"))]
    return Table("timeline", _("Timeline of the project"), columns, rows)
