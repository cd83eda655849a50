"""Forms and addresses as a page shows them, and what a hostile or hasty hand puts into them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.grants.walking import links_in, quiet_refusals, signed_in, starts

ACCOUNT_PAGES = ("/account/login/", "/account/signup/", "/account/password/reset/", "/account/email/",
                 "/account/password/change/", "/account/sessions/", "/account/2fa/",
                 "/account/reauthenticate/")  # fmt: skip
LEFT_OUT = re.compile(r"^/(static|account/logout|design)")


@dataclass
class Input:
    """One named control. kind: the type of an input, or select, textarea."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form of a page as it was served: where it leads and what it would send untouched."""

    page: str
    action: str
    method: str
    inputs: dict[str, Input]

    def untouched(self) -> dict[str, list[str]]:
        """What is sent when nobody changes anything."""
        return {name: list(one.values) for name, one in self.inputs.items() if one.values and one.kind != "file"}

    def typed(self) -> list[Input]:
        """The controls that a person types into or chooses from."""
        return [one for one in self.inputs.values() if one.kind not in {"hidden", "submit"}]


class FormReader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, []
        self.form: Form | None = None
        self.select: Input | None = None
        self.area: Input | None = None

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            path = urlsplit(self.page).path
            action = given.get("action") or path
            self.form = Form(self.page, path if action.startswith("?") else action, given.get("method", "get"), {})
            self.forms.append(self.form)
        elif self.form is not None and tag == "option" and self.select is not None:
            if "selected" in given:
                self.select.values.append(given.get("value", ""))
        elif self.form is not None and given.get("name") and tag in {"input", "select", "textarea", "button"}:
            self._control(tag, given)

    def _control(self, tag, given):
        kind = given.get("type", "text") if tag == "input" else "submit" if tag == "button" else tag
        one = self.form.inputs.setdefault(given["name"], Input(given["name"], kind))
        if tag == "select":
            self.select = one
        elif tag == "textarea":
            self.area = one
            one.values.append("")
        elif kind not in {"checkbox", "radio"} or "checked" in given:
            one.values.append(given.get("value", "on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area is not None:
            self.area.values[-1] += data


def shape_of(where: str) -> str:
    """Pages of one shape show the same forms: numbers and keys stand for each other."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}", "U", urlsplit(where).path)
    return re.sub(r"(?<=/)\d+(?=[/.]|$)", "N", path)


def pages_of(world, role: str, most: int = 10_000) -> Iterator[tuple[str, str]]:
    """(address, page) of each shape of page that a role reaches, the untouched world's."""
    client, seen = signed_in(world, role), set()
    waiting = [*starts(world), *ACCOUNT_PAGES]
    with quiet_refusals():
        while waiting and most:
            where = waiting.pop(0)
            shape = shape_of(where)
            if shape in seen or LEFT_OUT.match(where):
                continue
            answer = client.get(where)
            if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
                answer.getvalue()
                continue
            seen.add(shape)
            most -= 1
            page = answer.getvalue().decode()
            yield where, page
            waiting += [link for link in links_in(page, where) if shape_of(link) not in seen]


def forms_of(where: str, page: str) -> list[Form]:
    """The forms of a page."""
    reader = FormReader(where)
    reader.feed(page)
    return reader.forms


MONEY = ("-5", "99999999999999999999999999", "1e400", "NaN", "Infinity", "1 234,50", "1234.50", "12,345.6", "0.001")
DATES = ("2027-02-30", "9999-12-31", "0001-01-01", "10000-01-01", "31/12/2027", "2027-12-31T25:61")
NUMBERS = ("-1", "0", str(10**30), "1e5", "٣", "1.5")
WORDS = ("", "   ", "Žodis", "abc", "a\x00b", "\ufffe\u202e", "\\ud800", '"\\ud800"', "<script>alert(1)</script>",
         "{{ 7 }}", "%s%n", "ą" * 300, "x" * 100_000, "[[[[", '{"a": [null, {}]}')  # fmt: skip
JUNK = {"money": MONEY, "date": DATES, "number": NUMBERS, "word": WORDS}
ALL_JUNK = tuple(one for group in JUNK.values() for one in group)

IDS = (
    "0",
    "-1",
    str(10**30),
    str(2**63),
    "abc",
    "%00",
    "1%00",
    "x" * 3000,
    "%ED%A0%80",
    "%FF",
    "1%20",
    "%D9%A3",
    "null",
)
"""What stands where the number or key of a thing belongs, as it is written in an address."""

QUERIES = ("abc", "-1", "0", str(10**9), str(10**30), "%00", "%ED%A0%80", "2027-02-30", "9999-12-31", "a" * 5000, "",
           "[]", "1%27%20OR%201=1", "%F0%9F%92%A9")  # fmt: skip
PARAMETERS = ("page", "o", "ordering", "unknown", "next", "state", "text", "project", "show", "csrfmiddlewaretoken")


def bad_files() -> list[SimpleUploadedFile]:
    """Files of the wrong kind, of no size, with names that are no names."""
    return [
        SimpleUploadedFile("sutartis.pdf", b"MZ\x90\x00" + b"\x00" * 200, "application/pdf"),
        SimpleUploadedFile("tuscias.pdf", b"", "application/pdf"),
        SimpleUploadedFile("../../etc/passwd\x00.pdf", b"%PDF-1.7\n%%EOF", "application/pdf"),
        SimpleUploadedFile("ą" * 300 + ".docx", b"PK\x03\x04" + b"\x00" * 100, "application/zip"),
        SimpleUploadedFile("planas.txt", b"\xff\xfe\x00\xd8" * 50, "text/plain"),
        SimpleUploadedFile("kvietimas.json", b'{"call": "\\ud800", "a": ' + b"[" * 5000, "application/json"),
        SimpleUploadedFile("skaicius.json", b'{"call": {"dates": NaN, "budget": 1e999}}', "application/json"),
        SimpleUploadedFile("didelis.pdf", b"%PDF-1.7\n" + b"0" * 12_000_000, "application/pdf"),
    ]
