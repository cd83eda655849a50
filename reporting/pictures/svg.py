"""Marks as SVG: on a page with classes only, on paper with plain colours. Everything written in it is escaped."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from reporting.pictures.marks import Drawing, Mark

PAPER_FACE = 'font-family="Inter" font-size="12"'
GREEN, INK, SOFT, PALE, SUNKEN = "#1b6b4b", "#1c1c1a", "#5a5a55", "#c9c9c2", "#e9e8e2"
PAPER = {
    "g-grid": f'stroke="{PALE}" stroke-width="1"',
    "g-axis": f'stroke="{SOFT}" stroke-width="1"',
    "g-target": f'stroke="{INK}" stroke-width="2"',
    "g-plan": f'fill="none" stroke="{SOFT}" stroke-width="2" stroke-dasharray="5 4"',
    "g-line": f'fill="none" stroke="{GREEN}" stroke-width="3"',
    "g-spent": f'fill="none" stroke="{INK}" stroke-width="2"',
    "g-link": f'stroke="{SOFT}" stroke-width="2"',
    "g-fill": f'fill="{GREEN}"',
    "g-band": f'fill="{GREEN}" fill-opacity="0.3"',
    "g-soft": f'fill="{SOFT}"',
    "g-hollow": f'fill="#ffffff" stroke="{SOFT}" stroke-width="2"',
}
"""Looks for paper, where no style sheet is; words are the ink unless they are soft."""


def page_svg(
    drawing: Drawing, name: str, title: str, description: str, *, css: str, linked: bool = False
) -> SafeString:
    """The drawing for a page. `linked`: it has links inside, so it is a group of things instead of one image."""
    role = "group" if linked else "img"
    head = (
        f'<svg class="{escape(css)}" viewBox="0 0 {drawing.width} {drawing.height}" role="{role}" '
        f'aria-labelledby="{escape(name)}-t {escape(name)}-d"><title id="{escape(name)}-t">{escape(title)}</title>'
        f'<desc id="{escape(name)}-d">{escape(description)}</desc>'
    )
    return mark_safe(head + "".join(_element(mark) for mark in drawing.marks) + "</svg>")  # noqa: S308  all escaped


def paper_svg(drawing: Drawing) -> str:
    """The drawing for paper; its words for those who do not see it are given beside it."""
    size = f'viewBox="0 0 {drawing.width} {drawing.height}" width="{drawing.width}" height="{drawing.height}"'
    marks = "".join(_on_paper(mark) for mark in drawing.marks)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{marks}</svg>'


def _element(mark: Mark) -> str:
    shown = _tag(mark, f'class="{escape(mark.look)}"' if mark.look else "", mark.said if not mark.url else "")
    if not mark.url:
        return shown
    return f'<a href="{escape(mark.url)}" aria-label="{_written(mark.said)}">{shown}</a>'


def _on_paper(mark: Mark) -> str:
    if mark.tag != "text":
        return _tag(mark, PAPER.get(mark.look, PAPER["g-soft"]), "")
    looks = mark.look.split()
    anchor = ' text-anchor="end"' if "t-end" in looks else ' text-anchor="middle"' if "t-mid" in looks else ""
    weight = ' font-weight="600"' if {"t-b", "t-acc"} & set(looks) else ""
    fill = SOFT if "t-soft" in looks else GREEN if "t-acc" in looks else INK
    return _tag(mark, f'fill="{fill}" {PAPER_FACE}{anchor}{weight}', "")


def _tag(mark: Mark, look: str, said: str) -> str:
    places = " ".join(f'{name}="{escape(value)}"' for name, value in mark.at)
    head = " ".join(part for part in (mark.tag, look, places) if part)
    inside = (f"<title>{_written(said)}</title>" if said else "") + _written(mark.words)
    return f"<{head}>{inside}</{mark.tag}>" if inside else f"<{head}/>"


def _written(words: str) -> str:
    """Words as they may stand in a document: without control characters, which no XML has."""
    return escape("".join(letter if letter.isprintable() or letter.isspace() else "" for letter in words))
