"""The guides speak the words of the pages: what stands in bold is a text of the product, in the guide's language."""

import re

import pytest
from babel.messages.pofile import read_po

from config.settings import BASE_DIR

GUIDES = BASE_DIR / "docs" / "guides"
ROLES = ["administrator", "applicant", "auditor", "coordinator", "evaluator", "finance", "head"]
BOLD = re.compile(r"\*\*([^*]+)\*\*")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
LONGEST = 100


def written(language):
    """All texts of the product in a language, without the values of their variables."""
    with (BASE_DIR / "config/locale/lt/LC_MESSAGES/django.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    texts = [message.id if language == "en" else message.string for message in messages]
    return {text for one in texts for text in ([one] if isinstance(one, str) else one)}


def text_of(path):
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "lt"])
def test_each_role_has_a_guide_that_is_short(language):
    lines = {path.stem: text_of(path).count("\n") for path in (GUIDES / language).glob("*.md")}
    assert sorted(set(lines) - {"README"}) == ROLES
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


@pytest.mark.parametrize("language", ["en", "lt"])
def test_bold_words_are_the_words_of_the_pages(language):
    known = written(language)
    unknown = {
        f"{path.stem}: {' '.join(words.split())}"
        for path in (GUIDES / language).glob("*.md")
        for words in BOLD.findall(text_of(path))
        if " ".join(words.split()) not in known
    }
    assert unknown == set()


def test_links_and_pictures_of_readme_and_guides_lead_somewhere():
    pages = [BASE_DIR / "README.md", *GUIDES.rglob("*.md")]
    lost = {f"{page}: {to}" for page in pages for to in LINK.findall(text_of(page)) if not (page.parent / to).exists()}
    assert lost == set()
