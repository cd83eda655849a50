"""Scales: every value that can be given, with the words that anchor it."""

from decimal import Decimal
from typing import Any

MOST_VALUES = 201
"""A scale has at most so many values: 0 to 100 in steps of a half."""


def as_text(value: Decimal) -> str:
    """A value in its one spelling: 4, 3.5, without trailing zeros."""
    return format(value.normalize(), "f")


def values_between(low: Decimal, high: Decimal, step: Decimal) -> list[Decimal]:
    """Every value from low to high, both included, where the step divides the way between them."""
    return [low + step * index for index in range(int((high - low) / step) + 1)]


def unfold_scale(scale: Any) -> list[dict[str, Any]]:
    """A checked scale of a document as a list of {"value": text, "anchor": {"lt", "en"}}, from low to high.

    Takes both shapes: a list of values with anchors, and min, max and step with anchors for ranges.
    """
    if isinstance(scale, list):
        return [{"value": as_text(Decimal(str(one["value"]))), "anchor": one["anchor"]} for one in scale]
    low, high, step = (Decimal(str(scale[key])) for key in ("min", "max", "step"))
    return [
        {"value": as_text(value), "anchor": anchor_for(value, scale["anchors"])}
        for value in values_between(low, high, step)
    ]


def anchor_for(value: Decimal, anchors: list[dict[str, Any]]) -> dict[str, str]:
    """The words of the range that holds a value."""
    return next(a["anchor"] for a in anchors if Decimal(str(a["from"])) <= value <= Decimal(str(a["to"])))
