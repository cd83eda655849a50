"""No page has a look of its own: templates use the classes of the design system and carry no style or script."""

import re

import pytest
from django.conf import settings

from config import stylesheet

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STYLES = "".join(path.read_text(encoding="utf-8") for path in stylesheet.rooms())
KNOWN = set(re.findall(r"\.([a-z][\w-]*)", STYLES))


def classes_in(source: str) -> set[str]:
    """Return the classes a template writes; those that come from values ("status--", "s") are left out."""
    values_marked = re.sub(r"\{\{.*?\}\}", "\N{BULLET}", source)
    plain = re.sub(r"\{[%#].*?[%#]\}", " ", values_marked, flags=re.DOTALL)
    words = " ".join(re.findall(r'class="([^"]*)"', plain)).split()
    return {word for word in words if "\N{BULLET}" not in word}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_a_template_has_no_look_of_its_own(path):
    source = path.read_text(encoding="utf-8")
    assert classes_in(source) - KNOWN == set()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", source)
    assert source.count("\n") <= 120


def test_this_test_sees_classes_among_template_words():
    assert classes_in('<p class="a {% if x == "y" %}b{% endif %} s{{ n }} c--{{ d }}">') == {"a", "b"}


def test_styles_are_light_and_name_each_colour_once():
    assert len(STYLES.encode()) <= 48 * 1024
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(")
    elsewhere = [
        path.name
        for path in stylesheet.rooms()
        if path.name != "tokens.css" and colour.search(path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []


def test_every_room_of_the_styles_stays_small():
    assert [path.name for path in stylesheet.rooms() if path.read_text(encoding="utf-8").count("\n") > 300] == []


def test_every_name_of_a_value_is_known():
    """A misspelt name is no error to a browser: the line is passed over in silence."""
    given = set(re.findall(r"(?<![\w-])(--[a-z][\w-]*):\s", STYLES))
    used = set(re.findall(r"var\((--[a-z][\w-]*)", STYLES))
    assert used - given == set()
    assert given - used == set()
