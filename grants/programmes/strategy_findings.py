"""What the reading of a strategy document can find, each as a sentence with its line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _


class Severity(StrEnum):
    """An error stops the import; a warning asks for a look; a note only says how the text was understood."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


ERRORS = {
    "empty": _("The file is empty."),
    "too_large": _("The file is too large: %(size)s, at most %(limit)s can be read."),
    "other_kind": _("This is not a plain text file but %(kind)s. Save the table as text with tabs (UTF-8)."),
    "other_encoding": _("The text is not in UTF-8; it looks like %(encoding)s. Save it again as UTF-8."),
    "broken_encoding": _("The text is not in UTF-8: byte %(byte)s cannot be read. Save it again as UTF-8."),
    "control_character": _("The line holds a character that is no text (%(character)s)."),
    "too_long": _("The document has %(lines)s lines; at most %(limit)s can be read."),
    "no_head": _("The head of the table is missing: a line with 6 columns that begins with “Eil. Nr.”."),
    "no_title": _("The title is missing above the table."),
    "currency": _("The head of the sums does not say “Eur”; only euros can be imported."),
    "no_years": _("The line under the head must give three years in columns 3 to 5, for instance “2025 m.”."),
    "years_order": _("The years must follow one another; here they are %(years)s."),
    "no_rows": _("There is no goal, direction or activity under the head of the table."),
    "no_columns": _("The line has text but no columns. Columns are divided by tabs."),
    "column_count": _("The line has %(found)s columns instead of 6: a cell is missing or one is too many."),
    "code_shape": _("“%(code)s” is no code such as 1., 1.1. or 1.1.1."),
    "code_missing": _("The code is missing in the first column of this row."),
    "code_duplicate": _("The code %(code)s is already on line %(line)s."),
    "code_order": _("The code %(code)s stands after %(before)s: the rows are in the wrong order."),
    "orphan": _("%(code)s has no parent: the row %(parent)s is missing before it."),
    "text_missing": _("The text is missing in the second column."),
    "text_too_long": _("The text is too long: %(length)s characters, at most %(limit)s."),
    "money_on_heading": _("Only activities have sums and sources, but %(code)s is a goal or a direction."),
    "money_on_continuation": _("A row without a code continues the one above and cannot have sums or sources."),
    "continuation_first": _("The row continues the one above, but there is none."),
    "sum_missing": _("The sum of %(year)s is missing. Where nothing is planned, write 0."),
    "sum_wrong": _("“%(cell)s” is no sum for %(year)s. %(why)s"),
    "sources_missing": _("The funding sources are missing in the last column."),
    "sources_shape": _("“%(cell)s” must end with the word “lėšos”, as in “ES, valstybės lėšos”."),
    "source_unknown": _("“%(name)s” is no known funding source. Known are: %(known)s."),
    "source_twice": _("The funding source “%(name)s” is named twice."),
}
WARNINGS = {
    "level_disagrees": _("The code %(code)s says one level and the text's beginning “%(prefix)s” another."),
    "prefix_missing": _("The text does not begin with “%(prefix)s:”; the level was taken from the code."),
    "code_gap": _("The code %(code)s follows %(before)s: a number is missing between them."),
    "year_disagrees": _("The text names the year %(year)s, but the money is planned for other years."),
    "year_outside": _("The text names the year %(year)s, which is not in the plan."),
    "no_money": _("No money is planned in any year."),
    "childless": _("%(code)s has no rows of its own below it."),
    "source_order": _("The sources are not in the usual order: ES, valstybės, savivaldybių, asociacijos, rėmėjų."),
    "markup": _("The text holds “%(tag)s”; it is kept as plain characters."),
    "markup_unbalanced": _("An <i> is opened or closed without its partner; the emphasis was dropped."),
    "blank_row": _("The row has only empty cells and was passed over."),
    "byte_order_mark": _("The file begins with a byte order mark, which was passed over."),
    "not_composed": _("Letters are written with separate accents; they were joined."),
}
NOTES = {
    "code_without_dot": _("The code %(code)s has no dot at its end; that means the same."),
    "continued": _("The row continues %(code)s after a page break; the pieces were joined."),
    "emphasis": _("The emphasis <i>…</i> was kept."),
    "quotes": _("A quotation opens with “ instead of „; it was kept as printed."),
    "head_repeated": _("The head of the table is repeated here and was passed over."),
}
SENTENCES: Mapping[str, Any] = MappingProxyType(ERRORS | WARNINGS | NOTES)


@dataclass(frozen=True)
class Finding:
    """One finding: the line (from 1), a stable code and what the sentence names."""

    line: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def severity(self) -> Severity:
        """How grave it is; each code has one severity."""
        if self.code in ERRORS:
            return Severity.ERROR
        return Severity.WARNING if self.code in WARNINGS else Severity.NOTE

    @property
    def is_error(self) -> bool:
        """Whether it stops the import."""
        return self.code in ERRORS

    @property
    def message(self) -> str:
        """The sentence in the reader's language."""
        return str(SENTENCES[self.code]) % {name: str(value) for name, value in self.params.items()}


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding stops the import."""
    return any(finding.is_error for finding in findings)
