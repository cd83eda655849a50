"""Values of a snapshot in the reader's language."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.evaluation.models.indicators import words_for_no_baseline
from grants.evaluation.pages import rounded, value_text, whole_percent
from reporting.tables import Cell
from workflows.formatting import DASH, amount, date_long, number
from workflows.text import localized


def exact(text: str | None) -> Decimal | None:
    """A number of the snapshot."""
    return None if text is None else Decimal(text)


def day(text: str | None) -> str:
    """A day or instant of the snapshot in words."""
    if not text:
        return DASH
    return date_long(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))


def words(text: Any, url: str = "") -> Cell:
    """A cell of words, in the reader's language where there are two."""
    shown = localized(text)
    return Cell(shown or DASH, url, shown)


def euros(text: str | None, url: str = "") -> Cell:
    """A cell with a sum."""
    return Cell(amount(text), url, text)


def measured(row: dict[str, Any], measure: str, name: str = "value") -> Cell:
    """A cell with a measured value, its interval and what must be known beside it."""
    if row.get("too_few") and name == "value":
        return Cell(_("fewer than 10 answers"), row.get("url", ""))
    value = exact(row[name])
    text = value_text(value, measure)
    if name == "value" and row.get("interval"):
        low, high = (number(rounded(Decimal(str(end)))) for end in row["interval"])
        text = f"{text} ({low}–{high})"
    if name == "value" and value is not None and row.get("may_overlap"):
        text = _("%(value)s (may overlap)") % {"value": text}
    if name == "value" and value is not None and row.get("final") is False:
        text = _("%(value)s (so far)") % {"value": text}
    return Cell(text, row.get("url", "") if name == "value" else "", row[name])


def baseline(row: dict[str, Any], measure: str) -> Cell:
    """A cell with the baseline, or why there is none."""
    if row["baseline"] is None and row.get("no_baseline_because"):
        return Cell(words_for_no_baseline(row["no_baseline_because"]))
    return measured(row, measure, "baseline")


def achieved(row: dict[str, Any]) -> Cell:
    """A cell with how far the target was reached, whole per cents; a dash where that is not defined."""
    value = exact(row["achievement"])
    return Cell(DASH if value is None else number(whole_percent(value)), raw=row["achievement"])


def coverage(group: dict[str, Any]) -> str:
    """How many of the projects are in a figure: `37 of 45`."""
    return _("%(reported)s of %(asked)s") % {"reported": number(group["reported"]), "asked": number(group["asked"])}


def name_and_unit(group: dict[str, Any]) -> str:
    """An indicator with what it is counted in."""
    unit = localized(group["unit"])
    return f"{localized(group['label'])}, {unit}" if unit else localized(group["label"])
