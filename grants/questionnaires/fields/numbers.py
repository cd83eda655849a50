"""Numbers and sums of money, in Lithuanian and in English spelling."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from grants.money.arithmetic import MoneyError, parse_money
from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Finding, Kind, Shown, register_kind
from grants.questionnaires.text import money_text, number_text

LARGEST = Decimal(10) ** 12
PLACES = 4
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:[.,][0-9]{1,18})?")


class NotANumber(ValueError):
    """A text that is not a number; its message says how to write one."""


def read_number(text: str) -> Decimal:
    """A number typed with a decimal comma or point and perhaps spaces between thousands.

    Raises NotANumber with a sentence.
    """
    tight = _SPACES.sub("", text).replace("\u2212", "-")
    if not _NUMBER.fullmatch(tight):
        raise NotANumber(_("Write a number in digits, for example 1234 or 12,5."))
    number = Decimal(tight.replace(",", "."))
    if abs(number) >= LARGEST:
        raise NotANumber(_("The number is too large."))
    if number != number.quantize(Decimal(1).scaleb(-PLACES)):
        raise NotANumber(_("Write at most %(places)d digits after the comma.") % {"places": PLACES})
    return number


def plain(number: Decimal) -> str:
    """The one spelling in which a number is stored: no exponent, no trailing zeros, no minus before zero."""
    return f"{number.normalize() + 0:f}"


def read_money(text: str) -> Decimal:
    """A sum of euro as typed, also with `€` or `Eur`; raises NotANumber with a sentence."""
    bare = re.sub(r"(?i)^\s*(?:eur|€)|(?:eur\.?|€)\s*$", "", text)
    try:
        return parse_money(bare)
    except MoneyError as error:
        raise NotANumber(str(error)) from error


@register_kind
class Number(Kind):
    """A number between stated limits. Stored as text, because JSON has no decimals."""

    code = "number"
    in_tables = True
    settings = {"min": (int, float), "max": (int, float)}

    def check(self, question: Question, path: str) -> list[Finding]:
        """The least is not above the greatest."""
        if "min" in question and "max" in question and question["min"] > question["max"]:
            return [Finding(f"{path}.min", "The smallest number is larger than the largest.")]
        return []

    def read_text(self, text: str) -> Decimal:
        """The number in a text; raises NotANumber."""
        return read_number(text)

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """The number, or sentences."""
        try:
            number = self.read_text(raw)
        except NotANumber as error:
            return Parsed(None, (Problem(str(error)),))
        least, most = question.get("min"), question.get("max")
        if least is not None and number < Decimal(str(least)):
            return Parsed(None, (Problem(_("Enter %(least)s or more.") % {"least": self.spell(Decimal(str(least)))}),))
        if most is not None and number > Decimal(str(most)):
            return Parsed(None, (Problem(_("Enter %(most)s or less.") % {"most": self.spell(Decimal(str(most)))}),))
        return Parsed(self.store(number))

    def spell(self, number: Decimal) -> str:
        """The number for a sentence."""
        return number_text(number)

    def store(self, number: Decimal) -> str:
        """The number as stored."""
        return plain(number)

    def to_python(self, value: Any) -> Any:
        """A Decimal."""
        return None if value is None else Decimal(value)

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """In the reader's spelling."""
        return Shown("text", text=self.spell(Decimal(value)))

    def limits(self, question: Question, context: Context) -> list[str]:
        """The least and the greatest."""
        found = []
        if question.get("min") is not None:
            found.append(_("%(least)s or more.") % {"least": self.spell(Decimal(str(question["min"])))})
        if question.get("max") is not None:
            found.append(_("%(most)s or less.") % {"most": self.spell(Decimal(str(question["max"])))})
        return found


@register_kind
class Money(Number):
    """A sum of euro, never negative."""

    code = "money"

    def read_text(self, text: str) -> Decimal:
        """The sum in a text; raises NotANumber."""
        return read_money(text)

    def spell(self, number: Decimal) -> str:
        """The sum with its currency."""
        return money_text(number)

    def store(self, number: Decimal) -> str:
        """Two places, always."""
        return f"{number:.2f}"
