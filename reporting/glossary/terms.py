"""The terms of config/glossary.csv: each with its forms, its meaning and a note, in the order of its alphabet."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from grants.organisations.folding import SORTED_WITH, alphabetical, fold
from workflows.text import current_language

KINDS: dict[str, Any] = {
    "term": _("Terms"),
    "noun": _("Things"),
    "role": _("People"),
    "status": _("Where something stands"),
    "action": _("Buttons"),
}
"""The kinds of terms, by the word in the file."""


@dataclass(frozen=True)
class Term:
    """One term: what it is called and what it means in both languages, the forms for numbers, a note for writers.

    Words of every day and names of buttons have no meaning of their own here.
    """

    en: str
    lt: str
    kind: str
    forms: tuple[str, ...]
    note: str
    means_en: str
    means_lt: str

    @property
    def key(self) -> str:
        """The anchor on the page; the same for ever, as it comes from the English words."""
        return fold(self.en).replace(" ", "-").replace("/", "-").replace("(", "").replace(")", "").replace(":", "")

    @property
    def word(self) -> str:
        """What the reader's language calls it."""
        return self.lt if current_language() == "lt" else self.en

    @property
    def other(self) -> str:
        """What the other language calls it."""
        return self.en if current_language() == "lt" else self.lt

    @property
    def meaning(self) -> str:
        """What it means, in one sentence of the reader's language."""
        return self.means_lt if current_language() == "lt" else self.means_en

    @property
    def letter(self) -> str:
        """Under which letter it stands: in Lithuanian with ą under A and y under I."""
        first = self.word[:1].casefold()
        return (first.translate(SORTED_WITH) if current_language() == "lt" else fold(first)).upper()


def path() -> Path:
    """The reviewed file, which translators use too."""
    return Path(settings.BASE_DIR) / "config" / "glossary.csv"


@cache
def terms() -> tuple[Term, ...]:
    """Every term, in the order of the file; read once."""
    with path().open(encoding="utf-8", newline="") as lines:
        return tuple(
            Term(row["en"], row["lt"], row["kind"], _forms(row), row["note"], row["means_en"], row["means_lt"])
            for row in csv.DictReader(lines)
        )


def _forms(row: dict[str, str]) -> tuple[str, ...]:
    """One, few, many and other; none where the word is not counted."""
    forms = tuple(row[f"lt_{name}"] for name in ("one", "few", "many", "other"))
    return forms if all(forms) else ()


def found(words: str = "", kind: str = "") -> list[Term]:
    """The terms with every word in either language, of a kind where one is named, in the order of the alphabet."""
    asked = fold(words).split()
    chosen = [
        term
        for term in terms()
        if kind in ("", term.kind) and all(word in fold(f"{term.en} {term.lt}") for word in asked)
    ]
    return sorted(chosen, key=_order)


def _order(term: Term) -> Any:
    return alphabetical(term.word) if current_language() == "lt" else (fold(term.word), term.word)


def by_letter(chosen: Iterable[Term]) -> list[tuple[str, list[Term]]]:
    """The terms under their letters, in order."""
    groups: dict[str, list[Term]] = {}
    for term in chosen:
        groups.setdefault(term.letter, []).append(term)
    return list(groups.items())


def term_of(key: str) -> Term:
    """One term by its anchor or its English words; raises LookupError where there is none."""
    term = next((term for term in terms() if key in (term.key, term.en)), None)
    if term is None:
        raise LookupError(f"The glossary has no term {key!r}.")
    return term
