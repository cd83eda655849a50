"""Bank account numbers."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from grants.questionnaires.context import Context, Parsed, Problem, Question, Raw
from grants.questionnaires.fields.base import Kind, Shown, register_kind

LENGTHS = {
    "AD": 24,
    "AT": 20,
    "BE": 16,
    "BG": 22,
    "CH": 21,
    "CY": 28,
    "CZ": 24,
    "DE": 22,
    "DK": 18,
    "EE": 20,
    "ES": 24,
    "FI": 18,
    "FR": 27,
    "GB": 22,
    "GI": 23,
    "GR": 27,
    "HR": 21,
    "HU": 28,
    "IE": 22,
    "IS": 26,
    "IT": 27,
    "LI": 21,
    "LT": 20,
    "LU": 20,
    "LV": 21,
    "MC": 27,
    "MT": 31,
    "NL": 18,
    "NO": 15,
    "PL": 28,
    "PT": 25,
    "RO": 24,
    "SE": 24,
    "SI": 19,
    "SK": 24,
    "SM": 27,
    "VA": 22,
}
"""Lengths of account numbers in the countries of the Single Euro Payments Area (ISO 13616 register)."""


def remainder_of(account: str) -> int:
    """ISO 7064 mod 97-10 of an account number without spaces; 1 when the check digits are right."""
    turned = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97


@register_kind
class Iban(Kind):
    """An IBAN with right length and check digits; spaces may be typed anywhere."""

    code = "iban"
    audience = "staff"
    in_tables = True

    def parse(self, raw: Raw, question: Question, context: Context) -> Parsed:
        """The account without spaces, or one sentence."""
        account = re.sub(r"[\s\u00a0\u202f-]", "", raw).upper()
        sentence = self._wrong(account)
        return Parsed(None, (Problem(sentence),)) if sentence else Parsed(account)

    def _wrong(self, account: str) -> str:
        if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]*", account):
            return _("Begin with the country and two digits, for example LT12 1000 0111 0100 1000.")
        wanted = LENGTHS.get(account[:2])
        if wanted is None:
            return _("Accounts of the country %(country)s cannot be paid to in euro; check the first two letters.") % {
                "country": account[:2]
            }
        if len(account) != wanted:
            return _("An account number of %(country)s has %(wanted)d characters; there are %(there)d.") % {
                "country": account[:2],
                "wanted": wanted,
                "there": len(account),
            }
        if remainder_of(account) != 1:
            return _("The check digits do not fit: a digit is wrong or two have changed places.")
        return ""

    def show(self, value: Any, question: Question, context: Context) -> Shown:
        """In groups of four."""
        return Shown("text", text=" ".join(value[at : at + 4] for at in range(0, len(value), 4)))

    def limits(self, question: Question, context: Context) -> list[str]:
        """What it looks like."""
        return [_("For example LT12 1000 0111 0100 1000.")]
