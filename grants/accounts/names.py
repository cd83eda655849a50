"""Tidying of what people type as a name or address."""

import re
import unicodedata
from zoneinfo import available_timezones


def tidy_line(text: str) -> str:
    """The text as one line, composed (NFC), without control characters and marks that turn the direction of writing.

    Letters, emoji and joiners inside them stay: a name is what its bearer says it is.
    """
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    kept = (sign for sign in spaced if sign == "\u200d" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    return re.sub(r" +", " ", "".join(kept)).strip()


def time_zones() -> list[str]:
    """The zones that a person can choose: a continent and a place, and plain UTC."""
    places = {zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix", "right"))}
    return sorted(places | {"UTC"})
