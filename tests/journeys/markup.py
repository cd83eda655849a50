"""What a program can see of the HTML of a page: that it is built as the standard says, and that it leads nowhere wrong.

    assert faults_of(html) == []

A browser mends silently what is broken, each in its own way, so this reads the text as it was sent. Every fault is a
sentence with the line where it stands.
"""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser


def words_in(text: str) -> frozenset[str]:
    """Each word of the text."""
    return frozenset(text.split())


VOID = words_in("""
    area base br col embed hr img input link meta source track wbr
""")
PHRASING = words_in("""
    a abbr audio b bdi bdo br button canvas cite code data datalist del dfn em i iframe img input ins
    kbd label map mark meter noscript output picture progress q s samp script select small span strong
    sub sup svg template textarea time u var video wbr
""")
FLOW = PHRASING | words_in("""
    address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6
    header hgroup hr main menu nav ol p pre search section table ul
""")
WORDS_ONLY = words_in("""
    abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label legend mark meter output p
    pre progress q s small span strong sub sup time u var
""")
"""What holds words and what stands among words, and no block."""
CHILDREN: dict[str, frozenset[str]] = {
    "ul": frozenset({"li", "script", "template"}),
    "ol": frozenset({"li", "script", "template"}),
    "menu": frozenset({"li", "script", "template"}),
    "dl": frozenset({"dt", "dd", "div", "script", "template"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot", "tr"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
    "select": frozenset({"option", "optgroup", "hr"}),
    "datalist": frozenset({"option"}),
    "optgroup": frozenset({"option"}),
    "html": frozenset({"head", "body"}),
    "head": frozenset({"title", "meta", "link", "script", "style", "base", "template", "noscript"}),
}
"""What alone may stand directly inside."""
PARENTS: dict[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "legend": frozenset({"fieldset"}),
    "summary": frozenset({"details"}),
    "figcaption": frozenset({"figure"}),
    "caption": frozenset({"table"}),
}
PRESSED = frozenset({"a", "button", "label", "select", "textarea", "input", "summary", "details"})
NEVER_INSIDE = {
    "a": PRESSED - {"label"},
    "button": PRESSED,
    "label": frozenset({"label", "a", "button"}),
    "form": frozenset({"form"}),
    "summary": frozenset({"a", "button", "input", "select", "textarea"}),
}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list", "form")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
WITHOUT_STYLE = frozenset({"style", "align", "bgcolor", "border", "width", "height", "cellpadding", "cellspacing"})


@dataclass
class Element:
    """An open element, and how many columns each row of it took, where it is a table."""

    tag: str
    line: int
    children: Counter = field(default_factory=Counter)
    rows: list[tuple[int, int]] = field(default_factory=list)
    columns: int = 0


class Reader(HTMLParser):
    """Reads the text of a page once and keeps what is wrong with it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open: list[Element] = []
        self.ids: Counter[str] = Counter()
        self.references: list[tuple[str, str, int]] = []
        self.seen: Counter[str] = Counter()
        self.headings: list[tuple[int, int]] = []
        self.title = ""
        self.spans: list[int] = []

    def say(self, sentence: str) -> None:
        self.found.append(f"line {self.getpos()[0]}: {sentence}")

    def inside(self, *tags: str) -> bool:
        return any(element.tag in tags for element in self.open)

    def handle_decl(self, decl: str) -> None:
        self.seen[f"!{decl.lower()}"] += 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        self.read_attributes(tag, attrs)
        if not self.inside("svg"):
            self.read_place(tag)
        if self.open:
            self.open[-1].children[tag] += 1
        if tag in HEADINGS:
            self.headings.append((int(tag[1]), self.getpos()[0]))
        if tag in {"td", "th"}:
            self.count_cell(dict(attrs))
        if tag not in VOID or self.inside("svg"):
            self.open.append(Element(tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and not self.inside("svg"):
            self.say(f"<{tag}/> does not close itself")
        self.handle_starttag(tag, attrs)
        if tag not in VOID or self.inside("svg"):
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.say(f"</{tag}> closes what never opens")
        elif not self.inside(tag):
            self.say(f"</{tag}> closes nothing")
        else:
            while (element := self.open.pop()).tag != tag:
                self.say(f"<{element.tag}> of line {element.line} is not closed before </{tag}>")
            self.end_of(element)

    def handle_data(self, data: str) -> None:
        parent = self.open[-1].tag if self.open else ""
        if parent == "title" and not self.inside("svg"):
            self.title += data
        if data.strip() and parent in CHILDREN and parent not in {"html", "head"}:
            self.say(f"words stand directly in <{parent}>: {data.strip()[:40]!r}")

    def read_attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _value in attrs)
        for name in [name for name, times in names.items() if times > 1]:
            self.say(f"<{tag}> has two attributes {name}")
        for name, value in attrs:
            text = value or ""
            if name == "id":
                self.ids[text] += 1
                if not text or text.split() != [text]:
                    self.say(f"<{tag}> has an id that is none: {text!r}")
            if name in REFERENCES and tag != "meta":
                self.references += [(name, one, self.getpos()[0]) for one in text.split() or [""]]
            if name == "href" and text.startswith("#"):
                self.references.append(("href", text[1:], self.getpos()[0]))
            if name in {"href", "src", "action"} and not text.strip():
                self.say(f"<{tag}> has an empty {name}")
            if (
                name in WITHOUT_STYLE
                and tag not in {"img", "canvas", "video"}
                and not self.inside("svg")
                and tag != "svg"
            ):
                self.say(f"<{tag}> has the attribute {name}")
        if tag == "img" and "alt" not in names:
            self.say("<img> has no alt")

    def read_place(self, tag: str) -> None:
        parent = self.open[-1].tag if self.open else ""
        words = next((one.tag for one in reversed(self.open) if one.tag not in {"a", "ins", "del"}), "")
        if tag not in CHILDREN.get(parent, frozenset({tag})):
            self.say(f"<{tag}> stands directly in <{parent}>")
        if parent not in PARENTS.get(tag, frozenset({parent})):
            self.say(f"<{tag}> stands in <{parent}>")
        if words in WORDS_ONLY and tag in FLOW - PHRASING:
            self.say(f"<{tag}> stands among the words of <{words}>")
        for outer, banned in NEVER_INSIDE.items():
            if tag in banned and self.inside(outer):
                self.say(f"<{tag}> stands in <{outer}>")

    def count_cell(self, attributes: dict[str, str | None]) -> None:
        row = next((one for one in reversed(self.open) if one.tag == "tr"), None)
        if row is not None:
            row.columns += int(attributes.get("colspan") or 1)
            if int(attributes.get("rowspan") or 1) > 1:
                table = next(one for one in reversed(self.open) if one.tag == "table")
                table.columns = -1  # rows that reach into others are not counted

    def end_of(self, element: Element) -> None:
        table = next((one for one in reversed(self.open) if one.tag == "table"), None)
        if element.tag == "tr" and table is not None:
            table.rows.append((element.columns, element.line))
        if element.tag == "table" and element.columns == 0:
            widths = Counter(columns for columns, _line in element.rows)
            if len(widths) > 1:
                usual = widths.most_common(1)[0][0]
                odd = [f"{columns} in line {line}" for columns, line in element.rows if columns != usual][:3]
                self.say(f"a table of {usual} columns has a row of {', '.join(odd)}")
        if element.tag in {"ul", "ol", "dl", "table", "tbody", "select"} and not element.children:
            self.say(f"<{element.tag}> is empty")

    def read_whole(self) -> list[str]:
        """Say what is wrong with the page as a whole."""
        said = list(self.found)
        said += [f"<{element.tag}> of line {element.line} is never closed" for element in self.open]
        said += [f"the id {name!r} stands {times} times" for name, times in self.ids.items() if times > 1]
        said += [
            f"line {line}: {name} leads to {one!r}, which is not on the page"
            for name, one, line in self.references if one not in self.ids
        ]  # fmt: skip
        for tag, wanted in (("!doctype html", 1), ("html", 1), ("head", 1), ("body", 1), ("main", 1), ("h1", 1)):
            if self.seen[tag] != wanted:
                said.append(f"<{tag}> stands {self.seen[tag]} times")
        if not self.title.strip():
            said.append("the page has no title")
        for (before, _line), (level, line) in zip(self.headings, self.headings[1:], strict=False):
            if level > before + 1:
                said.append(f"line {line}: h{level} follows h{before}")
        return said


def faults_of(html: str) -> list[str]:
    """Say what is wrong with the HTML of a whole page."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.read_whole()
