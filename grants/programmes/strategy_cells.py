"""Reads the single cells of a strategy document. `find(code, **params)` takes what is wrong with a cell."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from grants.money.arithmetic import MoneyError, parse_money
from grants.programmes.states import LEVELS, Level

Find = Callable[..., None]

CODE = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.[1-9][0-9]{0,2}){0,2}\.?")
YEAR_IN_TEXT = re.compile(r"\((20[0-9]{2})(?:\s*m\.)?\)")
PREFIX = re.compile(r"(tikslas|veiklos kryptis|veikla)\s*:\s*", re.IGNORECASE)
PREFIXES = {Level.GOAL: "Tikslas", Level.DIRECTION: "Veiklos kryptis", Level.ACTIVITY: "Veikla"}
SOURCES_CELL = re.compile(r"(.+?)\s+lėšos\.?", re.IGNORECASE)
SOURCES = {
    "es": "es",
    "valstybės": "valstybes",
    "savivaldybių": "savivaldybiu",
    "asociacijos": "asociacijos",
    "rėmėjų": "remeju",
}
"""How the document names a funding source → its code, in the document's own order."""
SOURCE_CODES = tuple(SOURCES.values())
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,100}>")
EMPHASIS = re.compile(r"<i>([^<>]*)</i>")
BARE_EMPHASIS = re.compile(r"</?i>")
ODD_QUOTE = re.compile(r"(?:^|[\s(])\u201c\w")


def level_of(code: str) -> Level:
    """The level of a code without its last dot: the number of its parts."""
    return LEVELS[code.count(".")]


def without_prefix(find: Find, code: str, text: str) -> str:
    """The text without `Tikslas:`, `Veiklos kryptis:` or `Veikla:`; warns where that and the code disagree."""
    expected = PREFIXES[level_of(code)]
    match = PREFIX.match(text)
    if match is None:
        if text:
            find("prefix_missing", prefix=expected)
        return text
    if match.group(1).casefold() != expected.casefold():
        find("level_disagrees", code=code, prefix=match.group(1))
    return text[match.end() :]


def read_sums(find: Find, cells: Sequence[str], years: Sequence[int]) -> tuple[tuple[int, Decimal], ...]:
    """One sum a year, in euros; cells that hold none are found."""
    amounts = []
    for year, cell in zip(years, cells, strict=True):
        if not cell:
            find("sum_missing", year=year)
            continue
        try:
            amounts.append((year, parse_money(cell)))
        except MoneyError as error:
            find("sum_wrong", cell=cell, year=year, why=error.message)
    if len(amounts) == len(years) and not any(amount for _year, amount in amounts):
        find("no_money")
    return tuple(amounts)


def read_sources(find: Find, cell: str) -> tuple[str, ...]:
    """The codes of the sources in a cell such as `ES, valstybės lėšos`; never how much each of them gives."""
    if not cell:
        find("sources_missing")
        return ()
    match = SOURCES_CELL.fullmatch(cell)
    if match is None:
        find("sources_shape", cell=cell)
        return ()
    codes: list[str] = []
    for name in (part.strip() for part in match.group(1).split(",")):
        code = SOURCES.get(name.casefold())
        if code is None:
            find("source_unknown", name=name, known=", ".join(SOURCES))
        elif code in codes:
            find("source_twice", name=name)
        else:
            codes.append(code)
    if codes != sorted(codes, key=SOURCE_CODES.index):
        find("source_order")
    return tuple(sorted(codes, key=SOURCE_CODES.index))


def check_years_named(find: Find, text: str, amounts: Sequence[tuple[int, Decimal]], years: Sequence[int]) -> None:
    """Warn where a text says `(2026 m.)` and the money stands in another year."""
    named = {int(year) for year in YEAR_IN_TEXT.findall(text)}
    for year in sorted(named.difference(years)):
        find("year_outside", year=year)
    planned = {year for year, amount in amounts if amount}
    inside = named.intersection(years)
    if inside and not planned <= inside:
        find("year_disagrees", year=", ".join(map(str, sorted(inside))))


def plain_and_marked(find: Find, text: str) -> tuple[str, str]:
    """A text without `<i>…</i>`, and with it where it has any; other tags stay plain characters."""
    if ODD_QUOTE.search(text):
        find("quotes")
    rest = EMPHASIS.sub(r"\1", text)
    for tag in TAG.findall(BARE_EMPHASIS.sub("", rest)):
        find("markup", tag=tag)
    if BARE_EMPHASIS.search(rest):
        find("markup_unbalanced")
        return " ".join(BARE_EMPHASIS.sub("", rest).split(" ")), ""
    if rest == text:
        return text, ""
    find("emphasis")
    return rest, text
