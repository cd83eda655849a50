"""Bars drawn on the server: on a page with classes of the design system, on paper with plain colours."""

from collections.abc import Sequence
from html import escape
from math import ceil

from django.utils.safestring import SafeString, mark_safe

from reporting.impact.shown.parts import Bar

WIDTH, ROW, LEFT, RIGHT, TOP = 640, 34, 250, 84, 22
SCALE_END = 150
"""The scale ends at one and a half times the target; a longer bar ends there, its number says more."""

LABEL_LETTERS = 34

PRINT = {
    "g-fill": 'fill="#1b6b4b"',
    "g-grid": 'stroke="#c9c9c2" stroke-width="1"',
    "g-target": 'stroke="#1c1c1a" stroke-width="2"',
    "t": 'fill="#1c1c1a" font-family="Inter" font-size="13"',
    "t-end": 'fill="#1c1c1a" font-family="Inter" font-size="13" text-anchor="end"',
}
"""The same marks for paper, where no style sheet is."""


def bars_svg(name: str, title: str, description: str, bars: Sequence[Bar], *, for_print: bool = False) -> SafeString:
    """An SVG of bars from 0 to 150 per cent of the target, the target marked. Everything in it is escaped."""
    height = TOP + ROW * len(bars) + 8
    parts = [_head(name, title, description, height, for_print)]
    for percent in (0, 50, 100, 150):
        kind = "g-target" if percent == 100 else "g-grid"
        x = _x(percent)
        parts.append(f'<line {_look(kind, for_print)} x1="{x}" x2="{x}" y1="{TOP}" y2="{height}"/>')
        parts.append(f'<text {_look("t-end", for_print)} x="{x + 12}" y="{TOP - 8}">{percent}</text>')
    for index, bar in enumerate(bars):
        parts.append(_bar(bar, TOP + ROW * index + 8, for_print))
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308  every word in it went through escape()


def _head(name: str, title: str, description: str, height: int, for_print: bool) -> str:
    size = f'viewBox="0 0 {WIDTH} {height}"'
    if for_print:
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} width="{WIDTH}" height="{height}">'
    labels = f'aria-labelledby="{escape(name)}-t {escape(name)}-d"'
    texts = (
        f'<title id="{escape(name)}-t">{escape(title)}</title><desc id="{escape(name)}-d">{escape(description)}</desc>'
    )
    return f'<svg {size} role="img" {labels}>{texts}'


def _look(kind: str, for_print: bool) -> str:
    return PRINT[kind] if for_print else f'class="{kind}"'


def _x(percent: float) -> int:
    return LEFT + ceil((WIDTH - LEFT - RIGHT) * min(max(percent, 0), SCALE_END) / SCALE_END)


def _bar(bar: Bar, y: int, for_print: bool) -> str:
    label = bar.label if len(bar.label) <= LABEL_LETTERS else bar.label[: LABEL_LETTERS - 1] + "…"
    parts = [f'<text {_look("t-end", for_print)} x="{LEFT - 10}" y="{y + 14}">{escape(label)}</text>']
    if bar.percent is not None:
        width = max(_x(bar.percent) - LEFT, 1)
        parts.append(f'<rect {_look("g-fill", for_print)} x="{LEFT}" y="{y}" width="{width}" height="18" rx="2"/>')
    parts.append(f'<text {_look("t-end", for_print)} x="{WIDTH}" y="{y + 14}">{escape(bar.text)}</text>')
    return "".join(parts)
