"""What a program can see of the looks of a page: use these on any page that is open in the browser.

    show_in(page, "dark")
    assert findings_of_axe(page) == []
    assert faults(page) == []                  # at the present width
    assert faults_at_every_width(page) == []   # a telephone, a tablet, a desk, a wall; and 400 % zoom
    assert focus_that_cannot_be_seen(page) == []

Each gives sentences that name the place, so a failure tells what to mend.
"""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (390, 768, 1280, 1920)
ZOOMED = (320, 256)  # a window of 1280 × 1024 at 400 %
EYES = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")
FOCUS = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), rect = one.getBoundingClientRect();
  const words = (one.textContent || one.name || "").replace(/\\s+/g, " ").trim().slice(0, 40);
  const seen = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none";
  const inside = rect.bottom > 0 && rect.top < innerHeight && rect.right > 0 && rect.left < innerWidth;
  const x = Math.min(Math.max(rect.left + Math.min(rect.width, 60) / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(rect.top + Math.min(rect.height, 40) / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const covered = inside && top && !one.contains(top) && !top.contains(one) && !one.closest("label")?.contains(top);
  return { name: `${one.tagName.toLowerCase()} "${words}"`, seen, inside, covered };
}
"""


def show_in(page: Any, scheme: str) -> None:
    """Show the page in "light" or "dark" at once: a colour on its way to another would be measured halfway."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


def findings_of_axe(page: Any, *rules: str) -> list[str]:
    """Say what axe-core finds wrong on the page, by these of its rules or by all, each with the first places."""
    answer = Axe().run(page, options={"runOnly": {"type": "rule", "values": rules}} if rules else None).response
    return [
        f"{found['id']} ({found['impact']}): {found['help']}; {place['html'][:160]}"
        for found in answer["violations"]
        for place in found["nodes"][:3]
    ]


def faults(page: Any) -> list[str]:
    """Say what is cut, overlaps, stands out, is too small, or makes the page too wide, at the present width."""
    return page.evaluate(EYES)


def faults_at_every_width(page: Any, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """Say the same for each width, and for a window of ordinary size zoomed to 400 %."""
    before = page.viewport_size
    found = []
    for width, height in [*((width, 900) for width in widths), ZOOMED]:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} px: {fault}" for fault in faults(page)]
    page.set_viewport_size(before)
    return found


def focus_that_cannot_be_seen(page: Any, presses: int = 60) -> list[str]:
    """Go on by the Tab key and name each thing whose focus has no ring, lies outside the window or under something."""
    found = []
    for _press in range(presses):
        page.keyboard.press("Tab")
        place = page.evaluate(FOCUS)
        if place is None:
            break
        wrong = [word for word, is_wrong in (
            ("no ring", not place["seen"]), ("outside the window", not place["inside"]), ("covered", place["covered"]),
        ) if is_wrong]  # fmt: skip
        found += [f"{place['name']}: {', '.join(wrong)}"] if wrong else []
    return found


def what_moves(page: Any) -> list[str]:
    """Name what would still move where the reader asked the system for less motion."""
    page.emulate_media(reduced_motion="reduce")
    return page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          const lasts = [...style.transitionDuration.split(","), ...style.animationDuration.split(",")];
          return lasts.some((time) => parseFloat(time) > 0);
        }).map((one) => one.tagName + "." + one.className)"""
    )


def shown_on_paper(page: Any, selector: str) -> int:
    """Count the elements that a printed page would still show."""
    page.emulate_media(media="print")
    places = page.locator(selector)
    return sum(places.nth(place).is_visible() for place in range(places.count()))
