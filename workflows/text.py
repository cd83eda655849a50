"""Content that exists in two languages: the reader gets their own, else the other."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language


def current_language() -> str:
    """Return the two-letter language of this page: "lt" or "en"."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def localized(value: Any, language: str | None = None) -> str:
    """Return the text of a bilingual value in `language` (default: this page's).

    `value` is {"lt": …, "en": …}, plain text or None. An empty text falls back to any language that has one:
    a title in the other language helps more than none.
    """
    if value is None:
        return ""
    if not isinstance(value, Mapping):
        return str(value)
    text = value.get(language or current_language())
    if text in (None, ""):
        text = next((other for other in value.values() if other not in (None, "")), "")
    return str(text)


def localized_field(obj: Any, name: str, language: str | None = None) -> str:
    """Return `obj.<name>_lt` or `obj.<name>_en`, with the same fall-back as `localized`."""
    return localized({code: getattr(obj, f"{name}_{code}", "") for code in ("lt", "en")}, language)
