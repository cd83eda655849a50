"""`python -m tests.pictures [NAME…]`: take the pictures of docs/pictures anew, all or those named."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.fixtures.browsers import CHROMIUM_OPTIONS, find_chromium
from tests.pictures.palette import with_palette
from tests.pictures.product import ROOT, running_demonstration
from tests.pictures.scenes import SCENES, Scene

WHERE = ROOT / "docs" / "pictures"
LARGEST = 120 * 1024


def sign_in(page: Any, role: str) -> None:
    """Press the button that the sign-in page of a demonstration has for this role."""
    page.goto("/account/login/")
    with page.expect_navigation():
        page.locator(f"form:has(input[name=login][value='{role}@demo.test']) button").first.click()


def speak(page: Any, language: str) -> None:
    """Switch the language as anybody does, where the page is not in it already."""
    if page.locator("html").get_attribute("lang") != language:
        with page.expect_navigation():
            page.get_by_role("button", name={"lt": "Lietuviškai", "en": "English"}[language]).first.click()


def look(page: Any, scene: Scene) -> bytes:
    """Go where the scene plays and take its first screen."""
    if scene.role:
        sign_in(page, scene.role)
    page.goto(scene.address)
    speak(page, scene.language)
    for selector in scene.follow:
        with page.expect_navigation():
            page.locator(selector).first.click()
    if scene.scroll_to:
        page.locator(scene.scroll_to).first.evaluate("place => place.scrollIntoView({block: 'start'})")
    page.evaluate("document.fonts.ready")
    return page.screenshot(animations="disabled", caret="hide")


def take(browser: Any, address: str, scene: Scene) -> int:
    """Write one picture; returns its size in bytes. Raises RuntimeError when it is larger than a page can bear."""
    width, height = scene.size
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, color_scheme=scene.scheme,
        reduced_motion="reduce", locale="lt-LT", timezone_id="Europe/Vilnius",
    )  # fmt: skip
    context.set_default_timeout(20_000)
    seen = look(context.new_page(), scene)
    context.close()
    blank = browser.new_page()
    picture = with_palette(blank, seen)
    blank.close()
    if len(picture) > LARGEST:
        raise RuntimeError(f"{scene.name}: {len(picture)} bytes, at most {LARGEST} are meant.")
    (WHERE / f"{scene.name}.png").write_bytes(picture)
    return len(picture)


def main(names: list[str]) -> int:
    """Take the pictures of these names, or all; pictures of scenes that are no more are removed."""
    wanted = [scene for scene in SCENES if not names or scene.name in names]
    program = find_chromium()
    if program is None or not wanted:
        sys.stderr.write("No such picture.\n" if program else "No Chromium on this machine (`make browsers`).\n")
        return 2
    WHERE.mkdir(parents=True, exist_ok=True)
    for old in WHERE.glob("*.png"):
        if old.stem not in {scene.name for scene in SCENES}:
            old.unlink()
    options = [*CHROMIUM_OPTIONS, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with (
        tempfile.TemporaryDirectory(prefix="pazanga-pictures-") as folder,
        running_demonstration(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=options)
        for scene in wanted:
            size = take(browser, address, scene)
            sys.stdout.write(f"docs/pictures/{scene.name}.png  {size // 1024} KiB\n")
            sys.stdout.flush()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
