"""No page has a look of its own: templates use the classes of the design system and carry no style or script."""

import re

import pytest
from django.conf import settings

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
STYLES = "".join(path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "config/static/css").glob("*.css"))
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
    assert len(STYLES.encode()) <= 40 * 1024
    outside_tokens = [
        path
        for path in ("base.css", "components.css")
        if re.search(r":[^;{]*#[0-9a-f]{6}", (settings.BASE_DIR / "config/static/css" / path).read_text())
    ]
    assert outside_tokens == []
