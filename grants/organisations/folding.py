"""Folding of names for search: what a reader types without Lithuanian letters finds what has them."""

import re
import unicodedata
from functools import lru_cache

from django.db.models import Q

NOT_DECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not split into a base letter and a mark."""

INVISIBLE = {"Cc", "Cf", "Mn"}
"""Control and format characters (direction marks among them) and combining marks carry nothing to search by."""


def fold(text: str) -> str:
    """The text in lower case, without marks on letters, invisible characters and repeated blanks.

    `Šiaulių  m.` gives `siauliu m.`; a string of blanks gives an empty one.
    """
    spaced = re.sub(r"\s+", " ", text)
    split = unicodedata.normalize("NFKD", spaced.casefold())
    bare = "".join(letter for letter in split if unicodedata.category(letter) not in INVISIBLE)
    return re.sub(r" +", " ", bare.translate(NOT_DECOMPOSED)).strip()


def every_word(text: str, *columns: str) -> Q:
    """The condition that every word of a text is found in one of the columns, which hold folded text.

    A text without words asks for nothing: everything meets it.
    """
    condition = Q()
    for word in fold(text).split():
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__contains": word})
        condition &= found
    return condition


ALPHABET = "abcčdefghijklmnopqrsštuvwxzž"
"""The letters by which Lithuanian sorts: č š ž after theirs; ą ę ė į ų ū stand with their plain letters, y with i."""

SORTED_WITH = str.maketrans({"y": "i", "ą": "a", "ę": "e", "ė": "e", "į": "i", "ų": "u", "ū": "u"})


@lru_cache(maxsize=4096)  # the same few hundred names are sorted again and again
def alphabetical(text: str) -> tuple[tuple[int, ...], str]:
    """A key that sorts names as a Lithuanian dictionary does (CLDR, first level; equal there: as they are written).

    `Kėdainiai` comes before `Kupiškis`, `Šakiai` before `Zarasai`, `Ylakiai` between `Ignalina` and `Jonava`.
    """
    plain = unicodedata.normalize("NFC", text.casefold()).translate(SORTED_WITH)
    places = [ALPHABET.find(letter) for letter in plain]
    return tuple(p if p >= 0 else ord(letter) - 0x110000 for p, letter in zip(places, plain, strict=True)), text
