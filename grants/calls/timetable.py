"""The order in which the dates of a call come, whatever their names."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from grants.calls.states import DateKey

CHAIN = (
    DateKey.PUBLISHED,
    DateKey.OPENS,
    DateKey.QUESTIONS_UNTIL,
    DateKey.CLOSES,
    DateKey.CHECK_UNTIL,
    DateKey.EVALUATION_UNTIL,
    DateKey.DECISION_BY,
    DateKey.CONTRACTS_BY,
    DateKey.PROJECTS_START,
    DateKey.PROJECTS_END,
)
"""Each of these comes after those before it; what a call leaves out is passed over."""

BESIDE = ((DateKey.DECISION_BY, DateKey.CEREMONY),)
"""Pairs outside the chain: the second comes after the first."""

Span = tuple[datetime, datetime]
"""When a date begins and when it is over: the same instant where it has an hour, else its whole day."""


def out_of_order(spans: Mapping[str, Span]) -> list[tuple[str, str]]:
    """The pairs (earlier, later) of keys where the later one is over before the earlier one begins."""
    present = [key for key in CHAIN if key in spans]
    pairs = [*pairwise(present), *((a, b) for a, b in BESIDE if a in spans and b in spans)]
    return [(str(a), str(b)) for a, b in pairs if spans[b][1] < spans[a][0]]


def place_of(key: str) -> int:
    """Where a date stands in the timetable; names that the product does not know come last."""
    known = list(DateKey.values)
    return known.index(key) if key in known else len(known)
