"""Pure arithmetic of money: reading what people type, litas, and instalments that add up. No database here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
LITAS_PER_EURO = Decimal("3.4528")
MAX_MONEY = Decimal("999999999.99")

_SPACES = " \t\u00a0\u202f\u2009\u2007"
_MINUSES = "-\u2212\u2013\u2014\u2012\u2011"
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([ .,])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")


class MoneyError(ValueError):
    """What was typed is not a sum of money; `str()` is a sentence, `code` names the reason."""

    def __init__(self, code: str, message: str | Promise) -> None:
        self.code = code
        self.message = message
        super().__init__(code)

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True)
class Converted:
    """A sum kept in both currencies: as it was agreed and as it is counted in euros."""

    original_amount: Decimal
    original_currency: str
    amount: Decimal
    currency: str = "EUR"
    rate: Decimal = LITAS_PER_EURO


def to_cents(value: Decimal) -> Decimal:
    """Round a Decimal half up to cents."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def add_up(amounts: Iterable[Decimal]) -> Decimal:
    """Sum of amounts as a Decimal with two places, also of none."""
    return sum(amounts, ZERO)


def litas_to_euro(litas: Decimal) -> Converted:
    """Convert litas to euros, half up to cents, keeping both amounts.

    The irrevocable rate is 3.45280 litas for one euro. Regulation (EC) 1103/97, articles 4 and 5: divide by the
    rate as published, never multiply by an inverse. Raises `MoneyError` for a negative amount.
    """
    if litas < 0:
        raise MoneyError("negative", _("An amount cannot be negative."))
    return Converted(original_amount=litas, original_currency="LTL", amount=to_cents(litas / LITAS_PER_EURO))


def split_percent(total: Decimal, percents: Sequence[Decimal | int]) -> list[Decimal]:
    """Split a sum in euros into instalments by percent that add up to it exactly.

    Every running total is rounded half up to cents and an instalment is the difference of two of them, so no
    instalment is more than one cent away from its exact share and the last cent is never lost. Raises
    `MoneyError` where a percent is negative, the percents do not make 100 or the sum has parts of a cent.
    """
    shares = [Decimal(percent) for percent in percents]
    if any(share < 0 for share in shares):
        raise MoneyError("percent_negative", _("A percent cannot be negative."))
    if sum(shares, Decimal(0)) != HUNDRED:
        raise MoneyError("percent_sum", _("The percents must make 100 together."))
    if total != to_cents(total):
        raise MoneyError("decimals", _("Write at most two digits after the decimal mark."))
    return split_in_proportion(total, shares)


def split_in_proportion(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split a sum in euros in proportion to weights, exactly: every running total is rounded half up to cents.

    The weights together must be more than nought.
    """
    parts, weight_so_far, given, whole = [], Decimal(0), ZERO, sum(weights, Decimal(0))
    for weight in weights:
        weight_so_far += weight
        reached = to_cents(total * weight_so_far / whole)
        parts.append(reached - given)
        given = reached
    return parts


def parse_money(text: str, *, maximum: Decimal = MAX_MONEY) -> Decimal:
    """Read a sum in euros as people write it, to a Decimal with two places.

    `1 234,50`, `1234.50`, `1.234,50` and `1,234.50` are the same sum; no-break and thin spaces count as spaces.
    A single mark before exactly three digits (`1,234`) could be thousands or thousandths, so it is refused
    rather than guessed. Raises `MoneyError` with a sentence that says how to mend it.
    """
    cleaned = _plain_spaces(text)
    _refuse_what_is_no_number(cleaned)
    whole, fraction = _whole_and_fraction(cleaned)
    if len(fraction) > 2:
        raise MoneyError("decimals", _("Write at most two digits after the decimal mark."))
    amount = Decimal(f"{whole}.{fraction or '0'}").quantize(CENT) if len(whole) <= 18 else maximum + 1
    if amount > maximum:
        raise MoneyError(
            "too_large", format_lazy(_("The amount is too large: at most {maximum} can be entered."), maximum=maximum)
        )
    return amount


def _plain_spaces(text: str) -> str:
    stripped = text.strip(_SPACES + "\r\n")
    return "".join(" " if letter in _SPACES else letter for letter in stripped)


def _refuse_what_is_no_number(cleaned: str) -> None:
    if not cleaned:
        raise MoneyError("missing", _("Enter an amount."))
    if cleaned[0] in _MINUSES or cleaned[-1] in _MINUSES or (cleaned[0] == "(" and cleaned[-1] == ")"):
        raise MoneyError("negative", _("An amount cannot be negative."))
    if any(letter.isalpha() for letter in cleaned) or "€" in cleaned:
        raise MoneyError("letters", _("Write only the number, without letters or a currency: for example 1234,50."))
    if not all(letter in "0123456789., " for letter in cleaned):
        raise MoneyError("characters", _("Write only digits and one decimal mark: for example 1234,50."))


def _whole_and_fraction(cleaned: str) -> tuple[str, str]:
    """Split `1.234,5` into `1234` and `5`; raises where the grouping cannot be understood."""
    grouped = _GROUPED.fullmatch(cleaned)
    if grouped and grouped.group(1) == " ":
        return _at_mark(cleaned.replace(" ", ""))
    if grouped and grouped.group(1):
        return _without_grouping(cleaned, grouped.group(1))
    if _PLAIN.fullmatch(cleaned):
        return _at_mark(cleaned)
    raise _unreadable()


def _unreadable() -> MoneyError:
    return MoneyError(
        "grouping", _("The digits are grouped in a way we cannot read. Write the amount as 1234,50 or 1 234,50.")
    )


def _without_grouping(cleaned: str, mark: str) -> tuple[str, str]:
    other = "." if mark == "," else ","
    whole, __, fraction = cleaned.partition(other)
    if not fraction and whole.count(mark) == 1:
        raise MoneyError(
            "ambiguous",
            _("It is not clear whether the mark divides thousands or decimals. Write 1234 or 1234,00 instead."),
        )
    if whole.count(mark) and all(len(group) == 3 for group in whole.split(mark)[1:]):
        return whole.replace(mark, ""), fraction
    raise _unreadable()


def _at_mark(digits: str) -> tuple[str, str]:
    whole, __, fraction = digits.replace(",", ".").partition(".")
    return whole, fraction
