"""The words of a message: templates in the recipient's language, one subject line, no foreign headers."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context, Engine, engines
from django.template.backends.django import DjangoTemplates
from django.template.loader import select_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from workflows.exceptions import Refused
from workflows.messages import MessageKind

LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
SUBJECT = "Subject:"


class Words(NamedTuple):
    """A rendered message."""

    subject: str
    text: str
    html: str


def one_line(text: Any) -> str:
    """Text that is safe in a header: every control character and line break, of any script, becomes a space."""
    return " ".join(LINE_BREAKS.sub(" ", str(text)).split())


def checked_address(email: str) -> str:
    """The address, if a mail can go to it; raises Refused with a sentence otherwise. Never more than one address."""
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("“%(address)s” is not an e-mail address.") % {"address": one_line(email)[:100]}) from None
    return email


def known_language(language: str | None) -> str:
    """The language if the product speaks it, else the product's own."""
    code = (language or "")[:2]
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _engine() -> Engine:
    """The template engine itself: text is not HTML, so nothing in it may be escaped, which only a Context can say."""
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)  # settings.TEMPLATES names no other
    return backend.engine


def render(kind: MessageKind, language: str, context: Mapping[str, Any], zone: str | None = None) -> Words:
    """Render a kind in a language, times told in the reader's `zone`.

    Raises ValueError where the text does not begin with `Subject: …`. Names and titles may hold
    anything: the subject is one line whatever they hold, the HTML part is escaped.
    """
    values = {"site_url": settings.SITE_URL.rstrip("/"), "language": language, **context}
    with translation.override(language), timezone.override(zone or settings.TIME_ZONE):
        rendered = _engine().get_template(kind.text_template).render(Context(values, autoescape=False))
        first, _newline, rest = rendered.lstrip().partition("\n")
        if not first.startswith(SUBJECT):
            raise ValueError(f"{kind.text_template} must begin with “{SUBJECT} …”.")
        subject, text = one_line(first.removeprefix(SUBJECT))[:250], rest.strip() + "\n"
        page = select_template([kind.html_template, "emails/plain.html"])
        return Words(subject, text, page.render({**values, "subject": subject, "text": text.strip()}))
