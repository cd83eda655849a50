"""Colours that stand on each other, measured as WCAG 2.2 does, in light and in dark."""

import re

import pytest

from config import stylesheet

TOKENS = (stylesheet.ROOMS / "tokens.css").read_text(encoding="utf-8")
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", TOKENS)
}
GROUNDS = ("paper", "surface", "sunken")
WORDS = [
    *((word, ground) for word in ("ink", "ink-soft", "accent", "accent-deep") for ground in GROUNDS),
    *((word, ground) for word in ("danger", "warn", "info") for ground in GROUNDS),
    *((kind, f"{kind}-tint") for kind in ("accent", "danger", "warn", "info")),
    *(("ink", f"{kind}-tint") for kind in ("accent", "danger", "warn", "info")),
    *(("ink-soft", f"{kind}-tint") for kind in ("warn", "info")),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("paper", "ink"),
]  # fmt: skip
SIGNS = [
    *(("line-strong", ground) for ground in ("paper", "surface")),
    *((f"stage-{number}", "paper") for number in range(1, 6)),
    ("accent", "accent-tint"),
]


def luminance(colour: str) -> float:
    """The relative luminance of a colour, 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def measured(pair: tuple[str, str], mode: int) -> float:
    return round(contrast(COLOURS[pair[0]][mode], COLOURS[pair[1]][mode]), 2)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_what_lies_behind_them(mode):
    assert {pair: ratio for pair in WORDS if (ratio := measured(pair, mode)) < 4.5} == {}


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_edges_of_controls_and_stages_can_be_seen(mode):
    assert {pair: ratio for pair in SIGNS if (ratio := measured(pair, mode)) < 3} == {}


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_one_of_the_two_rings_of_the_focus_always_stands_out(ground, mode):
    assert max(measured((ring, ground), mode) for ring in ("focus", "ink")) >= 9


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1)]
)
def test_the_measure_itself(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio
