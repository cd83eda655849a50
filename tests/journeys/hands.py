"""Two ways of using a page: with the mouse, counted, and with the keyboard alone. Both find the same things by name."""

from typing import Any

from tests.journeys.desk import PASSWORD

FURTHEST = 250
"""So many presses of a key lead to everything on a page, or it cannot be reached."""


class Mouse:
    """Clicks links, buttons and choices, and counts them and the pages that were opened."""

    def __init__(self, page: Any) -> None:
        self.page, self.clicks, self.pages = page, 0, 0
        page.on("framenavigated", self._another_page)

    def _another_page(self, frame: Any) -> None:
        self.pages += frame.parent_frame is None and frame.url != "about:blank"

    def sign_in(self, person: Any) -> None:
        """Come to the sign-in page with nobody signed in, and enter."""
        self.page.context.clear_cookies()
        self.page.goto("/account/login/")
        self.write("login", person.email)
        self.write("password", PASSWORD)
        self.press("main form button.btn")

    def press(self, selector: str) -> None:
        """Activate what leads to another page."""
        with self.page.expect_navigation():
            self._activate(selector)

    def _activate(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def choose(self, name: str, value: str = "") -> None:
        """Tick a checkbox, or choose one of several: radio buttons or a list."""
        self.clicks += 1
        field = self.page.locator(f"main [name='{name}']")
        if field.first.get_attribute("type") in {"radio", "checkbox"}:
            (self.page.locator(f"main [name='{name}'][value='{value}']") if value else field).check()
        else:
            field.select_option(value)

    def write(self, name: str, text: str) -> None:
        """Type into a field."""
        self.page.locator(f"main [name='{name}']").fill(text)

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()


class Keyboard(Mouse):
    """The same without a mouse: goes on by Tab until the thing has the focus."""

    def reach(self, selector: str) -> None:
        """Go on by Tab; fails when the thing is never reached."""
        here = self.page.locator(f"{selector}:focus")
        for _press in range(FURTHEST):
            if here.count():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Not reached by keyboard: {selector} on {self.page.url}")

    def _activate(self, selector: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Enter")

    def choose(self, name: str, value: str = "") -> None:
        """Space ticks; the arrows choose among radio buttons and in a list."""
        field = f"main [name='{name}']"
        kind = self.page.locator(field).first.get_attribute("type")
        self.reach(f"{field}[value='{value}']" if kind == "checkbox" and value else field)
        if kind == "checkbox":
            self.page.keyboard.press("Space")
            return
        wanted = f"{field}[value='{value}']:focus" if kind == "radio" else f"{field} option[value='{value}']:checked"
        if kind == "radio":
            self.page.keyboard.press("Space")
        for _press in range(FURTHEST):
            if self.page.locator(wanted).count():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"Not chosen by keyboard: {name} = {value} on {self.page.url}")

    def write(self, name: str, text: str) -> None:
        """Type key by key over what stands there."""
        self.reach(f"main [name='{name}']")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
