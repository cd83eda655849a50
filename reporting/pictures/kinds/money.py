"""Money by source and year: how much is planned, promised, confirmed and received, and what was done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reporting.pictures.marks import Drawing, bar
from reporting.pictures.picture import Key, Picture
from reporting.pictures.rows import BOTH, Layout, Rows, Strip
from reporting.tables import Cell, Column, Table
from workflows.formatting import amount, euro

STAGES = ("planned", "promised", "confirmed", "received")
LOOKS = {"planned": "m-planned", "promised": "m-promised", "confirmed": "m-confirmed", "received": "m-received"}


@dataclass(frozen=True, slots=True)
class Pot:
    """Money of one source for one year, EUR. Each stage counts what is there or further on; the rest is the ledger."""

    year: int
    source: str
    planned: Decimal
    promised: Decimal
    confirmed: Decimal
    received: Decimal
    committed: Decimal
    paid: Decimal
    url: str = ""


def money_picture(pots: Sequence[Pot], *, name: str = "money") -> Picture:
    """A row for each source of a year, the newest year first: above what there is, below what was done with it."""
    wide, narrow = (_drawing(pots, layout) for layout in BOTH)
    return Picture(
        id=name, title=finding(pots), unit=_("Euros. Above: what there is; below: what was done with it."),
        description="; ".join(_told(pot) for pot in pots), table=_table(pots), wide=wide, narrow=narrow,
        legend=(
            Key("bar", "m-planned", pgettext("funding", "planned")),
            Key("bar", "m-promised", pgettext("funding", "promised")),
            Key("bar", "m-confirmed", pgettext("funding", "confirmed")),
            Key("bar", "m-received", pgettext("funding", "received")),
            Key("bar", "m-committed", pgettext("sum", "committed")), Key("bar", "g-fill", pgettext("sum", "paid")),
        ),
    )  # fmt: skip


def finding(pots: Sequence[Pot]) -> str:
    """The sentence over the picture."""
    if not pots:
        return _("No money is recorded yet")
    sums = {name: sum((getattr(pot, name) for pot in pots), Decimal(0)) for name in ("planned", "committed", "paid")}
    words = _("Of %(planned)s planned, %(committed)s is committed and %(paid)s is paid")
    return words % {name: euro(value) for name, value in sums.items()}


def _told(pot: Pot) -> str:
    words = _(
        "%(source)s, %(year)s: planned %(planned)s, received %(received)s, committed %(committed)s, paid %(paid)s"
    )
    sums = {name: euro(getattr(pot, name)) for name in ("planned", "received", "committed", "paid")}
    return words % {"source": pot.source, "year": pot.year, **sums}


def _drawing(pots: Sequence[Pot], layout: Layout) -> Drawing:
    most = max((max(pot.planned, pot.committed, pot.paid) for pot in pots), default=Decimal(0)) or Decimal(1)
    stack = Rows(layout, [_beside(pot) for pot in pots])
    for year, of_year in groupby(pots, key=lambda pot: pot.year):
        stack.heading(str(year))
        for pot in of_year:
            strip = stack.row(pot.source, _beside(pot), height=30)
            for stage in STAGES:
                _part(stack, strip, getattr(pot, stage), most, LOOKS[stage], strip.top, 16)
            _part(stack, strip, pot.committed, most, "m-committed", strip.top + 20, 10)
            _part(stack, strip, pot.paid, most, "g-fill", strip.top + 20, 10)
    return stack.drawing()


def _beside(pot: Pot) -> str:
    return _("%(paid)s paid") % {"paid": euro(pot.paid)} if pot.paid else euro(pot.planned)


def _part(stack: Rows, strip: Strip, value: Decimal, most: Decimal, look: str, y: float, height: float) -> None:
    if value > 0:
        width = strip.x(float(value / most)) - strip.left
        stack.front.append(bar(look, strip.left, y, width, height, said=euro(value)))


def _table(pots: Sequence[Pot]) -> Table:
    columns = [
        Column(_("Year")), Column(_("Source")),
        *(Column(label, True) for label in (
            _("Planned, EUR"), _("Promised, EUR"), _("Confirmed, EUR"), _("Received, EUR"), _("Committed, EUR"),
            _("Paid, EUR"),
        )),
    ]  # fmt: skip
    rows = [
        [Cell(str(pot.year), raw=pot.year), Cell(pot.source, pot.url),
         *(Cell(amount(value), raw=value) for value in (
             pot.planned, pot.promised, pot.confirmed, pot.received, pot.committed, pot.paid))]
        for pot in pots
    ]  # fmt: skip
    return Table("money", _("Money by source and year"), columns, rows)
