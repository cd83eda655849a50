"""Cleaning, counting and wording of text; the counter in forms.js follows the same rule."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from workflows import formatting


def clean_text(text: str) -> str:
    """What is stored of typed text: one kind of line end, composed letters, no NUL and no half characters.

    Nothing else is changed and nothing is cut: a text above its limit is kept whole.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", text)


def count_characters(text: str) -> int:
    """Characters as a person counts them off: code points of the cleaned text, a line end being one."""
    return len(clean_text(text))


def is_blank(text: str) -> bool:
    """True for text in which nothing can be seen: spaces, controls and invisible marks only."""
    return all(unicodedata.category(character)[0] in "ZC" for character in text)


def in_language(value: Any, language: str | None = None) -> str:
    """The text of bilingual content (`{"lt": …, "en": …}` or plain text), else the other language's, else ""."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    wanted = (language or get_language() or "lt")[:2]
    for code in (wanted, "lt", "en"):
        if isinstance(value.get(code), str) and value[code]:
            return str(value[code])
    return ""


def number_text(number: Decimal, places: int | None = None) -> str:
    """A number in the reader's spelling with all its places (or as many as stated): `1 234,5`, `1,234.5`."""
    if places is None:
        places = max(0, -int(number.normalize().as_tuple().exponent))
    return formatting.number(number, places)


def money_text(amount: Decimal) -> str:
    """Euro in the reader's spelling, cents only where there are some: `1 150 Eur`, `EUR 1,150`."""
    return formatting.euro(amount)
