"""People at their computers in a real browser: they sign in, fill in forms, press buttons and read what is said."""

import re
import tempfile
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tests.scenarios.people import People

PASSWORD = "slaptas-žodis-2027"
INDEXED = re.compile(r"^q-([a-z_]+)-(\d+)-")


class Desk:
    """One browser that people use in turn; `story` keeps the time and knows the people."""

    def __init__(self, page: Any, story: Any) -> None:
        self.page, self.story = page, story
        page.set_default_timeout(40_000)
        self.files = Path(tempfile.mkdtemp(prefix="pazanga-journey-"))

    def sign_in(self, person: Any) -> None:
        """Leave whoever was here and sign in with the password, as anybody does."""
        self.page.context.clear_cookies()
        self.open("/account/login/")
        self.page.fill("input[name=login]", person.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("main form button.btn")

    def open(self, address: str) -> None:
        """Go to an address; anything but 200 ends the journey."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"

    def press(self, selector: str) -> None:
        """Press a button that leads to a page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def button(self, name: str) -> None:
        """Press the button of this name."""
        self.press(f"main button.btn[name='{name}']")

    def fill(self, **fields: Any) -> None:
        """Type into fields of the page by their names; a radio or select takes its value, a checkbox True."""
        for name, value in fields.items():
            self.put(name.replace("__", "-"), value)

    def put(self, name: str, value: Any) -> None:
        """Give one field its value, whatever kind it is."""
        field = self.page.locator(f"main [name='{name}']")
        kind = field.first.get_attribute("type") or ""
        if kind in {"radio", "checkbox"}:
            wanted = (
                field.first if value in (True, "on") else self.page.locator(f"main [name='{name}'][value='{value}']")
            )
            wanted.check()
        elif field.first.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))

    def answer(self, answers: QueryDict) -> None:
        """Fill in a section of an application as its answers say, adding rows of tables where needed."""
        for name, values in answers.lists():
            found = INDEXED.match(name)
            while found and self.page.locator(f"main [name='{name}']").count() == 0:
                self.button(f"add-row:{found[1]}")
            if len(values) > 1 or self.page.locator(f"main [name='{name}'][type=checkbox]").count() > 1:
                for value in values:
                    self.page.locator(f"main [name='{name}'][value='{value}']").check()
            else:
                self.put(name, values[0])

    def attach(self, uploads: MultiValueDict) -> None:
        """Choose files for the questions that ask for them."""
        for name, files in uploads.lists():
            path = self.files / f"{name}-{files[0].name}"
            path.write_bytes(files[0].read())
            self.page.locator(f"main input[type=file][name='{name}']").set_input_files(path)

    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()


def people_with_passwords() -> People:
    """People who can sign in with a password."""
    return People(password=PASSWORD)
