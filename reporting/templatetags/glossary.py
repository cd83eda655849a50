"""`{% load glossary %}`: help beside the thing, and a word of help that leads to its line in the glossary."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reporting.glossary.terms import term_of

register = template.Library()


@register.simple_tag
def term(key: str, words: str = "") -> SafeString:
    """Return a link to a term; `words` are its form in the sentence, else the term as the glossary has it."""
    found = term_of(key)
    return format_html('<a href="{}#{}">{}</a>', reverse("glossary"), found.key, words or found.word)


@register.inclusion_tag("components/meanings.html")
def meanings(*keys: str) -> dict[str, Any]:
    """Show what the words of a page mean, in a disclosure beside the thing; each leads to its line in the glossary."""
    return {"terms": [term_of(key) for key in keys], "url": reverse("glossary")}
