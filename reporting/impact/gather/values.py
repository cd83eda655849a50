"""How values are written into a snapshot: JSON has no decimals, and a frozen figure keeps every digit."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

ROUNDED = Decimal("0.0001")


def plain(value: Decimal | None) -> str | None:
    """A number as text with at most four places, half up, and no trailing zeros; None stays None."""
    if value is None:
        return None
    return f"{value.quantize(ROUNDED, rounding=ROUND_HALF_UP).normalize() + 0:f}"


def cents(value: Decimal | None) -> str:
    """A sum of euros with two places; nothing is 0.00, because a ledger without entries is a zero."""
    return f"{value or Decimal(0):.2f}"


def moment(value: date | datetime | None) -> str | None:
    """A day or an instant in ISO 8601."""
    return None if value is None else value.isoformat()


def bilingual(obj: Any, name: str) -> dict[str, str]:
    """`obj.<name>_lt` and `obj.<name>_en` as one value."""
    return {code: getattr(obj, f"{name}_{code}", "") for code in ("lt", "en")}
